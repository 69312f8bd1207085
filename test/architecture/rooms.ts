import { importsOf } from './imports.js';
import type { SourceFile, Violation } from './source-tree.js';

/** From the bottom up. Rooms of one level do not know each other, but for what follows. */
const LEVELS: readonly (readonly string[])[] = [
  ['kernel'],
  ['calendar', 'decisions', 'access'],
  ...['db', 'jobs', 'engine', 'people', 'catalogue', 'inquiries', 'tasks', 'channels'].map(
    (room) => [room],
  ),
  ...['privacy', 'insight', 'handlers', 'http', 'compose', 'cli'].map((room) => [room]),
];

/** Decision tables count working days. */
const NEIGHBOURS = new Set(['decisions → calendar']);

const ENGINE_PACKAGE = /^(zeebe-)?bpmn-/;

/** `src/db/tx.ts` is in `db`, `src/cli.ts` in `cli`. */
const roomOf = (path: string): string | undefined => /^src\/([^/.]+)/.exec(path)?.[1];

const levelOf = (room: string): number => LEVELS.findIndex((level) => level.includes(room));

function mayImport(from: string, to: string): boolean {
  return from === to || levelOf(to) < levelOf(from) || NEIGHBOURS.has(`${from} → ${to}`);
}

/** Files of `src/` outside the known rooms, and imports from a room further up. */
export function roomViolations(files: readonly SourceFile[]): Violation[] {
  return files.flatMap((file) => {
    const room = roomOf(file.path);
    if (room === undefined || !file.path.endsWith('.ts')) return [];
    if (levelOf(room) < 0) {
      return [{ file: file.path, line: 1, message: `is in "${room}", which is no room` }];
    }
    return importsOf(file).flatMap(({ path, specifier, line }) => {
      if (path === undefined || path.startsWith('migrations/')) return [];
      const target = roomOf(path);
      if (target !== undefined && mayImport(room, target)) return [];
      const message = `imports ${specifier}: ${room} may not know ${target ?? 'what is outside src/'}`;
      return [{ file: file.path, line, message }];
    });
  });
}

/** The engine can be replaced only as long as one room knows it. */
export function engineViolations(files: readonly SourceFile[]): Violation[] {
  return files
    .filter(({ path }) => roomOf(path) !== undefined && roomOf(path) !== 'engine')
    .flatMap((file) =>
      importsOf(file)
        .filter(({ specifier }) => ENGINE_PACKAGE.test(specifier))
        .map(({ specifier, line }) => ({
          file: file.path,
          line,
          message: `imports ${specifier}, which only src/engine/ may`,
        })),
    );
}
