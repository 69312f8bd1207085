import { createHash } from 'node:crypto';
import type { Tx } from '../db/tx.js';
import type { InvalidReason } from '../kernel/errors.js';
import { InvalidError } from '../kernel/errors.js';
import type { OrganisationChange } from '../people/organisation-change.js';
import { changeService, createService } from './change-services.js';
import { checkForm } from './check-form.js';
import type { Bundle } from './export-package.js';
import { changedFields } from './keep-edits.js';
import { readPackageFiles, savePackageFiles } from './package-files.js';
import type { ServicePackage } from './package.js';
import { packageSchema } from './package.js';
import type { PackageFile, PackageResource } from './read-packages.js';

/** What an import does, or would do. */
export interface Imported {
  code: string;
  folder: string;
  isNew: boolean;
  /** Fields of the service that become others. */
  fields: string[];
  files: { path: string; change: 'added' | 'changed' | 'same' | 'removed' }[];
}

export interface ImportOptions {
  reason: string;
  dryRun: boolean;
  /** Checks and publishes models, decisions and forms. */
  publish: (resources: PackageResource[]) => Promise<void>;
}

/**
 * Takes a service over from another installation. Everything is checked before anything is written,
 * and a dry run does it all and takes it back.
 * @throws InvalidError 'package_invalid', 'service_invalid', and what publishing throws
 */
export async function importPackage(
  tx: Tx,
  change: OrganisationChange,
  bundle: Bundle,
  { reason, dryRun, publish }: ImportOptions,
): Promise<Imported> {
  const { tenant } = change;
  const files = readFiles(bundle);
  const service = readService(bundle, files);
  const { folder } = bundle;
  await refuseOthersFolder(tx, tenant, folder, service.code);
  const before = await readPackageFiles(tx, tenant, folder);
  await tx.query('SAVEPOINT import_package');
  const resources = files
    .filter(({ path }) => /\.(bpmn|dmn|form)$/.test(path))
    .map(({ path, content }) => ({ name: `${folder}/${path}`, content: content.toString('utf8') }));
  if (resources.length > 0) await publish(resources);
  const fields = await saveService(tx, change, { folder, service, reason });
  await savePackageFiles(tx, tenant, folder, files);
  if (dryRun) await tx.query('ROLLBACK TO SAVEPOINT import_package');
  const isNew = fields === undefined;
  return { code: service.code, folder, isNew, fields: fields ?? [], files: compare(before, files) };
}

async function saveService(
  tx: Tx,
  change: OrganisationChange,
  { folder, service, reason }: { folder: string; service: ServicePackage; reason: string },
): Promise<string[] | undefined> {
  const { tenant } = change;
  const [known] = await tx.query<{ package: ServicePackage }>(
    'SELECT package FROM service WHERE tenant_id = $1 AND code = $2 FOR UPDATE',
    [tenant, service.code],
  );
  const fields = known && changedFields(packageSchema.parse(known.package), service);
  if (!known) await createService(tx, change, { folder, package: service, reason });
  else if (fields?.length) {
    await changeService(tx, change, service.code, { package: service, reason });
  }
  await tx.query(`UPDATE service SET folder = $3, loaded = $4 WHERE tenant_id = $1 AND code = $2`, [
    tenant,
    service.code,
    folder,
    service,
  ]);
  return fields;
}

function readFiles({ folder, files }: Bundle): PackageFile[] {
  const reasons: InvalidReason[] = [];
  if (!/^[a-z0-9][a-z0-9-]{0,59}$/.test(folder))
    reasons.push({ path: 'folder', reason: 'is no folder name' });
  const read = files.map(({ path, text, base64, sha256 }) => {
    const content = text === undefined ? Buffer.from(base64 ?? '', 'base64') : Buffer.from(text);
    if (!/^[\wæøå][\wæøå.-]{0,99}$/i.test(path)) reasons.push({ path, reason: 'is no file name' });
    if ((text === undefined) === (base64 === undefined)) {
      reasons.push({ path, reason: 'has either text or base64' });
    } else if (createHash('sha256').update(content).digest('hex') !== sha256) {
      reasons.push({ path, reason: 'is not what its sha256 says' });
    }
    return { path, content };
  });
  if (new Set(read.map(({ path }) => path)).size < read.length) {
    reasons.push({ path: 'files', reason: 'has a name twice' });
  }
  refuse(reasons);
  return read;
}

function readService({ folder }: Bundle, files: readonly PackageFile[]): ServicePackage {
  const reasons: InvalidReason[] = [];
  const json = (path: string): unknown => {
    try {
      const file = files.find((one) => one.path === path);
      return JSON.parse(file?.content.toString('utf8') ?? '');
    } catch {
      reasons.push({ path, reason: 'is not there, or is not JSON' });
      return undefined;
    }
  };
  const parsed = packageSchema.safeParse(json('service.json'));
  for (const issue of parsed.error?.issues ?? []) {
    reasons.push({ path: `service.json#/${issue.path.join('/')}`, reason: issue.message });
  }
  for (const { path } of files.filter((one) => one.path.endsWith('.form'))) {
    reasons.push(
      ...checkForm(json(path)).map((one) => ({ ...one, path: `${path}#/${one.path ?? ''}` })),
    );
  }
  for (const { file } of parsed.data?.variants ?? []) {
    if (files.some(({ path }) => path === file)) continue;
    reasons.push({ path: 'service.json', reason: `there is no file ${file} in ${folder}` });
  }
  refuse(reasons);
  return packageSchema.parse(parsed.data);
}

async function refuseOthersFolder(
  tx: Tx,
  tenant: string,
  folder: string,
  code: string,
): Promise<void> {
  const [other] = await tx.query<{ code: string }>(
    'SELECT code FROM service WHERE tenant_id = $1 AND folder = $2 AND code <> $3',
    [tenant, folder, code],
  );
  if (other) refuse([{ path: 'folder', reason: `${folder} is the folder of ${other.code}` }]);
}

function compare(before: readonly PackageFile[], after: readonly PackageFile[]): Imported['files'] {
  const old = new Map(before.map(({ path, content }) => [path, content]));
  const now = new Set(after.map(({ path }) => path));
  const kept = after.map(({ path, content }) => {
    const was = old.get(path);
    const change = was === undefined ? 'added' : was.equals(content) ? 'same' : 'changed';
    return { path, change } as const;
  });
  const removed = before.filter(({ path }) => !now.has(path));
  return [...kept, ...removed.map(({ path }) => ({ path, change: 'removed' as const }))];
}

function refuse(reasons: InvalidReason[]): void {
  if (reasons.length === 0) return;
  throw new InvalidError('package_invalid', 'The package is not as it should be.', {
    details: reasons,
  });
}
