import { parseDateTime } from '../calendar/date-time.js';
import { TEMPLATES } from '../channels/messages.js';
import type { HandlerDeclaration } from '../engine/handler.js';
import { RECIPIENTS } from '../inquiries/messages.js';
import type { HandlerDependencies } from './case-handler.js';
import { INQUIRY_ID, choiceInput, textInput } from './case-handler.js';
import { sendCaseMail } from './case-mail.js';

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
    ],
    outputs: [{ name: 'delivered', type: 'boolean', title: { nb: 'Levert', en: 'Delivered' } }],
    run: async (input, context) => {
      const promised = input['promisedBy'];
      const asked = {
        inquiryId: textInput(input, 'inquiryId'),
        template: choiceInput(input, 'template', TEMPLATES),
        recipient: choiceInput(input, 'recipient', RECIPIENTS),
        promisedBy: typeof promised === 'string' ? parseDateTime(promised) : undefined,
      };
      return { delivered: await sendCaseMail(asked, context, dependencies) };
    },
  };
}
