/** One competitor in one round. */
export interface Heat {
  casesPerSecond: number;
  /** Time of the process that runs the cases, not of the database server. */
  cpuMsPerCase?: number;
}

export interface Competitor {
  key: string;
  title: string;
  run: (ms: number) => Promise<Heat>;
}

export type Heats = Map<string, Heat[]>;

/**
 * Lets all compete in turn, round after round, every other one backwards: whatever else the machine
 * does then hits all alike.
 */
export async function compete(
  competitors: readonly Competitor[],
  options: { rounds: number; ms: number; onRound: (round: number) => void },
): Promise<Heats> {
  const heats: Heats = new Map(competitors.map(({ key }) => [key, []]));
  for (let round = 0; round < options.rounds; round += 1) {
    options.onRound(round + 1);
    const order = round % 2 ? competitors.toReversed() : competitors;
    for (const { key, run } of order) heats.get(key)?.push(await run(options.ms));
  }
  return heats;
}

/** The middle one, or the mean of the two in the middle. NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  const [low = NaN, high = NaN] = [sorted[Math.ceil(half) - 1], sorted[Math.floor(half)]];
  return (low + high) / 2;
}

/** Each round's ratio of one competitor to another, so that a slow round is slow for both. */
export function ratios(heats: Heats, key: string, to: string): number[] {
  const others = heats.get(to) ?? [];
  return (heats.get(key) ?? []).map(
    ({ casesPerSecond }, round) => casesPerSecond / (others[round]?.casesPerSecond ?? NaN),
  );
}
