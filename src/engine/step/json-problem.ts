/** Deeper than any form or register answers; every walk of ours through a value ends there. */
const MAX_DEPTH = 64;

/**
 * What keeps a value from being kept as a JSON object of at most `most` characters, as the end of a
 * sentence, or undefined when nothing does. Members that are undefined are left out, as JSON does.
 */
export function jsonProblem(given: unknown, most: number): string | undefined {
  if (!isPlain(given)) return 'is not an object of JSON';
  let left = most;
  const walk = (value: unknown, depth: number): string | undefined => {
    if (depth > MAX_DEPTH) return `nests deeper than ${MAX_DEPTH} levels, or contains itself`;
    left -= typeof value === 'string' ? value.length + 2 : 4;
    if (left < 0) return `is larger than ${most} characters`;
    if (Array.isArray(value)) return firstProblem(value, (item) => walk(item, depth + 1));
    if (isPlain(value)) {
      return firstProblem(Object.entries(value), ([key, item]) => {
        left -= key.length + 3;
        return item === undefined ? undefined : walk(item, depth + 1);
      });
    }
    return isScalar(value) ? undefined : `has a ${nameOf(value)} in it, which JSON cannot hold`;
  };
  return walk(given, 0);
}

function firstProblem<Item>(
  items: readonly Item[],
  problemOf: (item: Item) => string | undefined,
): string | undefined {
  for (const item of items) {
    const problem = problemOf(item);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function isScalar(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  return value === null || typeof value === 'string' || typeof value === 'boolean';
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function nameOf(value: unknown): string {
  if (typeof value === 'number') return 'number beyond bounds';
  if (typeof value !== 'object' || value === null) return typeof value;
  return value.constructor.name;
}
