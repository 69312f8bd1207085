import type { HandlerDeclaration } from '../engine/handler.js';
import { resumeClock } from '../inquiries/case-clock.js';
import { getInquiry } from '../inquiries/inquiries.js';
import { setStatus } from '../inquiries/lifecycle.js';
import type { HandlerDependencies } from './case-handler.js';
import { DATES, INQUIRY_ID, changeIn, datesOf, textInput } from './case-handler.js';

/** Lets the clock go on; the deadlines have moved by the days on which it stood still. */
export function resumeHandler({ newId }: HandlerDependencies): HandlerDeclaration {
  return {
    name: 'resume',
    title: { nb: 'La fristen løpe videre', en: 'Resume the clock' },
    runs: 'in-step',
    inputs: [INQUIRY_ID],
    outputs: [
      { name: 'paused', type: 'boolean', title: { nb: 'Stoppet', en: 'Paused' } },
      ...DATES,
    ],
    run: async (input, context) => {
      const { tx, tenant } = context;
      const inquiryId = textInput(input, 'inquiryId');
      const change = changeIn(context, newId);
      const clock = await resumeClock(tx, change, inquiryId);
      const { status } = await getInquiry(tx, tenant, inquiryId);
      if (status === 'awaitingCitizen') await setStatus(tx, change, inquiryId, 'inProgress');
      return { paused: false, ...datesOf(clock) };
    },
  };
}
