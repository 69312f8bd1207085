import type { HandlerDeclaration } from '../engine/handler.js';
import { chooseService } from '../inquiries/case-fields.js';
import type { HandlerDependencies } from './case-handler.js';
import { INQUIRY_ID, changeIn, textInput } from './case-handler.js';

/** Gives the case the service that was suggested for it, with that service's process and deadlines. */
export function chooseServiceHandler({ newId }: HandlerDependencies): HandlerDeclaration {
  return {
    name: 'choose-service',
    title: { nb: 'Velg tjeneste', en: 'Choose the service' },
    runs: 'in-step',
    inputs: [
      INQUIRY_ID,
      {
        name: 'chosenService',
        type: 'string',
        required: true,
        title: { nb: 'Tjenestens kode', en: 'Code of the service' },
      },
    ],
    outputs: [
      { name: 'service', type: 'string', title: { nb: 'Tjeneste', en: 'Service' } },
      {
        name: 'serviceProcess',
        type: 'string',
        title: { nb: 'Tjenestens prosess', en: "The service's process" },
      },
    ],
    run: (input, context) =>
      chooseService(
        context.tx,
        changeIn(context, newId),
        textInput(input, 'inquiryId'),
        textInput(input, 'chosenService'),
      ),
  };
}
