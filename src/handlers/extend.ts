import { parseDateTime } from '../calendar/date-time.js';
import type { HandlerDeclaration } from '../engine/handler.js';
import { EXTENSION_REASONS, extendDeadline } from '../inquiries/case-clock.js';
import type { HandlerDependencies } from './case-handler.js';
import { DATES, INQUIRY_ID, changeIn, choiceInput, datesOf, textInput } from './case-handler.js';

const MOVABLE = ['guarantee', 'statutory'] as const;

/** Moves a deadline to a later date, for a reason. */
export function extendHandler({ newId }: HandlerDependencies): HandlerDeclaration {
  return {
    name: 'extend',
    title: { nb: 'Forleng fristen', en: 'Extend the deadline' },
    runs: 'in-step',
    inputs: [
      INQUIRY_ID,
      {
        name: 'until',
        type: 'date-time',
        required: true,
        title: { nb: 'Ny frist', en: 'New deadline' },
      },
      {
        name: 'reason',
        type: 'string',
        required: true,
        choices: EXTENSION_REASONS,
        title: { nb: 'Hvorfor', en: 'Why' },
      },
      {
        name: 'deadline',
        type: 'string',
        choices: MOVABLE,
        title: { nb: 'Hvilken frist', en: 'Which deadline' },
      },
    ],
    outputs: DATES,
    run: async (input, context) => {
      const clock = await extendDeadline(
        context.tx,
        changeIn(context, newId),
        textInput(input, 'inquiryId'),
        {
          deadline: choiceInput({ deadline: 'guarantee', ...input }, 'deadline', MOVABLE),
          until: parseDateTime(textInput(input, 'until')),
          reason: choiceInput(input, 'reason', EXTENSION_REASONS),
        },
      );
      return datesOf(clock);
    },
  };
}
