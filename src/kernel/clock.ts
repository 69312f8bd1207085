/** Tells what time it is. Passed to everything that asks, so that a test or a replay can move it. */
export type Clock = () => Date;

/** The machine's own time. */
export const systemClock: Clock = () => new Date();

/** A clock that stands still until it is moved. */
export interface MovableClock {
  (): Date;
  /** Moves it by so many milliseconds; a negative number moves it back. */
  advance(milliseconds: number): void;
  set(date: Date): void;
}

/**
 * A clock standing at `start`.
 * @throws TypeError when it is started at, or moved to, an invalid date
 */
export function movableClock(start: Date): MovableClock {
  let now = validTime(start.getTime());
  const clock = () => new Date(now);
  return Object.assign(clock, {
    advance(milliseconds: number) {
      now = validTime(now + milliseconds);
    },
    set(date: Date) {
      now = validTime(date.getTime());
    },
  });
}

function validTime(milliseconds: number): number {
  if (Number.isNaN(new Date(milliseconds).getTime())) throw new TypeError('not a valid date');
  return milliseconds;
}
