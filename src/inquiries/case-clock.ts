import { findService } from '../catalogue/services.js';
import type { Tx } from '../db/tx.js';
import { publishMessage } from '../engine/messages/publish.js';
import { ConflictError, InvalidError } from '../kernel/errors.js';
import type { Id } from '../kernel/ids.js';
import { readUnitCalendar } from '../people/unit-calendars.js';
import type { ClockEvent } from './clock-events.js';
import { REOPENED, insertClockEvent, readClockEvents, ruleIn, storyOf } from './clock-events.js';
import type { ClockRule, Deadlines } from './deadlines.js';
import { deadlinesOf, ruleOf } from './deadlines.js';
import type { Inquiry } from './inquiries.js';
import { lockInquiry, updateInquiry } from './inquiries.js';
import { isOpen } from './inquiry.js';
import type { Change } from './lifecycle.js';
import { appendInquiryEvent } from './lifecycle.js';

/** Why a clock may stand still (forvaltningslovforskriften chapter 9). */
export const PAUSE_REASONS = ['awaitingCitizen', 'specialCircumstances', 'partyRequest'] as const;
export type PauseReason = (typeof PAUSE_REASONS)[number];

/** Why a deadline may be moved. */
export const EXTENSION_REASONS = [
  'complex',
  'awaitingOthers',
  'agreedWithParty',
  'specialCircumstances',
] as const;
export type ExtensionReason = (typeof EXTENSION_REASONS)[number];

/** What a watch over a case's deadlines waits for besides its timer; correlated by the inquiry's id. */
const DEADLINE_CHANGED = 'deadline.changed';

/** What has become of a case's clock. */
export interface CaseClock extends Deadlines {
  pausedAt: Date | null;
  promisedBy: Date | null;
}

/** Starts the clock of a new case on the day it came in. */
export async function startClock(
  tx: Tx,
  { tenant, by, newId }: Change,
  { id, receivedAt }: Pick<Inquiry, 'id' | 'receivedAt'>,
  rule: ClockRule,
): Promise<void> {
  const event = { id: newId(), inquiryId: id, kind: 'START', at: receivedAt, rule } as const;
  await insertClockEvent(tx, tenant, { ...event, actor: by });
}

/**
 * Stops the clock. One that stands still already goes on standing, for its first reason.
 * @throws NotFoundError, ConflictError 'inquiry_closed'
 */
export async function pauseClock(
  tx: Tx,
  change: Change,
  inquiryId: Id,
  reason: PauseReason,
): Promise<CaseClock> {
  const inquiry = await lockOpen(tx, change, inquiryId);
  if (inquiry.pausedAt) return inquiry;
  const pausedAt = change.now;
  await record(tx, change, inquiryId, { kind: 'PAUSE', reason });
  await updateInquiry(tx, change.tenant, inquiryId, { pausedAt });
  await appendInquiryEvent(tx, change, inquiryId, 'inquiry.paused', { reason });
  await announce(tx, change, inquiryId);
  return { ...inquiry, pausedAt };
}

/**
 * Lets the clock go on: both deadlines move by the days on which it stood still. One that runs goes
 * on running.
 * @throws NotFoundError
 */
export async function resumeClock(tx: Tx, change: Change, inquiryId: Id): Promise<CaseClock> {
  const inquiry = await lockInquiry(tx, change.tenant, inquiryId);
  if (!inquiry.pausedAt) return inquiry;
  await record(tx, change, inquiryId, { kind: 'RESUME' });
  await updateInquiry(tx, change.tenant, inquiryId, { pausedAt: null });
  await appendInquiryEvent(tx, change, inquiryId, 'inquiry.resumed');
  const dates = await recount(tx, change, { ...inquiry, pausedAt: null });
  return { ...inquiry, ...dates, pausedAt: null };
}

/**
 * Moves one deadline to a date of its own. It is told and counted from there on; the interim reply
 * that the law asks for is not moved by it.
 * @throws NotFoundError, ConflictError 'inquiry_closed', InvalidError 'extension_invalid'
 */
export async function extendDeadline(
  tx: Tx,
  change: Change,
  inquiryId: Id,
  extension: { deadline: 'guarantee' | 'statutory'; until: Date; reason: ExtensionReason },
): Promise<CaseClock> {
  const inquiry = await lockOpen(tx, change, inquiryId);
  const { deadline, until, reason } = extension;
  const present = deadline === 'guarantee' ? inquiry.expectedBy : inquiry.statutoryBy;
  if (!present) throw notLater('there is no such deadline to move');
  if (until <= present) throw notLater('must be later than the deadline it moves');
  if (until <= change.now) throw notLater('must lie in the future');
  await record(tx, change, inquiryId, { kind: 'EXTEND', deadline, reason, dueAt: until });
  await appendInquiryEvent(tx, change, inquiryId, 'inquiry.extended', {
    deadline,
    reason,
    until: until.toISOString(),
  });
  return { ...inquiry, ...(await recount(tx, change, inquiry)) };
}

/**
 * Notes the date that an interim reply or a delay notice has promised. When it slips, the case asks
 * for a new notice.
 * @throws NotFoundError, ConflictError 'inquiry_closed', InvalidError 'promise_invalid'
 */
