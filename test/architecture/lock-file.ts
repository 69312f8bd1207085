import type { SourceFile, Violation } from './source-tree.js';

interface LockedPackage {
  readonly version?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/**
 * Optional packages that the lock file does not know, such as binaries for other platforms. A
 * registry that lacks them makes npm leave them out of the lock file in silence, and `npm ci` then
 * refuses to install anything at all.
 */
export function unlockedPackages({ path, text }: SourceFile): Violation[] {
  const { packages } = JSON.parse(text) as { packages: Record<string, LockedPackage> };
  const locked = new Set(Object.keys(packages).map((key) => key.split('node_modules/').at(-1)));
  return Object.values(packages)
    .flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies))
    .filter((name) => !locked.has(name))
    .map((name) => ({ file: path, line: 1, message: `lacks ${name}: npm ci would refuse it` }));
}
