import type { Tx } from '../db/tx.js';
import type { Id } from '../kernel/ids.js';
import type { JsonObject, JsonValue } from '../kernel/json.js';
import type { Crisis } from './crisis.js';
import { CRISIS_PROCESS, beginCrisis, countReports, findOpenCrisis } from './crisis.js';
import type { Change } from './lifecycle.js';
import type { StartPort } from './start-port.js';

export const HOUR_MS = 3_600_000;

/** The decision table that says how many reports are a crisis (D8). */
const LIMITS = 'krisegrense';

/** When a service goes into crisis mode by itself, and out of it again. */
export interface CrisisLimits {
  onPerHour: number;
  offPerHour: number;
  calmMinutes: number;
}

/** The engine's `decide`, or a handler's. */
export type Decide = (decisionId: string, context: JsonObject) => Promise<{ value: JsonValue }>;

/** What the watch needs of the engine. */
export interface CrisisEngine extends StartPort {
  decide(
    tx: Tx,
    tenant: string,
    decisionId: string,
    context: JsonObject,
  ): Promise<{ value: JsonValue }>;
}

/** The limits of a service; undefined when only the crisis leader says when it is in crisis. */
export async function readLimits(
  decide: Decide,
  service: string,
): Promise<CrisisLimits | undefined> {
  const { value } = await decide(LIMITS, { service });
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
  const { onPerHour, offPerHour, calmMinutes } = value;
  if (
    typeof onPerHour !== 'number' ||
    typeof offPerHour !== 'number' ||
    typeof calmMinutes !== 'number'
  ) {
    return undefined;
  }
  return { onPerHour, offPerHour, calmMinutes };
}

/**
 * Asks after a report whether so many have come in an hour that it is a crisis, and begins it. Without
 * a process to lead a crisis there is none.
 */
export async function watchReports(
  tx: Tx,
  change: Change,
  service: string,
  engine: CrisisEngine,
): Promise<Id | undefined> {
  const { tenant, now } = change;
  const decide: Decide = (...asked) => engine.decide(tx, tenant, ...asked);
  const limits = await readLimits(decide, service);
  if (!limits) return undefined;
  const hour = { from: new Date(now.getTime() - HOUR_MS), to: now };
  const reportsPerHour = await countReports(tx, tenant, service, hour);
  if (reportsPerHour < limits.onPerHour) return undefined;
  if (await findOpenCrisis(tx, tenant, service)) return undefined;
  return startCrisis(tx, change, { service, startedFor: 'threshold', reportsPerHour }, engine);
}

/** Begins a crisis and the process that leads it. Undefined when there is one already. */
export async function startCrisis(
  tx: Tx,
  change: Change,
  begun: Pick<Crisis, 'service' | 'startedFor' | 'reportsPerHour'>,
  engine: StartPort,
): Promise<Id | undefined> {
  const crisisId = await beginCrisis(tx, change, begun);
  if (crisisId === undefined) return undefined;
  await engine.start(tx, change.tenant, {
    processId: CRISIS_PROCESS,
    variables: { crisisId, service: begun.service, startedFor: begun.startedFor },
    by: change.by,
    instanceId: change.newId(),
  });
  return crisisId;
}

/**
 * Whether a crisis has been calm for long enough to end, and since when it has been calm at all.
 * Without limits it never is: then only its leader ends it.
 */
export async function judgeCalm(
  tx: Tx,
  tenant: string,
  crisis: Crisis,
  { decide, now }: { decide: Decide; now: Date },
): Promise<{ calmSince: Date | null; isOver: boolean; reportsPerHour: number }> {
  const hour = { from: new Date(now.getTime() - HOUR_MS), to: now };
  const reportsPerHour = await countReports(tx, tenant, crisis.service, hour);
  const limits = await readLimits(decide, crisis.service);
  if (!limits || reportsPerHour >= limits.offPerHour) {
    return { calmSince: null, isOver: false, reportsPerHour };
  }
  const calmSince = crisis.calmSince ?? now;
  const isOver = now.getTime() - calmSince.getTime() >= limits.calmMinutes * 60_000;
  return { calmSince, isOver, reportsPerHour };
}
