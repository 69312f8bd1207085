import { parseDateTime } from '../calendar/date-time.js';
import { toLocal } from '../calendar/oslo-time.js';
import { appendEvent } from '../db/events.js';
import type { Tx } from '../db/tx.js';
import type { Clock } from '../kernel/clock.js';
import type { Id } from '../kernel/ids.js';
import type { JsonObject } from '../kernel/json.js';
import { findOrCreateParty, linkParty } from '../people/parties.js';
import { readUnitCalendar } from '../people/unit-calendars.js';
import { startClock } from './case-clock.js';
import { caseVariables } from './case-variables.js';
import type { ReadyDraft } from './check-draft.js';
import { checkDraft } from './check-draft.js';
import { addPersonalAnswers, insertContent } from './content.js';
import { deadlinesOf, ruleOf } from './deadlines.js';
import type { Deadlines } from './deadlines.js';
import type { InquiryDraft } from './draft.js';
import { isInOwnWords, isSelfServed } from './draft.js';
import type { Inquiry } from './inquiries.js';
import { getInquiry, insertInquiry } from './inquiries.js';
import type { Change } from './lifecycle.js';
import type { Point } from './place.js';
import { gridCell } from './place.js';
import { makeReference } from './reference.js';
import type { StartPort } from './start-port.js';

export interface IntakeOptions {
  clock: Clock;
  newId: () => Id;
  engine: StartPort;
  /** The municipality's common process for inquiries; a service may name its own. */
  intakeProcess: string;
  /** Where an inquiry waits until somebody has seen what it is about (F050). */
  unclassifiedService: string;
  /** What else a registration sets going, in its transaction: many of them may be a crisis. */
  afterRegistration?: (tx: Tx, change: Change, inquiry: Inquiry) => Promise<unknown>;
  /** Which part of the municipality a point lies in, where that is known. */
  districtOf?: (tenant: string, point: Point) => string | undefined;
}

/** What came of a registration. */
export interface Registration {
  inquiry: Inquiry;
  /** How many parties look like the one it is from: perhaps the same one twice (F028). */
  lookalikes: number;
}

/** Registers inquiries, in the caller's transaction. */
export type RegisterInquiry = (
  tx: Tx,
  tenant: string,
  draft: InquiryDraft,
  by: string,
  /** Where it is to go another way than others of its service: the process, and what that needs. */
  way?: { processId: string; variables: JsonObject },
) => Promise<Registration>;

/** Clashes of seven random characters are rare; that many in a row mean something else is wrong. */
const REFERENCE_ATTEMPTS = 8;

const ORDINARY_PRIORITY = 50;

/**
 * The one way in for every channel: checks the draft, finds or creates who it is from, writes the
 * inquiry in its three stores, and starts its process. The process may have moved on when this
 * resolves, so the inquiry is read again.
 * @throws InvalidError 'inquiry_invalid' with every reason
 */
export function createIntake(options: IntakeOptions): RegisterInquiry {
  return async (tx, tenant, input, by, way) => {
    const now = options.clock();
    const ready = await checkDraft(tx, tenant, input, {
      now,
      unclassifiedService: options.unclassifiedService,
    });
    const rule = ruleOf(ready.service, ready.draft.expectedBy);
    const receivedAt = ready.draft.receivedAt ? parseDateTime(ready.draft.receivedAt) : now;
    const calendar = await readUnitCalendar(tx, tenant, rule.unit);
    const dates = { receivedAt, now, ...deadlinesOf(rule, receivedAt, calendar) };
    const drafted = draftInquiry(ready, tenant, by, dates, options);
    const inquiry = await insertWithReference(tx, tenant, drafted);
    await startClock(tx, { tenant, by, now, newId: options.newId }, inquiry, rule);
    await writeContent(tx, tenant, inquiry, ready, options);
    const lookalikes = await attachParty(tx, tenant, inquiry.id, ready, options);
    await appendEvent(tx, tenant, {
      id: options.newId(),
      subjectType: 'inquiry',
      subjectId: inquiry.id,
      kind: 'inquiry.registered',
      actor: by,
      at: now,
      data: { service: inquiry.service, channel: inquiry.channel },
    });
    const usual = ready.service.intakeProcess ?? options.intakeProcess;
    await options.engine.start(tx, tenant, {
      processId: way?.processId ?? usual,
      variables: {
        ...caseVariables(inquiry, ready.service, ready.complete),
        ...(way && { intakeProcess: usual, ...way.variables }),
      },
      by,
      instanceId: String(inquiry.instanceId),
    });
    const change = { tenant, by, now, newId: options.newId };
    await options.afterRegistration?.(tx, change, inquiry);
    return { inquiry: await getInquiry(tx, tenant, inquiry.id), lookalikes };
  };
}

