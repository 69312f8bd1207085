import type { HandlerDeclaration } from '../engine/handler.js';
import { getInquiry } from '../inquiries/inquiries.js';
import { NOTICE_KINDS, NOTICE_TEXTS } from '../inquiries/notice-texts.js';
import { publishNotice, takeDownNotices } from '../inquiries/notices.js';
import type { HandlerDependencies } from './case-handler.js';
import { INQUIRY_ID, changeIn, choiceInput, textInput } from './case-handler.js';

const DAY_MS = 86_400_000;
/** A notice that is forgotten takes itself down. */
const LONGEST_DAYS = 7;

/** Tells a part of the municipality what is going on, in standing words (F090: who else is hit). */
export function publishNoticeHandler({ newId }: HandlerDependencies): HandlerDeclaration {
  return {
    name: 'publish-notice',
    title: { nb: 'Legg ut melding til området', en: 'Put up a notice for the area' },
    runs: 'in-step',
    inputs: [
      INQUIRY_ID,
      {
        name: 'kind',
        type: 'string',
        required: true,
        choices: NOTICE_KINDS,
        title: { nb: 'Hva meldingen sier', en: 'What the notice says' },
      },
    ],
    outputs: [],
    run: async (input, context) => {
      const { tx, tenant, now } = context;
      const inquiryId = textInput(input, 'inquiryId');
      const { service, district } = await getInquiry(tx, tenant, inquiryId);
      await publishNotice(tx, changeIn(context, newId), {
        service,
        inquiryId,
        district,
        texts: NOTICE_TEXTS[choiceInput(input, 'kind', NOTICE_KINDS)],
        shownUntil: new Date(now.getTime() + LONGEST_DAYS * DAY_MS),
      });
      return {};
    },
  };
}

/** Takes down what a case has put up. */
export function withdrawNoticeHandler({ newId }: HandlerDependencies): HandlerDeclaration {
  return {
    name: 'withdraw-notice',
    title: { nb: 'Ta ned meldingen til området', en: 'Take the notice down' },
    runs: 'in-step',
    inputs: [INQUIRY_ID],
    outputs: [],
    run: async (input, context) => {
      const inquiryId = textInput(input, 'inquiryId');
      await takeDownNotices(context.tx, changeIn(context, newId), { inquiryId });
      return {};
    },
  };
}
