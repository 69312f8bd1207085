import { findService } from '../catalogue/services.js';
import type { HandlerDeclaration, StepHandlerContext } from '../engine/handler.js';
import { lockInquiry, updateInquiry } from '../inquiries/inquiries.js';
import { appendInquiryEvent } from '../inquiries/lifecycle.js';
import { countReroutings, recordRerouting } from '../inquiries/routing/rerouting.js';
import { routingAnswer } from '../inquiries/routing/routing-answer.js';
import { routingQuestion } from '../inquiries/routing/routing-question.js';
import { InvalidError } from '../kernel/errors.js';
import { currentUnit } from '../people/current-unit.js';
import type { HandlerDependencies } from './case-handler.js';
import { INQUIRY_ID, changeIn, textInput } from './case-handler.js';

const DEFAULT_DECISION = 'ruting';

/** Chooses the unit by a decision table, and keeps why (F031). */
export function routeHandler({ newId }: HandlerDependencies): HandlerDeclaration {
  return {
    name: 'route',
    title: { nb: 'Rut til enhet', en: 'Route to a unit' },
    runs: 'in-step',
    inputs: [
      INQUIRY_ID,
      {
        name: 'decision',
        type: 'string',
        title: { nb: 'Beslutningstabell (ruting)', en: 'Decision table (ruting)' },
      },
    ],
    outputs: [
      { name: 'unit', type: 'string', title: { nb: 'Enhet', en: 'Unit' } },
      {
        name: 'responsible',
        type: 'boolean',
        title: { nb: 'Kommunens ansvar', en: "The municipality's task" },
      },
      { name: 'routedBy', type: 'string', title: { nb: 'Regel', en: 'Rule' } },
      {
        name: 'timesRouted',
        type: 'number',
        title: { nb: 'Antall ganger rutet', en: 'How many times it was routed' },
      },
    ],
    run: async (input, context) => {
      const { tx, tenant } = context;
      const inquiry = await lockInquiry(tx, tenant, textInput(input, 'inquiryId'));
      const decision = typeof input['decision'] === 'string' ? input['decision'] : DEFAULT_DECISION;
      const decided = await context.decide(decision, routingQuestion(inquiry));
      const service = await findService(tx, tenant, inquiry.service);
      const route = routingAnswer(decided, service);
      const unit = await requireUnit(context, route.unit, inquiry.service);
      const routing = {
        decision,
        version: decided.version,
        ...route,
        explanation: decided.explanation,
      };
      await updateInquiry(tx, tenant, inquiry.id, { unit, routing });
      const change = changeIn(context, newId);
      await recordRerouting(tx, change, inquiry, { to: unit, kind: 'rejected' });
      const sentOn = inquiry.routing ? await countReroutings(tx, tenant, inquiry.id) : 0;
      const event = { unit, rule: route.routedBy };
      await appendInquiryEvent(tx, change, inquiry.id, 'inquiry.routed', event);
      return { ...route, unit, timesRouted: sentOn + 1 };
    },
  };
}

async function requireUnit(
  { tx, tenant, now }: StepHandlerContext,
  code: string | null,
  service: string,
): Promise<string> {
  if (code === null) throw new InvalidError('unit_missing', 'No rule names a unit.');
  // A table may still name a unit that has been merged or split since: what came after it, then.
  const unit = await currentUnit(tx, tenant, code, { now, service });
  if (unit !== undefined) return unit;
  throw new InvalidError('unit_unknown', `There is no unit ${code}.`);
}
