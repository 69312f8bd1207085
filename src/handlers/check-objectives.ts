import type { HandlerDeclaration } from '../engine/handler.js';
import { checkObjectives } from '../inquiries/check-objectives.js';
import type { HandlerDependencies } from './case-handler.js';
import { changeIn } from './case-handler.js';

/** Measures the promises to whole populations; a burnt one begins the process that deals with it. */
export function checkObjectivesHandler({ newId }: HandlerDependencies): HandlerDeclaration {
  return {
    name: 'check-objectives',
    title: { nb: 'Mål svargarantiene', en: 'Measure the objectives' },
    runs: 'in-step',
    inputs: [],
    outputs: [
      {
        name: 'burntObjectives',
        type: 'number',
        title: { nb: 'Antall brente garantier', en: 'Objectives newly burnt' },
      },
    ],
    run: async (_, context) => ({
      burntObjectives: await checkObjectives(context.tx, changeIn(context, newId)),
    }),
  };
}
