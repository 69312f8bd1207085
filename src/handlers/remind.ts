import type { HandlerDeclaration } from '../engine/handler.js';
import type { HandlerDependencies } from './case-handler.js';
import { INQUIRY_ID, choiceInput, textInput } from './case-handler.js';
import { sendCaseMail } from './case-mail.js';

const REMINDED = ['unit', 'manager'] as const;

/** Reminds those who have the case of its deadline (F038). */
export function remindHandler(dependencies: HandlerDependencies): HandlerDeclaration {
  return {
    name: 'remind',
    title: { nb: 'Minn på fristen', en: 'Remind of the deadline' },
    runs: 'as-job',
    inputs: [
      INQUIRY_ID,
      {
        name: 'recipient',
        type: 'string',
        required: true,
        choices: REMINDED,
        title: { nb: 'Mottaker', en: 'Recipient' },
      },
    ],
    outputs: [{ name: 'delivered', type: 'boolean', title: { nb: 'Levert', en: 'Delivered' } }],
    run: async (input, context) => {
      const asked = {
        inquiryId: textInput(input, 'inquiryId'),
        template: 'reminder' as const,
        recipient: choiceInput(input, 'recipient', REMINDED),
      };
      return { delivered: await sendCaseMail(asked, context, dependencies) };
    },
  };
}
