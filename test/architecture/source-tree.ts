import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A file of the repository, its path relative to the root and with forward slashes. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** One place where a rule is broken. Lines count from 1. */
export interface Violation {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Not part of the repository, in a copy of it that has no git to say so. */
const GENERATED = new Set(['.git', '.tmp', 'data', 'dist', 'node_modules']);

/** Every text file that git tracks, as it is on the disk now. */
export function trackedFiles(): SourceFile[] {
  return (existsSync(`${ROOT}.git`) ? filesOfGit() : filesIn(''))
    .filter((path) => existsSync(ROOT + path))
    .map((path) => ({ path, text: readFileSync(ROOT + path, 'utf8') }))
    .filter(({ text }) => !text.includes('\0'));
}

function filesOfGit(): string[] {
  const listed = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' });
  return listed.split('\0').filter((path) => path !== '');
}

function filesIn(folder: string): string[] {
  return readdirSync(ROOT + folder, { withFileTypes: true }).flatMap((entry) => {
    if (GENERATED.has(entry.name)) return [];
    const path = folder + entry.name;
    return entry.isDirectory() ? filesIn(`${path}/`) : [path];
  });
}

/** The line that holds the character at `position`. */
export function lineAt(text: string, position: number): number {
  return text.slice(0, position).split('\n').length;
}
