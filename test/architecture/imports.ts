import { posix } from 'node:path';
import ts from 'typescript';
import { lineAt, type SourceFile, type Violation } from './source-tree.js';

export interface Import {
  /** As written. */
  readonly specifier: string;
  /** The imported file's path in the repository; undefined for a package. */
  readonly path: string | undefined;
  readonly line: number;
}

/** What a file imports, be it values or types, statically or later. */
export function importsOf(file: SourceFile): Import[] {
  return ts.preProcessFile(file.text, true, true).importedFiles.map(({ fileName, pos }) => ({
    specifier: fileName,
    path: fileName.startsWith('.')
      ? posix.join(posix.dirname(file.path), fileName).replace(/\.js$/, '.ts')
      : undefined,
    line: lineAt(file.text, pos),
  }));
}

/** Each ring of files that import each other, named once. A type counts: it is a dependency too. */
export function importCycles(files: readonly SourceFile[]): Violation[] {
  const imports = new Map(files.map((file) => [file.path, importsOf(file)]));
  const done = new Set<string>();
  const found: Violation[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    for (const { path: next, line } of imports.get(path) ?? []) {
      if (next === undefined || done.has(next)) continue;
      const start = trail.indexOf(next);
      if (start >= 0) {
        const ring = [...trail.slice(start), next].join(' → ');
        found.push({ file: path, line, message: `closes an import cycle: ${ring}` });
      } else {
        visit(next, [...trail, next]);
      }
    }
    done.add(path);
  };
  for (const path of imports.keys()) if (!done.has(path)) visit(path, [path]);
  return found;
}

/** Migrations that `migrations/index.ts` does not import would never run. */
export function unlistedMigrations(files: readonly SourceFile[]): Violation[] {
  const migrations = files.filter(({ path }) => /^migrations\/[^/]+\.ts$/.test(path));
  const index = migrations.find(({ path }) => path === 'migrations/index.ts');
  const listed = new Set(index ? importsOf(index).map(({ path }) => path) : []);
  return migrations
    .filter((file) => file !== index && !listed.has(file.path))
    .map(({ path }) => ({ file: path, line: 1, message: 'is not listed in migrations/index.ts' }));
}
