import type { HandlerDeclaration } from '../engine/handler.js';
import type { HandlerDependencies } from './case-handler.js';
import { INQUIRY_ID, choiceInput, textInput } from './case-handler.js';
import { FOLLOWED_TEMPLATES, tellFollowers } from './follower-mail.js';

/**
 * Tells those who follow a case something that its own citizen is not told by `notify`, which tells
 * them by itself.
 */
export function tellFollowersHandler(dependencies: HandlerDependencies): HandlerDeclaration {
  return {
    name: 'tell-followers',
    title: { nb: 'Varsle dem som følger saken', en: 'Tell those who follow the case' },
    runs: 'as-job',
    inputs: [
      INQUIRY_ID,
      {
        name: 'template',
        type: 'string',
        required: true,
        choices: FOLLOWED_TEMPLATES,
        title: { nb: 'Melding', en: 'Message' },
      },
    ],
    outputs: [{ name: 'told', type: 'number', title: { nb: 'Antall varslet', en: 'How many' } }],
    run: async (input, context) => {
      const inquiryId = textInput(input, 'inquiryId');
      const template = choiceInput(input, 'template', FOLLOWED_TEMPLATES);
      return { told: await tellFollowers({ inquiryId, template }, context, dependencies) };
    },
  };
}
