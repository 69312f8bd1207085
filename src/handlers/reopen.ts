import type { HandlerDeclaration } from '../engine/handler.js';
import { REOPEN_REASONS, reopenInquiry } from '../inquiries/reopen.js';
import type { HandlerDependencies } from './case-handler.js';
import { DATES, INQUIRY_ID, changeIn, choiceInput, datesOf, textInput } from './case-handler.js';

/**
 * Opens the closed case again, in the step: its process goes on with it, and its next tasks belong to
 * the same story. Its deadlines count anew, from now.
 */
export function reopenHandler({ newId }: HandlerDependencies): HandlerDeclaration {
  return {
    name: 'reopen',
    title: { nb: 'Gjenåpne saken', en: 'Reopen the case' },
    runs: 'in-step',
    inputs: [
      INQUIRY_ID,
      {
        name: 'reason',
        type: 'string',
        choices: REOPEN_REASONS,
        title: { nb: 'Hvorfor', en: 'Why' },
      },
    ],
    outputs: [
      { name: 'reopened', type: 'boolean', title: { nb: 'Gjenåpnet', en: 'Reopened' } },
      ...DATES,
    ],
    run: async (input, context) => {
      const inquiryId = textInput(input, 'inquiryId');
      const given = input['reason'] === undefined ? { reason: 'citizenReplied' } : input;
      const reason = choiceInput(given, 'reason', REOPEN_REASONS);
      const change = changeIn(context, newId);
      const inquiry = await reopenInquiry(context.tx, change, inquiryId, reason);
      return { reopened: true, ...datesOf(inquiry) };
    },
  };
}
