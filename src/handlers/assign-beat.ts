import type { HandlerDeclaration } from '../engine/handler.js';
import { putOnBeat } from '../inquiries/beats.js';
import { getInquiry } from '../inquiries/inquiries.js';
import type { HandlerDependencies } from './case-handler.js';
import { INQUIRY_ID, changeIn, numberInput, textInput } from './case-handler.js';

/** Puts a case on the list of the beat that a contractor works through (F089, F090). */
export function assignBeatHandler({ newId }: HandlerDependencies): HandlerDeclaration {
  return {
    name: 'assign-beat',
    title: { nb: 'Sett på rodens liste', en: 'Put on the list of the beat' },
    runs: 'in-step',
    inputs: [
      INQUIRY_ID,
      { name: 'beat', type: 'string', required: true, title: { nb: 'Rode', en: 'Beat' } },
      { name: 'points', type: 'number', title: { nb: 'Poeng', en: 'Points' } },
    ],
    outputs: [],
    run: async (input, context) => {
      const { tx, tenant } = context;
      const inquiryId = textInput(input, 'inquiryId');
      const { service, gridCell } = await getInquiry(tx, tenant, inquiryId);
      await putOnBeat(tx, changeIn(context, newId), {
        inquiryId,
        service,
        beat: textInput(input, 'beat'),
        cell: gridCell,
        points: numberInput(input, 'points', { min: 0, max: 1000, fallback: 0 }),
      });
      return {};
    },
  };
}
