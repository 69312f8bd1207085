/**
 * What each tuning of bpmn-engine's plumbing is worth: our engine alone with none, with one more at a
 * time, and with all but one, each in a process of its own, in turns.
 *
 * npm run bench:tuning -- [--write] [--rounds=7] [--ms=1000]
 */
import { parseArgs } from 'node:util';
import { TUNING_NAMES } from '../src/engine/tuning/tune.js';
import type { TuningName } from '../src/engine/tuning/tune.js';
import { describeMachine } from './machine.js';
import { table, two, writeBetweenMarks } from './report.js';
import { compete, median, ratios } from './rounds.js';
import type { Competitor } from './rounds.js';
import { startWay } from './way-process.js';

const { values: options } = parseArgs({
  options: {
    write: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '7' },
    ms: { type: 'string', default: '1000' },
  },
});

const COMBINATIONS: readonly { title: string; tunings: readonly TuningName[] }[] = [
  { title: 'untuned', tunings: [] },
  ...TUNING_NAMES.map((name) => ({ title: `only ${name}`, tunings: [name] })),
  ...TUNING_NAMES.map((name) => ({
    title: `all but ${name}`,
    tunings: TUNING_NAMES.filter((other) => other !== name),
  })),
  { title: 'all', tunings: TUNING_NAMES },
];

/** What is compared: a live instance to its end, and one that is stored and recovered as it waits. */
const COURSES = [
  { title: 'ten elements, kept in memory', kind: 'engine', scenario: 'ten' },
  { title: 'ten elements, stored and recovered', kind: 'engine-cold', scenario: 'ten' },
  { title: 'sixty elements, stored and recovered', kind: 'engine-cold', scenario: 'sixty' },
] as const;

/** The median ratio to the untuned engine of the same round, for each combination. */
async function run({ kind, scenario, title }: (typeof COURSES)[number]): Promise<number[]> {
  const ways = await Promise.all(
    COMBINATIONS.map(({ tunings }) => startWay({ kind, scenario, tunings })),
  );
  const competitors = ways.map((way, index): Competitor => {
    const run = async (ms: number) => {
      const { cases, wallMs } = await way.run(ms, 1);
      return { casesPerSecond: (cases / wallMs) * 1000 };
    };
    return { key: String(index), title: COMBINATIONS[index]?.title ?? '', run };
  });
  const onRound = (round: number): void => console.error(`→ ${title}: round ${round}`);
  const ms = Number(options.ms);
  await compete(competitors, { rounds: 1, ms, onRound: () => undefined });
  const heats = await compete(competitors, { rounds: Number(options.rounds), ms, onRound });
  for (const way of ways) await way.close();
  return competitors.map(({ key }) => median(ratios(heats, key, '0')));
}

const columns: number[][] = [];
for (const course of COURSES) columns.push(await run(course));
const rows = COMBINATIONS.map(({ title }, row) => [
  title,
  ...columns.map((column) => two(column[row] ?? NaN)),
]);
const text = [
  `Measured on:\n\n${describeMachine()
    .map((line) => `- ${line}`)
    .join('\n')}`,
  `Cases in a second, untuned = 1; medians of ${options.rounds} rounds.`,
  table(['', ...COURSES.map(({ title }) => title)], rows),
].join('\n\n');
console.log(text);
if (options.write) writeBetweenMarks('docs/performance.md', text, 'tuning');
