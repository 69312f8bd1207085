import type { HandlerDeclaration } from '../engine/handler.js';
import { nextDeadline, WATCHED } from '../inquiries/next-deadline.js';
import type { HandlerDependencies } from './case-handler.js';
import { INQUIRY_ID, changeIn, textInput } from './case-handler.js';

/** Long after any case is over: a timer needs a date, also where nothing is left to wait for. */
const NEVER = '9000-01-01T00:00:00.000Z';

/**
 * Looks at the case's clock: says what has just fallen due, once, and when to look again. A model
 * acts on the first and waits for the second, or for the message that a deadline has changed.
 */
export function nextDeadlineHandler({ newId }: HandlerDependencies): HandlerDeclaration {
  return {
    name: 'next-deadline',
    title: { nb: 'Finn neste frist', en: 'Find the next deadline' },
    runs: 'in-step',
    inputs: [INQUIRY_ID],
    outputs: [
      {
        name: 'dueDeadline',
        type: 'string',
        choices: WATCHED,
        title: { nb: 'Forfalt frist', en: 'Deadline that is due' },
      },
      {
        name: 'nextDeadline',
        type: 'string',
        choices: [...WATCHED, 'none'],
        title: { nb: 'Neste frist', en: 'Next deadline' },
      },
      {
        name: 'nextDeadlineAt',
        type: 'date-time',
        title: { nb: 'Tid for neste frist', en: 'When it is due' },
      },
    ],
    run: async (input, context) => {
      const inquiryId = textInput(input, 'inquiryId');
      const { due, next } = await nextDeadline(context.tx, changeIn(context, newId), inquiryId);
      return {
        dueDeadline: due,
        nextDeadline: next?.deadline ?? 'none',
        nextDeadlineAt: next?.at.toISOString() ?? NEVER,
      };
    },
  };
}
