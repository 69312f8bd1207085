import type { HandlerDeclaration } from '../engine/handler.js';
import { findOpenCrisis } from '../inquiries/crisis.js';
import { getInquiry } from '../inquiries/inquiries.js';
import { INQUIRY_ID, textInput } from './case-handler.js';

/** Says whether the service of a case is in crisis mode now. */
export function crisisStatusHandler(): HandlerDeclaration {
  return {
    name: 'crisis-status',
    title: { nb: 'Spør om krisemodus', en: 'Ask about crisis mode' },
    runs: 'in-step',
    inputs: [INQUIRY_ID],
    outputs: [
      { name: 'crisis', type: 'boolean', title: { nb: 'Krisemodus', en: 'In crisis mode' } },
    ],
    run: async (input, { tx, tenant }) => {
      const { service } = await getInquiry(tx, tenant, textInput(input, 'inquiryId'));
      return { crisis: (await findOpenCrisis(tx, tenant, service)) !== undefined };
    },
  };
}
