import { createHash } from 'node:crypto';
import { access, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { JsonObject } from '../kernel/json.js';

/** The files of a package by name, and what its manifest says besides their checksums. */
export interface ArchivePackage {
  manifest: JsonObject;
  files: Readonly<Record<string, string>>;
}

/**
 * Writes a package of files with a manifest of their checksums (arkivforskrifta § 5 a–c). It appears
 * whole or not at all: everything is written and synced beside its place, and moved there at the end.
 * A package that is there already is left as it is, since only an earlier attempt can have made it.
 */
export async function writePackage(
  folder: string,
  { manifest, files }: ArchivePackage,
): Promise<void> {
  if (await exists(folder)) return;
  const part = `${folder}.part`;
  await rm(part, { recursive: true, force: true });
  await mkdir(part, { recursive: true });
  const listed = [];
  for (const [name, content] of Object.entries(files)) {
    await writeSynced(join(part, name), content);
    listed.push({ name, bytes: Buffer.byteLength(content), sha256: sha256(content) });
  }
  await writeSynced(join(part, 'manifest.json'), toText({ ...manifest, files: listed }));
  await syncFolder(part);
  await rename(part, folder);
  await syncFolder(dirname(folder));
}

/** JSON as it is read by people too. */
export function toText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function sha256(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function writeSynced(path: string, content: string): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A rename is on the disk only when its folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
