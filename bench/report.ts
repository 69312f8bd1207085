import { readFileSync, writeFileSync } from 'node:fs';
import type { Shares } from './profile.js';
import { median, ratios } from './rounds.js';
import type { Competitor, Heats } from './rounds.js';
import type { Scenario } from './scenario.js';

/** What one scenario's competition gave. */
export interface Result {
  scenario: Scenario;
  competitors: readonly Competitor[];
  heats: Heats;
  profile: { durable: Shares; raw: Shares };
}

export interface Measured {
  machine: readonly string[];
  rounds: number;
  results: readonly Result[];
}

export const two = (value: number): string => (Number.isFinite(value) ? value.toFixed(2) : '–');
export const whole = (value: number): string => Math.round(value).toLocaleString('en-GB');
const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;

/** A Markdown table; every column but the first is of figures. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, index) => (index ? '--:' : '---'));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}

/** Ratios first; the absolute figures only tell how long a round was. */
export function competitionTable({ scenario, competitors, heats }: Result): string {
  const rawCpu = median((heats.get('raw') ?? []).map(({ cpuMsPerCase = NaN }) => cpuMsPerCase));
  const rows = competitors.map(({ key, title }) => {
    const own = heats.get(key) ?? [];
    const toRaw = ratios(heats, key, 'raw');
    const limit = key.endsWith('-1') ? 'pgbench-1' : 'pgbench-8';
    const cpu = median(own.map(({ cpuMsPerCase = NaN }) => cpuMsPerCase)) / rawCpu;
    return [
      title,
      `**${two(median(toRaw))}**`,
      `${two(Math.min(...toRaw))} – ${two(Math.max(...toRaw))}`,
      two(median(ratios(heats, key, limit))),
      two(cpu),
      whole(median(own.map(({ casesPerSecond }) => casesPerSecond))),
    ];
  });
  const head = ['', '× raw', 'range', '× pgbench', 'CPU × raw', 'cases/s'];
  return `### ${scenario.title}\n\n${table(head, rows)}`;
}

export function profileTable({ profile: { durable, raw } }: Result): string {
  const names = [...durable, ...raw].filter(({ share }) => share >= 0.02).map(({ name }) => name);
  const share = (shares: Shares, wanted: string): string =>
    percent(shares.find(({ name }) => name === wanted)?.share ?? 0);
  const rows = [...new Set(names)].map((name) => [name, share(durable, name), share(raw, name)]);
  return table(['own time in', 'durable, 8 clients', 'raw'], rows);
}

/** The generated part of the document, in Markdown. */
export function report({ machine, rounds, results }: Measured): string {
  const profiled = results.at(-1);
  return [
    `Measured on:\n\n${machine.map((line) => `- ${line}`).join('\n')}`,
    `Medians of ${rounds} rounds.`,
    ...results.map(competitionTable),
    ...(profiled
      ? [
          `### Where the time goes\n\nIn the process of the engine, of its busy time, ${profiled.scenario.name} elements.\n\n${profileTable(profiled)}`,
        ]
      : []),
  ].join('\n\n');
}

/** Replaces what stands between the marks of a document, named `name`. Throws when it has none. */
export function writeBetweenMarks(file: string, text: string, name = 'measured'): void {
  const [begin, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
  const old = readFileSync(file, 'utf8');
  const [before, rest] = old.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined)
    throw new Error(`${file} has no ${begin} … ${end}`);
  writeFileSync(file, `${before}${begin}\n\n${text}\n\n${end}${after}`);
}
