import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { useDirectRuns } from './direct-runs.js';
import { useLazyElements } from './lazy-elements.js';
import { useLeanBroker } from './lean-messages.js';
import { useLocalEvents } from './local-events.js';
import { findPrototypes } from './prototypes.js';

/** The versions that the tunings were written for and are tested with. */
export const TUNED_VERSIONS: Readonly<Record<string, string>> = {
  smqp: '11.0.1',
  'bpmn-elements': '17.3.0',
  'bpmn-engine': '25.0.1',
};

/** Whether the engine's plumbing is tuned, and when not, why. */
export interface Tuning {
  tuned: boolean;
  reason: string;
}

let done: Tuning | undefined;

/** Tunes this process before its first instance; later calls only tell. */
export function tune(wanted: boolean): Tuning {
  return (done ??= decide(wanted));
}

function decide(wanted: boolean): Tuning {
  if (!wanted) return { tuned: false, reason: 'switched off' };
  const found = Object.keys(TUNED_VERSIONS).map((name) => [name, installedVersion(name)] as const);
  const strange = found.filter(([name, version]) => version !== TUNED_VERSIONS[name]);
  const list = (of: typeof found): string => of.map((pair) => pair.join(' ')).join(', ');
  if (strange.length) return { tuned: false, reason: `not known: ${list(strange)}` };
  useLeanBroker();
  const prototypes = findPrototypes();
  useLazyElements(prototypes);
  useLocalEvents(prototypes);
  useDirectRuns(prototypes);
  return { tuned: true, reason: list(found) };
}

/** A package that hides its package.json is found by walking up from its entry. */
function installedVersion(name: string): string | undefined {
  let folder = dirname(createRequire(import.meta.url).resolve(name));
  while (folder !== dirname(folder)) {
    const about = readPackage(join(folder, 'package.json'));
    if (about?.name === name) return about.version;
    folder = dirname(folder);
  }
  return undefined;
}

function readPackage(path: string): { name?: string; version?: string } | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as { name?: string; version?: string };
  } catch {
    return undefined;
  }
}
