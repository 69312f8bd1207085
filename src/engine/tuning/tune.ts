import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { useDirectRuns } from './direct-runs.js';
import { useLazyElements } from './lazy-elements.js';
import { useLeanBroker } from './lean-broker.js';
import { useLocalEvents } from './local-events.js';
import { findPrototypes } from './prototypes.js';

/** The versions that the tunings were written for and are tested with. */
const KNOWN_VERSIONS = { smqp: '11.0.1', 'bpmn-elements': '17.3.0', 'bpmn-engine': '25.0.1' };

/** Each changes how a thing is done, never what is done; none needs another. */
const TUNINGS = {
  'lean-broker': useLeanBroker,
  'lazy-elements': useLazyElements,
  'local-events': useLocalEvents,
  'direct-runs': useDirectRuns,
};

export type TuningName = keyof typeof TUNINGS;

export const TUNING_NAMES = Object.keys(TUNINGS) as readonly TuningName[];

/** What this process does its own way, and when that is nothing, why. */
export interface Tuning {
  tunings: readonly TuningName[];
  reason: string;
}

let done: Tuning | undefined;

/**
 * Tunes bpmn-engine's plumbing in this process, before its first instance; later calls only tell
 * what was done. A version that nobody has tested runs as it comes.
 */
export function tune(wanted: readonly TuningName[] = TUNING_NAMES): Tuning {
  if (done) return done;
  const unknown = unknownVersions(installedVersion);
  if (!wanted.length) done = { tunings: [], reason: 'switched off' };
  else if (unknown.length) done = { tunings: [], reason: `not known: ${unknown.join(', ')}` };
  else done = { tunings: wanted, reason: 'known versions' };
  if (done.tunings.length) {
    const prototypes = findPrototypes();
    for (const name of done.tunings) TUNINGS[name](prototypes);
  }
  return done;
}

/** The packages, with their versions, that the tunings were not made for. */
export function unknownVersions(versionOf: (name: string) => string | undefined): string[] {
  return Object.entries(KNOWN_VERSIONS)
    .filter(([name, version]) => versionOf(name) !== version)
    .map(([name]) => `${name} ${versionOf(name) ?? '(not found)'}`);
}

/** A package that does not export its package.json: found by walking up from its entry. */
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
