import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { JsonObject } from '../../../src/kernel/json.js';

/** What is done to a process, and what is open for people afterwards. */
export type CaseStep = { open: string[]; incidents?: string[]; variables?: JsonObject } & (
  | { start: string }
  | { complete: string }
  /** A task answered with an error. */
  | { error: string; code: string }
  | { message: string; key?: string; expected?: false }
  | { signal: string }
  /** Moves the clock by an ISO 8601 duration. */
  | { time: string }
  /** An external worker does the job of this type, or answers it with an error. */
  | { job: string }
  | { jobError: string; code: string }
  /** Sets variables of the instance of this process. */
  | { set: string }
);

/** How an instance stands when all steps are done: its end events in the order they were reached. */
export interface CaseEnd {
  status: 'active' | 'completed' | 'canceled';
  ends: string[];
  variables?: JsonObject;
}

export interface RefusedElement {
  element: string | null;
  /** A part of the reason given. */
  reason: string;
}

/** One model with its expected trace, computed from the specification. */
export interface ConformanceCase {
  feature: string;
  name: string;
  title: string;
  xml: string;
  /** Where the engine differs from the specification on purpose: the sentence in the document. */
  limit?: string;
  /** The rows of the document that the limit is about. */
  of?: string[];
  steps?: CaseStep[];
  /** By process; an array where a process has several instances. */
  end?: Record<string, CaseEnd | CaseEnd[]>;
  refused?: RefusedElement[];
}

const FOLDER = fileURLToPath(new URL('..', import.meta.url));

/** Every case of the suite: `<feature>/<name>.bpmn` with `<name>.json` beside it. */
export function readCases(): ConformanceCase[] {
  return features().flatMap((feature) =>
    namesIn(feature, '.bpmn').map((name) => {
      const path = join(FOLDER, feature, name);
      const expected = JSON.parse(readFileSync(`${path}.json`, 'utf8')) as ConformanceCase;
      return { ...expected, feature, name, xml: readFileSync(`${path}.bpmn`, 'utf8') };
    }),
  );
}

/** Traces without a model: names that fit no file. */
export function lonelyTraces(): string[] {
  return features().flatMap((feature) => {
    const models = new Set(namesIn(feature, '.bpmn'));
    return namesIn(feature, '.json').filter((name) => !models.has(name));
  });
}

function features(): string[] {
  const entries = readdirSync(FOLDER, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory() && entry.name !== 'suite');
  return folders.map(({ name }) => name).sort();
}

function namesIn(feature: string, extension: string): string[] {
  return readdirSync(join(FOLDER, feature))
    .filter((file) => file.endsWith(extension))
    .map((file) => file.slice(0, -extension.length))
    .sort();
}
