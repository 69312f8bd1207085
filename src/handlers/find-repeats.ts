import type { HandlerDeclaration } from '../engine/handler.js';
import { findRepeats } from '../insight/learning.js';
import { numberInput } from './case-handler.js';

/** How far back repeats are looked for, and how far ahead the effect of a measure is. */
export const LEARNING_PERIOD_MS = 90 * 86_400_000;

/** The process of one measure. */
const MEASURE_PROCESS = 'learning-measure';

/** Finds what repeats itself, for the process owner to do something about (F091). */
export function findRepeatsHandler(): HandlerDeclaration {
  return {
    name: 'find-repeats',
    title: { nb: 'Finn det som gjentar seg', en: 'Find what repeats itself' },
    runs: 'in-step',
    inputs: [
      { name: 'least', type: 'number', title: { nb: 'Minst så mange', en: 'At least that many' } },
      { name: 'most', type: 'number', title: { nb: 'Høyst så mange funn', en: 'Most findings' } },
    ],
    outputs: [
      {
        name: 'findingCount',
        type: 'number',
        title: { nb: 'Antall funn', en: 'Number of findings' },
      },
    ],
    run: async (input, { tx, tenant, now }) => {
      const findings = await findRepeats(
        tx,
        tenant,
        { from: new Date(now.getTime() - LEARNING_PERIOD_MS), to: now },
        {
          least: numberInput(input, 'least', { min: 1, max: 10_000, fallback: 5 }),
          most: numberInput(input, 'most', { min: 1, max: 50, fallback: 10 }),
          measureProcess: MEASURE_PROCESS,
        },
      );
      return { findings, findingCount: findings.length };
    },
  };
}
