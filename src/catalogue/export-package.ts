import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Tx } from '../db/tx.js';
import { getServiceRecord } from './change-services.js';
import { readPackageFiles } from './package-files.js';
import type { ServicePackage } from './package.js';
import { packageSchema } from './package.js';
import type { PackageFile } from './read-packages.js';

/** Version of the exchange format. */
export const BUNDLE_FORMAT = 'saksflyt-package/1';

/** A file in a bundle: readable where it is text, base64 where it is not. */
export interface BundledFile {
  path: string;
  text?: string | undefined;
  base64?: string | undefined;
  sha256: string;
}

/** A service with all it needs, in one JSON document that a person can read. */
export interface Bundle {
  format: typeof BUNDLE_FORMAT;
  folder: string;
  files: BundledFile[];
}

/**
 * A service as a package: every file byte for byte as it came, except what has been changed since
 * over the API or published anew, which is as it is now.
 * @throws NotFoundError 'service_not_found'
 */
export async function exportPackage(tx: Tx, tenant: string, code: string): Promise<Bundle> {
  const record = await getServiceRecord(tx, tenant, code);
  const stored = await readPackageFiles(tx, tenant, record.folder);
  const files: PackageFile[] = stored.some(({ path }) => path === 'service.json')
    ? []
    : [{ path: 'service.json', content: writeService(record.package) }];
  for (const { path, content } of stored) {
    const now =
      path === 'service.json'
        ? serviceFile(content, record.package)
        : await publishedFile(tx, tenant, path, content);
    files.push({ path, content: now });
  }
  return { format: BUNDLE_FORMAT, folder: record.folder, files: files.map(bundled) };
}

function bundled({ path, content }: PackageFile): BundledFile {
  const sha256 = createHash('sha256').update(content).digest('hex');
  const text = content.toString('utf8');
  const isText = !text.includes('\0') && Buffer.from(text, 'utf8').equals(content);
  return isText ? { path, text, sha256 } : { path, base64: content.toString('base64'), sha256 };
}

function writeService(own: ServicePackage): Buffer {
  return Buffer.from(`${JSON.stringify(own, null, 2)}\n`, 'utf8');
}

function serviceFile(content: Buffer, now: ServicePackage): Buffer {
  const before = packageSchema.safeParse(parse(content));
  return before.success && isDeepStrictEqual(before.data, packageSchema.parse(now))
    ? content
    : writeService(now);
}

async function publishedFile(
  tx: Tx,
  tenant: string,
  path: string,
  content: Buffer,
): Promise<Buffer> {
  const text = content.toString('utf8');
  const form = path.endsWith('.form') ? parse(content) : undefined;
  if (form && typeof form === 'object' && 'id' in form) {
    const [newest] = await tx.query<{ schema: unknown }>(
      `SELECT schema FROM form_definition WHERE tenant_id = $1 AND form_id = $2
       ORDER BY version DESC LIMIT 1`,
      [tenant, form.id],
    );
    if (!newest || isDeepStrictEqual(newest.schema, form)) return content;
    return Buffer.from(`${JSON.stringify(newest.schema, null, 2)}\n`, 'utf8');
  }
  const [, kind = '', id = ''] =
    (path.endsWith('.bpmn') && /<(?:\w+:)?(process)\b[^>]*?\sid="([^"]+)"/.exec(text)) ||
    (path.endsWith('.dmn') && /<(?:\w+:)?(decision)\b[^>]*?\sid="([^"]+)"/.exec(text)) ||
    [];
  if (kind === '') return content;
  const [newest] = await tx.query<{ xml: string }>(
    `SELECT xml FROM ${kind}_definition WHERE tenant_id = $1 AND ${kind}_id = $2
     ORDER BY version DESC LIMIT 1`,
    [tenant, id],
  );
  return newest && newest.xml !== text ? Buffer.from(newest.xml, 'utf8') : content;
}

function parse(content: Buffer): unknown {
  try {
    return JSON.parse(content.toString('utf8'));
  } catch {
    return undefined;
  }
}
