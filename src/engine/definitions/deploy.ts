import type { Tx } from '../../db/tx.js';
import type { Id } from '../../kernel/ids.js';
import type { JsonValue } from '../../kernel/json.js';
import { awaitStarts } from './await-starts.js';
import { readResources } from './read-resources.js';
import type { ReadResources, Resource } from './read-resources.js';

/** One thing deployed, in the version it has now. */
export interface DeployedItem {
  id: Id;
  key: string;
  version: number;
  name: string | null;
  resourceName: string;
  /** False when the content was the same as before. */
  isNew: boolean;
}

export interface Deployment {
  id: Id;
  deployedAt: Date;
  processes: DeployedItem[];
  decisions: (DeployedItem & { requirementsId: string })[];
  forms: DeployedItem[];
}

export interface DeployRequest {
  resources: readonly Resource[];
  by: string;
}

export interface Deploying {
  tx: Tx;
  tenant: string;
  deploymentId: Id;
  now: Date;
  newId: () => Id;
}

/**
 * Checks and stores models, decisions and forms. Content that did not change keeps its version;
 * running instances stay on theirs. Throws InvalidError `model_refused` with all problems.
 */
export async function deploy(
  tx: Tx,
  tenant: string,
  { resources, by }: DeployRequest,
  { now, newId }: { now: Date; newId: () => Id },
): Promise<Deployment> {
  const read = await readResources(resources);
  // Two deployments at once would give out the same version; the unique key would refuse the second.
  await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`deploy ${tenant}`]);
  const deploymentId = newId();
  await tx.query(
    'INSERT INTO deployment (tenant_id, id, deployed_at, deployed_by) VALUES ($1, $2, $3, $4)',
    [tenant, deploymentId, now, by],
  );
  const deploying = { tx, tenant, deploymentId, now, newId };
  return {
    id: deploymentId,
    deployedAt: now,
    processes: await deployProcesses(deploying, read),
    decisions: await deployDecisions(deploying, read),
    forms: await deployForms(deploying, read),
  };
}

async function deployProcesses(
  deploying: Deploying,
  { processes }: ReadResources,
): Promise<DeployedItem[]> {
  const items: DeployedItem[] = [];
  for (const { model, name, content, checksum } of processes) {
    const row = { name: model.name, resource_name: name, checksum, xml: content };
    const item = await store(deploying, 'process_definition', 'process_id', model.processId, row);
    items.push(item);
    if (item.isNew) await awaitStarts({ ...deploying, resource: name }, model, item.id);
  }
  return items;
}

async function deployDecisions(
  deploying: Deploying,
  { decisions }: ReadResources,
): Promise<Deployment['decisions']> {
  const items: Deployment['decisions'] = [];
  for (const { decisionId, decisionName, requirementsId, name, content, checksum } of decisions) {
    const row = {
      name: decisionName,
      resource_name: name,
      checksum,
      xml: content,
      requirements_id: requirementsId,
    };
    const item = await store(deploying, 'decision_definition', 'decision_id', decisionId, row);
    items.push({ ...item, requirementsId });
  }
  return items;
}

async function deployForms(
  deploying: Deploying,
  { forms }: ReadResources,
): Promise<DeployedItem[]> {
  const items: DeployedItem[] = [];
  for (const { formId, schema, name, checksum } of forms) {
    const row = { resource_name: name, checksum, schema };
    items.push(await store(deploying, 'form_definition', 'form_id', formId, row));
  }
  return items;
}

interface Row extends Record<string, JsonValue | undefined> {
  name?: string | null;
  resource_name: string;
  checksum: string;
}

/** Keeps the newest version when its content is the same, else adds the next. */
async function store(
  { tx, tenant, deploymentId, now, newId }: Deploying,
  table: 'process_definition' | 'decision_definition' | 'form_definition',
  keyColumn: string,
  key: string,
  row: Row,
): Promise<DeployedItem> {
  const [newest] = await tx.query<{ id: Id; version: number; checksum: string }>(
    `SELECT id, version, checksum FROM ${table} WHERE tenant_id = $1 AND ${keyColumn} = $2
     ORDER BY version DESC LIMIT 1`,
    [tenant, key],
  );
  const named = { key, name: row.name ?? null, resourceName: row.resource_name };
  if (newest && newest.checksum === row.checksum) {
    return { id: newest.id, version: newest.version, isNew: false, ...named };
  }
  const id = newId();
  const version = (newest?.version ?? 0) + 1;
  const columns = Object.keys(row);
  await tx.query(
    `INSERT INTO ${table} (tenant_id, id, deployment_id, ${keyColumn}, version, deployed_at,
       ${columns.join(', ')})
     VALUES ($1, $2, $3, $4, $5, $6, ${columns.map((_, index) => `$${index + 7}`).join(', ')})`,
    [tenant, id, deploymentId, key, version, now, ...Object.values(row)],
  );
  return { id, version, isNew: true, ...named };
}
