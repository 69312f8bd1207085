import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { InvalidReason } from '../kernel/errors.js';
import { InvalidError } from '../kernel/errors.js';
import { checkForm } from './check-form.js';
import type { ServicePackage } from './package.js';
import { packageSchema } from './package.js';

/** A file to deploy: a model, a decision or a form. Its name tells its folder too. */
export interface PackageResource {
  name: string;
  content: string;
}

/** A file of a package, by its name in the folder. */
export interface PackageFile {
  path: string;
  content: Buffer;
}

/** One folder under `processes/`; those that only hold shared models have no service. */
export interface PackageFolder {
  folder: string;
  service: ServicePackage | undefined;
  resources: PackageResource[];
  /** Every file of the folder as it lies there, to be given on byte for byte. */
  files?: PackageFile[];
}

/**
 * Reads every package under `root`, and checks them against each other. All problems are reported at
 * once, each with its file.
 * @throws InvalidError 'packages_invalid'
 */
export async function readPackages(root: string): Promise<PackageFolder[]> {
  const reasons: InvalidReason[] = [];
  const folders: PackageFolder[] = [];
  const entries = await readdir(root, { withFileTypes: true });
  for (const { name } of entries.filter((entry) => entry.isDirectory()).sort(byName)) {
    folders.push(await readFolder(root, name, reasons));
  }
  reasons.push(...checkTogether(folders));
  if (reasons.length > 0) {
    throw new InvalidError('packages_invalid', `${reasons.length} problems in ${root}.`, {
      details: reasons,
    });
  }
  return folders;
}

async function readFolder(
  root: string,
  folder: string,
  reasons: InvalidReason[],
): Promise<PackageFolder> {
  const files = (await readdir(join(root, folder))).sort();
  const resources: PackageResource[] = [];
  for (const file of files.filter((name) => /\.(bpmn|dmn|form)$/.test(name))) {
    const name = `${folder}/${file}`;
    const content = await readFile(join(root, folder, file), 'utf8');
    resources.push({ name, content });
    if (file.endsWith('.form')) {
      reasons.push(...checkForm(parseJson(content, name, reasons)).map(inFile(name)));
    }
  }
  const service = files.includes('service.json')
    ? readService(folder, await readFile(join(root, folder, 'service.json'), 'utf8'), reasons)
    : undefined;
  for (const { file } of service?.variants ?? []) {
    if (!files.includes(file)) {
      reasons.push({ path: `${folder}/service.json`, reason: `there is no file ${file}` });
    }
  }
  return { folder, service, resources, files: await readFiles(join(root, folder)) };
}

async function readFiles(folder: string): Promise<PackageFile[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.flatMap((entry) => (entry.isFile() ? [entry.name] : [])).sort();
  return Promise.all(
    names.map(async (path) => ({ path, content: await readFile(join(folder, path)) })),
  );
}

function readService(
  folder: string,
  content: string,
  reasons: InvalidReason[],
): ServicePackage | undefined {
  const path = `${folder}/service.json`;
  const json = parseJson(content, path, reasons);
  if (json === undefined) return undefined;
  const parsed = packageSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    reasons.push({ path: `${path}#/${issue.path.join('/')}`, reason: issue.message });
  }
  return undefined;
}

function parseJson(content: string, path: string, reasons: InvalidReason[]): unknown {
  try {
    return JSON.parse(content);
  } catch {
    reasons.push({ path, reason: 'is not JSON' });
    return undefined;
  }
}

/** What one package says about another: codes are unique, and what they name exists. */
function checkTogether(folders: readonly PackageFolder[]): InvalidReason[] {
  const reasons: InvalidReason[] = [];
  const resources = folders.flatMap((folder) => folder.resources);
  const processes = new Set(resources.flatMap(processIds));
  const forms = new Set(resources.flatMap(formIds));
  const codes = new Map<string, string>();
  for (const { folder, service } of folders) {
    if (!service) continue;
    const report = (field: string, reason: string) =>
      reasons.push({ path: `${folder}/service.json#/${field}`, reason });
    const twin = codes.get(service.code);
    if (twin !== undefined) report('code', `${service.code} is taken by ${twin}`);
    codes.set(service.code, folder);
    const named = { process: service.process, intakeProcess: service.intakeProcess };
    for (const [field, id] of Object.entries(named)) {
      if (id !== undefined && !processes.has(id)) report(field, `there is no process ${id}`);
    }
    for (const [at, { id }] of service.variants.entries()) {
      if (!processes.has(id)) report(`variants/${at}/id`, `there is no process ${id}`);
    }
    if (service.form && !forms.has(service.form)) {
      report('form', `there is no form ${service.form}`);
    }
  }
  return reasons;
}

/** Only to see whether a name has a model; the engine reads and checks the models themselves. */
function processIds({ name, content }: PackageResource): string[] {
  if (!name.endsWith('.bpmn')) return [];
  const tags = content.match(/<(?:\w+:)?process\s[^>]*>/g) ?? [];
  return tags.flatMap((tag) => /\sid="([^"]+)"/.exec(tag)?.[1] ?? []);
}

function formIds({ name, content }: PackageResource): string[] {
  if (!name.endsWith('.form')) return [];
  const form: unknown = parseJson(content, name, []);
  return form !== null && typeof form === 'object' && 'id' in form ? [String(form.id)] : [];
}

function inFile(name: string): (reason: InvalidReason) => InvalidReason {
  return (reason) => ({ ...reason, path: reason.path ? `${name}#/${reason.path}` : name });
}

function byName(left: { name: string }, right: { name: string }): number {
  return left.name < right.name ? -1 : 1;
}
