import type { HandlerDeclaration } from '../engine/handler.js';
import type { Decide } from '../inquiries/crisis-watch.js';
import { judgeCalm } from '../inquiries/crisis-watch.js';
import { lockCrisis, noteCalm } from '../inquiries/crisis.js';
import { textInput } from './case-handler.js';
import { CRISIS_ID } from './crisis-handler.js';

/** Counts the reports of the last hour, and says whether it has been calm for long enough. */
export function watchCrisisHandler(): HandlerDeclaration {
  return {
    name: 'watch-crisis',
    title: { nb: 'Se om det er rolig', en: 'See whether it is calm' },
    runs: 'in-step',
    inputs: [CRISIS_ID],
    outputs: [
      { name: 'calm', type: 'boolean', title: { nb: 'Rolig lenge nok', en: 'Calm long enough' } },
      {
        name: 'reportsPerHour',
        type: 'number',
        title: { nb: 'Meldinger siste time', en: 'Reports in the last hour' },
      },
    ],
    run: async (input, context) => {
      const { tx, tenant, now } = context;
      const decide: Decide = (...asked) => context.decide(...asked);
      const crisis = await lockCrisis(tx, tenant, textInput(input, 'crisisId'));
      const judged = await judgeCalm(tx, tenant, crisis, { decide, now });
      await noteCalm(tx, tenant, crisis.id, judged.calmSince);
      return { calm: judged.isOver, reportsPerHour: judged.reportsPerHour };
    },
  };
}
