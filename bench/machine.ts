import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';

/** What the figures were measured on, as lines of a list. */
export function describeMachine(programs?: string): string[] {
  const [cpu] = cpus();
  return [
    `${cpus().length} cores (${cpu?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GB of memory; clients, node and server share them`,
    `a load of ${loadavg()[2]?.toFixed(1)} over the last quarter of an hour, this benchmark's own 2 among it`,
    `Node ${process.versions.node}`,
    ...(programs ? [`${serverVersion(programs)}, with fsync, otherwise as it comes`] : []),
    ...['bpmn-engine', 'bpmn-elements', 'smqp', '@electric-sql/pglite'].map(
      (name) => `${name} ${versionOf(name)}`,
    ),
  ];
}

function serverVersion(programs: string): string {
  return execFileSync(join(programs, 'postgres'), ['--version'], { encoding: 'utf8' }).trim();
}

function versionOf(name: string): string {
  const file = join('node_modules', name, 'package.json');
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
  return version;
}
