/**
 * Runs cases in one way, in a process of its own, whenever the parent asks: so that no way profits or
 * suffers from another's compiled code and garbage.
 */
import { tune } from '../src/engine/tuning/tune.js';
import { runFor } from './cases.js';
import type { Cases, Way } from './cases.js';
import { durableCases } from './durable-cases.js';
import { engineCases } from './engine-cases.js';
import { profileOf } from './profile.js';
import { rawCases } from './raw-cases.js';
import { scenarioNamed } from './scenario.js';

/** What the parent asks for; one question at a time. */
export interface Question {
  run?: { ms: number; clients: number };
  profile?: { ms: number; clients: number };
  close?: true;
}

const way = JSON.parse(process.argv[2] ?? '{}') as Way;

async function open({ kind, scenario: name, tunings, ...where }: Way): Promise<Cases> {
  const scenario = scenarioNamed(name);
  if (!kind.startsWith('raw')) tune(tunings);
  if (kind === 'engine') return engineCases(scenario, false);
  if (kind === 'engine-cold') return engineCases(scenario, true);
  if (kind === 'durable') return durableCases(scenario, where);
  if (kind === 'durable-cold') return durableCases(scenario, { ...where, cacheSize: 0 });
  return rawCases(scenario, kind === 'raw-saved');
}

async function answer(cases: Cases, { run, profile }: Question): Promise<unknown> {
  if (run) return runFor(cases, run.ms, run.clients);
  if (profile) return profileOf(() => runFor(cases, profile.ms, profile.clients));
  await cases.close();
  return true;
}

const cases = await open(way);
process.on('message', (question: Question) => {
  answer(cases, question).then(
    (result) =>
      process.send?.({ result }, undefined, undefined, () => {
        if (question.close) process.exit();
      }),
    (error: unknown) => {
      process.send?.({ error: error instanceof Error ? error.stack : String(error) });
    },
  );
});
process.on('disconnect', () => process.exit());
process.send?.({ result: 'ready' });