export async function promiseAnswer(
  tx: Tx,
  change: Change,
  inquiryId: Id,
  promisedBy: Date,
): Promise<CaseClock> {
  const inquiry = await lockOpen(tx, change, inquiryId);
  if (promisedBy <= change.now) {
    throw new InvalidError('promise_invalid', 'A new date must lie in the future.', {
      details: [{ path: 'promisedBy', reason: 'must lie in the future' }],
    });
  }
  await record(tx, change, inquiryId, { kind: 'PROMISE', dueAt: promisedBy });
  await updateInquiry(tx, change.tenant, inquiryId, { promisedBy });
  await appendInquiryEvent(tx, change, inquiryId, 'inquiry.promised', {
    promisedBy: promisedBy.toISOString(),
  });
  await announce(tx, change, inquiryId);
  return { ...inquiry, promisedBy };
}

/**
 * Gives a case that is open again its deadlines anew, as if it had come in now. A clock that stood
 * still goes on first, and what was promised in its first round is past. A date that lies later
 * already is kept.
 * @throws NotFoundError
 */
export async function restartClock(tx: Tx, change: Change, inquiryId: Id): Promise<Inquiry> {
  const { tenant, now } = change;
  const present = await resumeClock(tx, change, inquiryId);
  await updateInquiry(tx, tenant, inquiryId, { promisedBy: null });
  const inquiry = await lockInquiry(tx, tenant, inquiryId);
  const rule = await readRule(tx, tenant, inquiry, await readClockEvents(tx, tenant, inquiryId));
  const calendar = await readUnitCalendar(tx, tenant, rule.unit);
  const anew = deadlinesOf({ ...rule, own: null }, now, calendar);
  const moves = [
    { deadline: 'guarantee', until: anew.expectedBy, from: present.expectedBy },
    { deadline: 'statutory', until: anew.statutoryBy, from: present.statutoryBy },
  ] as const;
  for (const { deadline, until, from } of moves) {
    if (!until || !from) continue;
    const dueAt = until > from ? until : from;
    await record(tx, change, inquiryId, { kind: 'EXTEND', deadline, reason: REOPENED, dueAt });
  }
  return { ...inquiry, ...(await recount(tx, change, inquiry)) };
}

/** Counts a case's deadlines by another rule from now on. Lock the inquiry first. */
export async function changeRule(
  tx: Tx,
  change: Change,
  inquiryId: Id,
  rule: ClockRule,
  reason: string,
): Promise<Deadlines> {
  await record(tx, change, inquiryId, { kind: 'RECALCULATE', reason, rule });
  return recount(tx, change, await lockInquiry(tx, change.tenant, inquiryId));
}

/** The rule a case's deadlines are counted by: its own, or the service's where it has none. */
export async function readRule(
  tx: Tx,
  tenant: string,
  { service: code }: Pick<Inquiry, 'service'>,
  events: readonly ClockEvent[],
): Promise<ClockRule> {
  const known = ruleIn(events);
  if (known) return known;
  const service = await findService(tx, tenant, code);
  if (service) return ruleOf(service);
  return { service: code, unit: '', guarantee: null, statutory: null, own: null };
}

async function recount(tx: Tx, change: Change, inquiry: Inquiry): Promise<Deadlines> {
  const { tenant, now } = change;
  const events = await readClockEvents(tx, tenant, inquiry.id);
  const rule = await readRule(tx, tenant, inquiry, events);
  const calendar = await readUnitCalendar(tx, tenant, rule.unit);
  const dates = deadlinesOf(rule, inquiry.receivedAt, calendar, storyOf(events, now));
  await updateInquiry(tx, tenant, inquiry.id, dates);
  await moveTasks(tx, tenant, inquiry, dates);
  await announce(tx, change, inquiry.id);
  return dates;
}

/** Open tasks that are due with one of the deadlines stay due with it. */
async function moveTasks(
  tx: Tx,
  tenant: string,
  { instanceId, expectedBy, statutoryBy }: Inquiry,
  dates: Deadlines,
): Promise<void> {
  await tx.query(
    `UPDATE user_task t SET due_at = CASE WHEN t.due_at = $3 THEN $4 ELSE coalesce($6, t.due_at) END
     FROM process_instance p WHERE t.tenant_id = $1 AND p.tenant_id = $1 AND p.id = t.instance_id
       AND p.root_id = $2 AND t.state = 'created' AND t.due_at IN ($3, $5)`,
    [tenant, instanceId, expectedBy, dates.expectedBy, statutoryBy, dates.statutoryBy],
  );
}

/**
 * Tells the watch over the case to look again. It is a message and no call, so that the watch moves
 * in a step of its own: whoever changes a deadline may be a step of the same case.
 */
async function announce(tx: Tx, { tenant, by, now, newId }: Change, inquiryId: Id): Promise<void> {
  const message = { name: DEADLINE_CHANGED, correlationKey: inquiryId, variables: {}, by };
  await publishMessage(tx, tenant, { ...message, timeToLiveMs: 0 }, { newId, now });
}

async function record(
  tx: Tx,
  { tenant, by, now, newId }: Change,
  inquiryId: Id,
  event: Pick<ClockEvent, 'kind'> & Partial<ClockEvent>,
): Promise<void> {
  await insertClockEvent(tx, tenant, { ...event, id: newId(), inquiryId, at: now, actor: by });
}

async function lockOpen(tx: Tx, { tenant }: Change, inquiryId: Id): Promise<Inquiry> {
  const inquiry = await lockInquiry(tx, tenant, inquiryId);
  if (isOpen(inquiry.status)) return inquiry;
  throw new ConflictError('inquiry_closed', 'The case is closed; its clock does not run.');
}

function notLater(reason: string): InvalidError {
  return new InvalidError('extension_invalid', 'A deadline can only be moved to a later date.', {
    details: [{ path: 'until', reason }],
  });
}