function draftInquiry(
  { draft, service, identity, answers }: ReadyDraft,
  tenant: string,
  by: string,
  { now, ...dates }: Deadlines & { receivedAt: Date; now: Date },
  { newId, districtOf }: IntakeOptions,
): Omit<Inquiry, 'reference'> {
  const point = pointOf(draft);
  return {
    id: newId(),
    service: service.code,
    unit: null,
    channel: draft.channel,
    district: draft.location?.district ?? (point && districtOf?.(tenant, point)) ?? null,
    gridCell: point ? gridCell(point) : null,
    ownWords: isInOwnWords(draft),
    identified: identity !== undefined,
    status: 'received',
    priority: ORDINARY_PRIORITY,
    registeredAt: now,
    registeredBy: by,
    ...dates,
    promisedBy: null,
    pausedAt: null,
    changedAt: now,
    routing: null,
    answers: answers.open,
    instanceId: newId(),
    duplicateOf: null,
    closedAt: null,
    outcome: null,
    archivedAt: null,
    archiveReference: null,
    deidentifiedAt: null,
  };
}

function pointOf({ location }: ReadyDraft['draft']): Point | undefined {
  if (location?.latitude === undefined || location.longitude === undefined) return undefined;
  return { latitude: location.latitude, longitude: location.longitude };
}

async function insertWithReference(
  tx: Tx,
  tenant: string,
  drafted: Omit<Inquiry, 'reference'>,
): Promise<Inquiry> {
  const { year } = toLocal(drafted.receivedAt);
  for (let attempt = 0; attempt < REFERENCE_ATTEMPTS; attempt += 1) {
    const inquiry = { ...drafted, reference: makeReference(year) };
    if (await insertInquiry(tx, tenant, inquiry)) return inquiry;
  }
  throw new Error('no free reference was found');
}

async function writeContent(
  tx: Tx,
  tenant: string,
  inquiry: Inquiry,
  { draft, service, answers }: ReadyDraft,
  { newId }: IntakeOptions,
): Promise<void> {
  const point = pointOf(draft);
  await insertContent(tx, tenant, inquiry.id, {
    subject: draft.subject ?? null,
    text: draft.text.trim() === '' ? null : draft.text,
    address: draft.location?.address ?? null,
    latitude: point?.latitude ?? null,
    longitude: point?.longitude ?? null,
  });
  await addPersonalAnswers(tx, tenant, inquiry.id, {
    id: newId(),
    formId: service.form ?? '',
    taskId: null,
    answers: answers.personal,
    answeredBy: inquiry.registeredBy,
    answeredAt: inquiry.registeredAt,
  });
}

async function attachParty(
  tx: Tx,
  tenant: string,
  inquiryId: Id,
  { draft, identity }: ReadyDraft,
  { clock, newId }: IntakeOptions,
): Promise<number> {
  if (!identity) return 0;
  const now = clock();
  const found = await findOrCreateParty(tx, tenant, identity, {
    newId,
    now,
    mayFill: !isSelfServed(draft),
  });
  await linkParty(tx, tenant, { inquiryId, partyId: found.party.id, at: now });
  return found.lookalikes;
}
