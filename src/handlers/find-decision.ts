import { endOfDay, toLocal } from '../calendar/oslo-time.js';
import type { Tx } from '../db/tx.js';
import type { HandlerDeclaration } from '../engine/handler.js';
import type { Inquiry } from '../inquiries/inquiries.js';
import { getInquiryByReference, lockInquiry, updateInquiry } from '../inquiries/inquiries.js';
import { appendInquiryEvent } from '../inquiries/lifecycle.js';
import { NotFoundError } from '../kernel/errors.js';
import type { JsonValue } from '../kernel/json.js';
import type { HandlerDependencies } from './case-handler.js';
import { INQUIRY_ID, changeIn, textInput } from './case-handler.js';

/**
 * Finds the decision that an appeal is against by the reference it names, and gives the appeal to
 * the unit that decided (forvaltningsloven § 32). A case that has no decision yet can be appealed
 * too, when silence counts as refusal (offentleglova § 32): such an appeal is never late.
 */
export function findDecisionHandler({ newId }: HandlerDependencies): HandlerDeclaration {
  return {
    name: 'find-decision',
    title: { nb: 'Finn vedtaket det klages på', en: 'Find the decision appealed against' },
    runs: 'in-step',
    inputs: [INQUIRY_ID],
    outputs: [
      { name: 'decisionFound', type: 'boolean', title: { nb: 'Funnet', en: 'Found' } },
      { name: 'decisionService', type: 'string', title: { nb: 'Tjeneste', en: 'Service' } },
      { name: 'decisionAt', type: 'date-time', title: { nb: 'Vedtatt', en: 'Decided at' } },
      { name: 'decidedBy', type: 'string', title: { nb: 'Enhet', en: 'Unit' } },
    ],
    run: async (input, context) => {
      const { tx, tenant } = context;
      const appeal = await lockInquiry(tx, tenant, textInput(input, 'inquiryId'));
      const decided = await findNamed(tx, tenant, appeal.answers['appealOf']);
      if (!decided) {
        return { decisionFound: false, decisionService: null, decisionAt: null, decidedBy: null };
      }
      const unit = decided.unit ?? appeal.unit;
      if (unit !== appeal.unit) {
        await updateInquiry(tx, tenant, appeal.id, { unit });
        const event = { unit, rule: 'find-decision' };
        await appendInquiryEvent(tx, changeIn(context, newId), appeal.id, 'inquiry.routed', event);
      }
      const told = decided.closedAt ?? appeal.receivedAt;
      return {
        decisionFound: true,
        decisionService: decided.service,
        decisionAt: endOfDay(toLocal(told)).toISOString(),
        decidedBy: unit,
      };
    },
  };
}

async function findNamed(
  tx: Tx,
  tenant: string,
  reference: JsonValue | undefined,
): Promise<Inquiry | undefined> {
  if (typeof reference !== 'string') return undefined;
  try {
    return await getInquiryByReference(tx, tenant, reference);
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}
