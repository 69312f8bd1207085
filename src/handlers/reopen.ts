import type { HandlerDeclaration } from '../engine/handler.js';
import { promiseFromNow } from '../inquiries/new-promise.js';
import { REOPEN_REASONS, reopenInquiry } from '../inquiries/reopen.js';
import type { HandlerDependencies } from './case-handler.js';
import { INQUIRY_ID, changeIn, choiceInput, textInput } from './case-handler.js';

/**
 * Opens the closed case again, in the step: its process goes on with it, and its next tasks belong to
 * the same story. The promise counts anew, from now.
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
      { name: 'expectedBy', type: 'date-time', title: { nb: 'Nytt løfte', en: 'New promise' } },
    ],
    run: async (input, context) => {
      const { tx, tenant, now } = context;
      const inquiryId = textInput(input, 'inquiryId');
      const given = input['reason'] === undefined ? { reason: 'citizenReplied' } : input;
      const { expectedBy } = await reopenInquiry(tx, changeIn(context, newId), inquiryId, {
        expectedBy: await promiseFromNow(tx, tenant, inquiryId, now),
        reason: choiceInput(given, 'reason', REOPEN_REASONS),
      });
      return { reopened: true, expectedBy: expectedBy.toISOString() };
    },
  };
}
