import type { Tx } from '../db/tx.js';
import type { Language } from '../people/party.js';
import type { Inquiry } from './inquiries.js';
import type { Status } from './inquiry.js';
import { isOpen } from './inquiry.js';
import type { ReadModel, Words } from './milestones.js';
import { readMilestones } from './milestones.js';
import { observedDurations } from './observed-durations.js';
import { CLOSED_WORDS, RECEIVED_WORDS, UNDATED_WORDS, expectationText } from './status-words.js';

/** From when to when an answer is expected; the same twice where only the promise is known. */
export interface Expectation {
  from: Date;
  to: Date;
}

/** The one answer to «how is my case?», whoever asks and wherever. */
export interface CaseStatus {
  status: Status;
  /** Where the case stands, in a citizen's words. */
  milestone: Words;
  /** Since when; null before its process has passed any milestone. */
  since: Date | null;
  /** Null when the case is closed, waits for the citizen, or is late without a new date. */
  expected: Expectation | null;
  /** The promise stands as long as the case is open; it may have passed. */
  late: boolean;
  waitingFor: 'citizen' | 'municipality' | 'other' | null;
  /** Milestone and expectation as one text in the language that was asked for. */
  summary: string;
}

/**
 * Where a case stands and when its answer is expected: the last milestone of its processes, and a
 * range from the promise and from how long closed cases of the service took.
 */
export async function statusFor(
  tx: Tx,
  tenant: string,
  inquiry: Inquiry,
  now: Date,
  language: Language,
  readModel: ReadModel,
): Promise<CaseStatus> {
  const { milestone, since } = await milestoneOf(tx, tenant, inquiry, readModel);
  const waitingFor = waitingForWhom(inquiry.status);
  const isWaiting = waitingFor === 'municipality' || waitingFor === 'other';
  const expected = isWaiting ? await expectation(tx, tenant, inquiry, now) : null;
  const late = isWaiting && inquiry.expectedBy < now;
  const said = [`${milestone[language]}.`];
  if (waitingFor === 'citizen') said.push(UNDATED_WORDS.citizen[language]);
  if (late) said.push(UNDATED_WORDS.late[language]);
  if (expected) said.push(expectationText(expected, language));
  return {
    status: inquiry.status,
    milestone,
    since,
    expected,
    late,
    waitingFor,
    summary: said.join(' '),
  };
}

async function milestoneOf(
  tx: Tx,
  tenant: string,
  { outcome, closedAt, instanceId }: Inquiry,
  readModel: ReadModel,
): Promise<{ milestone: Words; since: Date | null }> {
  if (outcome !== null) return { milestone: CLOSED_WORDS[outcome], since: closedAt };
  const last = (await readMilestones(tx, tenant, instanceId, readModel)).at(-1);
  return { milestone: last?.words ?? RECEIVED_WORDS, since: last?.at ?? null };
}

function waitingForWhom(status: Status): CaseStatus['waitingFor'] {
  if (!isOpen(status) || status === 'answered') return null;
  if (status === 'awaitingCitizen') return 'citizen';
  return status === 'external' ? 'other' : 'municipality';
}

/**
 * Where enough like cases are known, when half and nine of ten of them were done; else the promise
 * alone. A day that has passed is nothing to expect.
 */
async function expectation(
  tx: Tx,
  tenant: string,
  { service, receivedAt, expectedBy }: Inquiry,
  now: Date,
): Promise<Expectation | null> {
  const ageMs = Math.max(0, now.getTime() - receivedAt.getTime());
  const observed = await observedDurations(tx, tenant, service, ageMs);
  if (!observed) return expectedBy < now ? null : { from: expectedBy, to: expectedBy };
  const after = (durationMs: number) => new Date(receivedAt.getTime() + durationMs);
  return { from: after(observed.half), to: after(observed.most) };
}
