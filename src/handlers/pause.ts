import type { HandlerDeclaration } from '../engine/handler.js';
import { PAUSE_REASONS, pauseClock } from '../inquiries/case-clock.js';
import { setStatus } from '../inquiries/lifecycle.js';
import type { HandlerDependencies } from './case-handler.js';
import { INQUIRY_ID, changeIn, choiceInput, textInput } from './case-handler.js';

/** Stops the clock while the municipality can do nothing (forvaltningslovforskriften chapter 9). */
export function pauseHandler({ newId }: HandlerDependencies): HandlerDeclaration {
  return {
    name: 'pause',
    title: { nb: 'Stopp fristen', en: 'Pause the clock' },
    runs: 'in-step',
    inputs: [
      INQUIRY_ID,
      {
        name: 'reason',
        type: 'string',
        required: true,
        choices: PAUSE_REASONS,
        title: { nb: 'Hvorfor', en: 'Why' },
      },
    ],
    outputs: [{ name: 'paused', type: 'boolean', title: { nb: 'Stoppet', en: 'Paused' } }],
    run: async (input, context) => {
      const inquiryId = textInput(input, 'inquiryId');
      const reason = choiceInput(input, 'reason', PAUSE_REASONS);
      const change = changeIn(context, newId);
      await pauseClock(context.tx, change, inquiryId, reason);
      if (reason === 'awaitingCitizen') {
        await setStatus(context.tx, change, inquiryId, 'awaitingCitizen');
      }
      return { paused: true };
    },
  };
}
