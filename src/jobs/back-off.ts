const FIRST_MS = 1000;
const LONGEST_MS = 60 * 60_000;

/** How long to wait before attempt `attempts + 1`: 1 s, 2 s, 4 s … at most an hour. */
export function backOffMs(attempts: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, attempts - 1));
}
