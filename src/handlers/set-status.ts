import type { HandlerDeclaration } from '../engine/handler.js';
import type { Status } from '../inquiries/inquiry.js';
import { setStatus } from '../inquiries/lifecycle.js';
import type { HandlerDependencies } from './case-handler.js';
import { INQUIRY_ID, changeIn, choiceInput, textInput } from './case-handler.js';

/** Those that a process sets; the others follow from closing, reopening and de-identifying. */
const SETTABLE = [
  'registered',
  'inProgress',
  'awaitingCitizen',
  'external',
  'answered',
] as const satisfies readonly Status[];

/** Sets the status that citizens and staff see. */
export function setStatusHandler({ newId }: HandlerDependencies): HandlerDeclaration {
  return {
    name: 'set-status',
    title: { nb: 'Sett status', en: 'Set the status' },
    runs: 'in-step',
    inputs: [
      INQUIRY_ID,
      {
        name: 'status',
        type: 'string',
        required: true,
        choices: SETTABLE,
        title: { nb: 'Ny status', en: 'New status' },
      },
    ],
    outputs: [{ name: 'status', type: 'string', title: { nb: 'Status', en: 'Status' } }],
    run: async (input, context) => {
      const status = choiceInput(input, 'status', SETTABLE);
      const inquiryId = textInput(input, 'inquiryId');
      await setStatus(context.tx, changeIn(context, newId), inquiryId, status);
      return { status };
    },
  };
}
