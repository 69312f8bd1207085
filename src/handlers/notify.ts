import { parseDateTime } from '../calendar/date-time.js';
import { TEMPLATES } from '../channels/kinds.js';
import type { HandlerDeclaration } from '../engine/handler.js';
import { RECIPIENTS } from '../inquiries/messages.js';
import type { JsonObject } from '../kernel/json.js';
import type { HandlerDependencies } from './case-handler.js';
import { INQUIRY_ID, choiceInput, textInput } from './case-handler.js';
import { sendCaseMail } from './case-mail.js';
import { isFollowed, tellFollowers } from './follower-mail.js';

/** Tells the citizen, the unit or its manager by mail (F009, F087). */
export function notifyHandler(dependencies: HandlerDependencies): HandlerDeclaration {
  return {
    name: 'notify',
    title: { nb: 'Varsle', en: 'Notify' },
    runs: 'as-job',
    inputs: [
      INQUIRY_ID,
      {
        name: 'template',
        type: 'string',
        required: true,
        choices: TEMPLATES,
        title: { nb: 'Melding', en: 'Message' },
      },
      {
        name: 'recipient',
        type: 'string',
        required: true,
        choices: RECIPIENTS,
        title: { nb: 'Mottaker', en: 'Recipient' },
      },
      {
        name: 'promisedBy',
        type: 'date-time',
        title: { nb: 'Ny dato for svar', en: 'New date for the answer' },
      },
      {
        name: 'dueAt',
        type: 'date-time',
        title: { nb: 'Når innbyggeren må ha svart', en: 'When the citizen is to have answered' },
      },
      {
        name: 'recipientUnit',
        type: 'string',
        title: { nb: 'Annen enhet enn sakens', en: "Another unit than the case's" },
      },
    ],
    outputs: [{ name: 'delivered', type: 'boolean', title: { nb: 'Levert', en: 'Delivered' } }],
    run: async (input, context) => {
      const asked = {
        inquiryId: textInput(input, 'inquiryId'),
        template: choiceInput(input, 'template', TEMPLATES),
        recipient: choiceInput(input, 'recipient', RECIPIENTS),
        recipientUnit: unitOf(input),
        promisedBy: dateOf(input, 'promisedBy'),
        dueAt: dateOf(input, 'dueAt'),
      };
      const delivered = await sendCaseMail(asked, context, dependencies);
      if (asked.recipient === 'party' && isFollowed(asked.template)) {
        await tellFollowers(asked, context, dependencies);
      }
      return { delivered };
    },
  };
}

function dateOf(input: JsonObject, name: string): Date | undefined {
  const value = input[name];
  return typeof value === 'string' && value !== '' ? parseDateTime(value) : undefined;
}

/** `DOK`, or as models write groups `unit:DOK`. */
function unitOf(input: JsonObject): string | undefined {
  const value = input['recipientUnit'];
  return typeof value === 'string' && value !== '' ? value.replace(/^unit:/, '') : undefined;
}
