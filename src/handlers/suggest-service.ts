import { suggestServices } from '../catalogue/suggest-services.js';
import type { HandlerDeclaration } from '../engine/handler.js';
import { readContent } from '../inquiries/content.js';
import type { HandlerDependencies } from './case-handler.js';
import { INQUIRY_ID, textInput } from './case-handler.js';

/** Suggests what an inquiry is about from what it says (F050). The words themselves stay behind. */
export function suggestServiceHandler({ vocabulary }: HandlerDependencies): HandlerDeclaration {
  return {
    name: 'suggest-service',
    title: { nb: 'Foreslå tjeneste', en: 'Suggest a service' },
    runs: 'in-step',
    inputs: [INQUIRY_ID],
    outputs: [
      {
        name: 'suggestedService',
        type: 'string',
        title: { nb: 'Foreslått tjeneste', en: 'Suggested service' },
      },
      {
        name: 'suggestionScore',
        type: 'number',
        title: { nb: 'Sikkerhet, 0 til 1', en: 'How sure, 0 to 1' },
      },
    ],
    run: async (input, { tx, tenant }) => {
      const { subject, text } = await readContent(tx, tenant, textInput(input, 'inquiryId'));
      const said = `${subject ?? ''}\n${text ?? ''}`;
      const [best] = await suggestServices(tx, tenant, said, await vocabulary());
      return { suggestedService: best?.service ?? null, suggestionScore: best?.score ?? 0 };
    },
  };
}
