import type { HandlerDeclaration } from '../engine/handler.js';
import { OUTCOMES } from '../inquiries/inquiry.js';
import { closeInquiry } from '../inquiries/lifecycle.js';
import type { HandlerDependencies } from './case-handler.js';
import { INQUIRY_ID, changeIn, choiceInput, textInput } from './case-handler.js';

/** Ends the case. One that has ended stays as it ended. */
export function closeHandler({ newId }: HandlerDependencies): HandlerDeclaration {
  return {
    name: 'close',
    title: { nb: 'Avslutt saken', en: 'Close the case' },
    runs: 'in-step',
    inputs: [
      INQUIRY_ID,
      {
        name: 'outcome',
        type: 'string',
        required: true,
        choices: OUTCOMES,
        title: { nb: 'Resultat', en: 'Outcome' },
      },
    ],
    outputs: [{ name: 'closedAt', type: 'date-time', title: { nb: 'Avsluttet', en: 'Closed at' } }],
    run: async (input, context) => {
      const outcome = choiceInput(input, 'outcome', OUTCOMES);
      const inquiryId = textInput(input, 'inquiryId');
      const { closedAt } = await closeInquiry(
        context.tx,
        changeIn(context, newId),
        inquiryId,
        outcome,
      );
      return { closedAt: closedAt.toISOString() };
    },
  };
}
