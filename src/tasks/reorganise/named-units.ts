import { formatLocalDate } from '../../calendar/local-date.js';
import { toLocal } from '../../calendar/oslo-time.js';
import type { Tx } from '../../db/tx.js';
import type { DecisionRule } from '../../decisions/decision-model.js';
import { readDecisionModel } from '../../decisions/read-decision-model.js';
import type { ProcessModel } from '../../engine/model/process-model.js';
import type { Id } from '../../kernel/ids.js';

/** The engine's `model`. */
export type ReadModel = (tx: Tx, tenant: string, definitionId: Id) => Promise<ProcessModel>;

/** A place in a published rule or model that names a group of people. */
export interface NamedGroup {
  group: string;
  kind: 'rule' | 'model';
  /** Decision or process id, in its newest version. */
  of: string;
  version: number;
  /** Row of the table, or element of the model. */
  at: string;
}

/**
 * Every unit or role that the newest versions of tables and models name outright, as whom something
 * goes to or whose a row is: of all, or of these decisions and processes.
 */
export async function namedGroups(
  tx: Tx,
  tenant: string,
  { now, readModel }: { now: Date; readModel: ReadModel },
  only?: readonly string[],
): Promise<NamedGroup[]> {
  return [
    ...(await namedInTables(tx, tenant, now, only)),
    ...(await namedInModels(tx, tenant, readModel, only)),
  ];
}

async function namedInTables(
  tx: Tx,
  tenant: string,
  now: Date,
  only?: readonly string[],
): Promise<NamedGroup[]> {
  const tables = await tx.query<{ of: string; version: number; xml: string }>(
    `SELECT DISTINCT ON (decision_id) decision_id AS "of", version, xml FROM decision_definition
     WHERE tenant_id = $1 AND ($2::text[] IS NULL OR decision_id = ANY($2))
     ORDER BY decision_id, version DESC`,
    [tenant, only ?? null],
  );
  const found: NamedGroup[] = [];
  for (const { of, version, xml } of tables) {
    const logic = (await readDecisionModel(xml)).decisions.get(of)?.logic;
    if (logic?.kind !== 'table') continue;
    const column = logic.outputs.findIndex(({ name }) => /^(unit|enhet)$/i.test(name));
    for (const rule of logic.rules) {
      const owner = ownerOf(rule.annotations, now);
      const named = [...literals(rule.outputEntries[column] ?? ''), ...(owner ? [owner] : [])];
      for (const group of new Set(named)) {
        found.push({ group, kind: 'rule', of, version, at: rule.id });
      }
    }
  }
  return found;
}

/** Whose a row is, while it holds; a row that is past needs nobody. */
function ownerOf(annotations: DecisionRule['annotations'], now: Date): string | undefined {
  const day = formatLocalDate(toLocal(now));
  const last = annotations['Gjelder til'] ?? '';
  return last !== '' && last < day ? undefined : annotations['Eier'];
}

async function namedInModels(
  tx: Tx,
  tenant: string,
  readModel: ReadModel,
  only?: readonly string[],
): Promise<NamedGroup[]> {
  const models = await tx.query<{ id: Id; of: string; version: number }>(
    `SELECT DISTINCT ON (process_id) id, process_id AS "of", version FROM process_definition
     WHERE tenant_id = $1 AND ($2::text[] IS NULL OR process_id = ANY($2))
     ORDER BY process_id, version DESC`,
    [tenant, only ?? null],
  );
  const found: NamedGroup[] = [];
  for (const { id, of, version } of models) {
    found.push(...groupsIn(await readModel(tx, tenant, id), { of, version }));
  }
  return found;
}

function groupsIn(
  model: ProcessModel,
  { of, version }: Pick<NamedGroup, 'of' | 'version'>,
): NamedGroup[] {
  return [...model.elements.values()].flatMap(({ id, userTask }) =>
    literalGroups(userTask?.candidateGroups ?? '').map((group) => ({
      group,
      kind: 'model' as const,
      of,
      version,
      at: id,
    })),
  );
}

/** Names that stand in the model itself; what an expression computes is known only when it runs. */
export function literalGroups(text: string): string[] {
  if (text.startsWith('=')) return literals(text);
  return text.split(',').flatMap((name) => (name.trim() === '' ? [] : [name.trim()]));
}

function literals(feel: string): string[] {
  return [...feel.matchAll(/"([^"]*)"/g)].flatMap(([, name]) => (name ? [name] : []));
}
