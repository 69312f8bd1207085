import { findService } from '../catalogue/services.js';
import type { HandlerDeclaration } from '../engine/handler.js';
import { lockCrisis } from '../inquiries/crisis.js';
import { crisisTexts } from '../inquiries/notice-texts.js';
import { publishNotice } from '../inquiries/notices.js';
import type { HandlerDependencies } from './case-handler.js';
import { changeIn, textInput } from './case-handler.js';
import { CRISIS_ID } from './crisis-handler.js';

/** Tells everybody at once that the municipality knows. */
export function crisisNoticeHandler({ newId }: HandlerDependencies): HandlerDeclaration {
  return {
    name: 'crisis-notice',
    title: { nb: 'Legg ut felles melding', en: 'Put up the common message' },
    runs: 'in-step',
    inputs: [CRISIS_ID],
    outputs: [],
    run: async (input, context) => {
      const { tx, tenant } = context;
      const { id, service } = await lockCrisis(tx, tenant, textInput(input, 'crisisId'));
      const names = (await findService(tx, tenant, service))?.names;
      const texts = crisisTexts(names ?? { nb: service, nn: service, en: service });
      await publishNotice(tx, changeIn(context, newId), { service, crisisId: id, texts });
      return {};
    },
  };
}
