import type { HandlerDeclaration, JobHandlerContext } from '../engine/handler.js';
import { lockCrisis } from '../inquiries/crisis.js';
import type { Change } from '../inquiries/lifecycle.js';
import type { Suspension } from '../inquiries/suspend-guarantees.js';
import { resumeGuarantees, suspendGuarantees } from '../inquiries/suspend-guarantees.js';
import type { JsonObject } from '../kernel/json.js';
import type { HandlerDependencies } from './case-handler.js';
import { changeIn, textInput } from './case-handler.js';
import { CRISIS_ID } from './crisis-handler.js';

const CASES = { name: 'cases', type: 'number', title: { nb: 'Saker', en: 'Cases' } } as const;

/** Suspends the guarantees of a service in crisis (forvaltningslovforskriften § 39). */
export function suspendGuaranteesHandler({ newId }: HandlerDependencies): HandlerDeclaration {
  return {
    name: 'suspend-guarantees',
    title: { nb: 'Still garantiene i bero', en: 'Suspend the guarantees' },
    runs: 'as-job',
    inputs: [CRISIS_ID],
    outputs: [CASES],
    run: (input, context) => forService(input, context, newId, suspendGuarantees),
  };
}

/** Lets the clocks go on that the crisis stopped. */
export function resumeGuaranteesHandler({ newId }: HandlerDependencies): HandlerDeclaration {
  return {
    name: 'resume-guarantees',
    title: { nb: 'Ta opp garantiene', en: 'Resume the guarantees' },
    runs: 'as-job',
    inputs: [CRISIS_ID],
    outputs: [CASES],
    run: (input, context) => forService(input, context, newId, resumeGuarantees),
  };
}

async function forService(
  input: JsonObject,
  context: JobHandlerContext,
  newId: HandlerDependencies['newId'],
  work: (change: Change, suspension: Suspension) => Promise<number>,
): Promise<JsonObject> {
  const { tenant } = context;
  const inTransaction: Suspension['inTransaction'] = (run) => context.inTransaction(run);
  const crisisId = textInput(input, 'crisisId');
  const { service } = await inTransaction((tx) => lockCrisis(tx, tenant, crisisId));
  return { cases: await work(changeIn(context, newId), { service, inTransaction }) };
}
