import { parseDateTime } from '../calendar/date-time.js';
import { endOfDay, toLocal } from '../calendar/oslo-time.js';
import type { HandlerDeclaration } from '../engine/handler.js';
import { promiseAnswer } from '../inquiries/case-clock.js';
import type { HandlerDependencies } from './case-handler.js';
import { INQUIRY_ID, changeIn, textInput } from './case-handler.js';

/** Notes the date that a citizen has been promised; the watch asks again when it slips. */
export function promiseHandler({ newId }: HandlerDependencies): HandlerDeclaration {
  return {
    name: 'promise',
    title: { nb: 'Noter lovet dato', en: 'Note the promised date' },
    runs: 'in-step',
    inputs: [
      INQUIRY_ID,
      {
        name: 'promisedBy',
        type: 'date-time',
        required: true,
        title: { nb: 'Lovet dato', en: 'Promised date' },
      },
    ],
    outputs: [
      { name: 'promisedBy', type: 'date-time', title: { nb: 'Lovet dato', en: 'Promised date' } },
    ],
    run: async (input, context) => {
      const given = textInput(input, 'promisedBy');
      const date = parseDateTime(given);
      // A bare date is kept by answering on that day.
      const promisedBy = given.includes('T') ? date : endOfDay(toLocal(date));
      const inquiryId = textInput(input, 'inquiryId');
      await promiseAnswer(context.tx, changeIn(context, newId), inquiryId, promisedBy);
      return { promisedBy: promisedBy.toISOString() };
    },
  };
}
