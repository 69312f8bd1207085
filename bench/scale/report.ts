import { table, two, whole } from '../report.js';
import type { Claim } from './claims.js';
import type { AgeRow } from './linear.js';
import type { Scale, ScaleResult } from './measure.js';
import type { NodesResult } from './nodes.js';

/** The generated part of the document, in Markdown. */
export function scaleReport(machine: readonly string[], result: ScaleResult): string {
  const { scales, nodes, ages } = result;
  return [
    `Measured on:\n\n${machine.map((line) => `- ${line}`).join('\n')}`,
    `### What a waiting case takes\n\n${bytesTable(scales)}`,
    `### A node while they wait\n\n${nodeTable(scales)}`,
    `### What a question costs while they wait\n\n${claimTable(scales)}`,
    `### One node and two\n\n${nodesTable(nodes)}`,
    `### Young instances and old ones\n\n${agesTable(ages)}`,
  ].join('\n\n');
}

const counts = (scales: readonly Scale[]): string[] => scales.map(({ waiting }) => whole(waiting));
const ms = (value: number): string => `${two(value)} ms`;

function bytesTable(scales: readonly Scale[]): string {
  const names = Object.keys(scales[0]?.bytesPerCase ?? {});
  const row = (name: string) => [
    name,
    ...scales.map(({ bytesPerCase }) => whole(bytesPerCase[name] ?? 0)),
  ];
  const together = scales.map(({ bytesPerCase }) =>
    whole(Object.values(bytesPerCase).reduce((total, bytes) => total + bytes, 0)),
  );
  return table(
    ['bytes per case, by table with its indexes and TOAST', ...counts(scales)],
    [...names.map(row), ['**together**', ...together.map((bytes) => `**${bytes}**`)]],
  );
}

function nodeTable(scales: readonly Scale[]): string {
  const row = (title: string, of: (node: Scale['node']) => string) => [
    title,
    ...scales.map(({ node }) => of(node)),
  ];
  const load = scales[0]?.node.load;
  const intro = load
    ? `For ${load.seconds} seconds, ${load.timersPerSecond} timers fall due each second while ${load.tasksPerSecond} tasks are completed. Lateness is from a timer's due time until its step is committed.\n\n`
    : '';
  const rows = [
    row('timers fired', ({ fired }) => whole(fired)),
    row('late, median', ({ late }) => `${whole(late.median)} ms`),
    row('**late, 99th percentile**', ({ late }) => `**${whole(late.p99)} ms**`),
    row('late, the latest', ({ late }) => `${whole(late.most)} ms`),
    row('tasks completed', ({ completed }) => whole(completed)),
    row('cores kept busy by the node', ({ cpu }) => two(cpu)),
    row('memory of the process (RSS)', ({ rssMb }) => `${whole(rssMb)} MB`),
    row('**the most it ever was**', ({ peakMb }) => `**${whole(peakMb)} MB**`),
    row('heap in use after a collection', ({ heapMb }) => `${whole(heapMb)} MB`),
  ];
  return `${intro}${table(['cases waiting', ...counts(scales)], rows)}`;
}

const pagesOf = (claim: Claim | undefined): string => (claim ? whole(claim.pages) : '–');

function claimTable(scales: readonly Scale[]): string {
  const of = (title: string, { claims }: Scale): Claim | undefined =>
    claims.find((claim) => claim.title === title);
  const last = scales.at(-1);
  const rows = (last?.claims ?? []).map(({ title, statements }) => [
    title,
    String(statements),
    ...scales.map((scale) => pagesOf(of(title, scale))),
    ...scales.map((scale) => two(of(title, scale)?.ms ?? NaN)),
  ]);
  const head = [
    'time in the server',
    'statements',
    ...counts(scales).map((count) => `pages, ${count}`),
    ...counts(scales).map((count) => `ms, ${count}`),
  ];
  const paths = (last?.claims ?? []).map((claim) => `- ${claim.title}: ${claim.paths.join(', ')}`);
  return `${table(head, rows)}\n\nHow it reaches its rows, at ${whole(last?.waiting ?? 0)}:\n\n${paths.join('\n')}`;
}

function nodesTable({ rows, ratio, rounds, clients }: NodesResult): string {
  const head = ['', 'cases/s', 'cores: nodes', 'cores: server', 'CPU per case'];
  const lines = rows.map(({ title, casesPerSecond, nodes, server, cpuMsPerCase }) => [
    title,
    whole(casesPerSecond),
    nodes.map(two).join(' + '),
    two(server),
    ms(cpuMsPerCase),
  ]);
  return `Two nodes get through **${two(ratio.median)}** times as many cases as one (${two(ratio.least)} – ${two(ratio.most)} over ${rounds} rounds), ${clients} clients each.\n\n${table(head, lines)}`;
}

function agesTable({ live, recovered }: ScaleResult['ages']): string {
  const rows = (kind: string, ages: readonly AgeRow[]) =>
    ages.map((row) => [
      `${row.title}, ${kind}`,
      whole(row.young),
      whole(row.old),
      ms(row.youngMs),
      ms(row.oldMs),
      `**${two(row.oldMs / row.youngMs)}**`,
      two(row.oldCpuMs / row.youngCpuMs),
      `${whole(row.youngBytes)} → ${whole(row.oldBytes)}`,
    ]);
  const head = [
    'a step of',
    'young: steps before',
    'old: steps before',
    'young',
    'old',
    'old ÷ young',
    'the same, CPU',
    'bytes of state',
  ];
  return table(head, [...rows('in memory', live), ...rows('recovered', recovered)]);
}
