import type { Service } from '../catalogue/services.js';
import { findService } from '../catalogue/services.js';
import type { Decided, HandlerDeclaration, StepHandlerContext } from '../engine/handler.js';
import type { Inquiry } from '../inquiries/inquiries.js';
import { lockInquiry, updateInquiry } from '../inquiries/inquiries.js';
import { appendInquiryEvent } from '../inquiries/lifecycle.js';
import { InvalidError } from '../kernel/errors.js';
import type { JsonObject, JsonValue } from '../kernel/json.js';
import { findUnit } from '../people/units.js';
import type { HandlerDependencies } from './case-handler.js';
import { INQUIRY_ID, changeIn, textInput } from './case-handler.js';

const DEFAULT_DECISION = 'ruting';

/** What `routedBy` says where no rule of the table matched and the catalogue's own unit was taken. */
const BY_CATALOGUE = 'catalogue';

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
    ],
    run: async (input, context) => {
      const { tx, tenant } = context;
      const inquiry = await lockInquiry(tx, tenant, textInput(input, 'inquiryId'));
      const decision = typeof input['decision'] === 'string' ? input['decision'] : DEFAULT_DECISION;
      const decided = await context.decide(decision, questionOf(inquiry));
      const service = await findService(tx, tenant, inquiry.service);
      const route = routeFrom(decided, service);
      await requireUnit(context, route.unit);
      const routing = {
        decision,
        version: decided.version,
        ...route,
        explanation: decided.explanation,
      };
      await updateInquiry(tx, tenant, inquiry.id, { unit: route.unit, routing });
      const event = { unit: route.unit, rule: route.routedBy };
      await appendInquiryEvent(tx, changeIn(context, newId), inquiry.id, 'inquiry.routed', event);
      return route;
    },
  };
}

/** What the table may ask about: the case's person-free answers, and what the register knows. */
function questionOf({ service, channel, district, answers }: Inquiry): JsonObject {
  return { ...answers, service, channel, district };
}

type Route = { unit: string; responsible: boolean; routedBy: string };

function routeFrom({ value, explanation }: Decided, service: Service | undefined): Route {
  // A table with one output column answers with its value alone (DMN 1.5 §8.2.11).
  const given = isObject(value) ? value : { unit: value };
  const named = typeof given['unit'] === 'string' && given['unit'] !== '' ? given['unit'] : null;
  const unit = named ?? service?.unit;
  if (unit === undefined) throw new InvalidError('unit_missing', 'No rule names a unit.');
  const rule = explanation.matched[0]?.ruleId;
  return {
    unit,
    responsible: given['responsible'] !== false,
    routedBy: named !== null && rule !== undefined ? rule : BY_CATALOGUE,
  };
}

async function requireUnit({ tx, tenant }: StepHandlerContext, code: string): Promise<void> {
  if (await findUnit(tx, tenant, code)) return;
  throw new InvalidError('unit_unknown', `There is no unit ${code}.`);
}

function isObject(value: JsonValue): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
