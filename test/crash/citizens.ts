import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from './client.js';
import { CRASH_SERVICE } from './models.js';
import type { Random } from './random.js';

/** One inquiry that the load registers exactly once, whatever answers are lost. */
export interface PlannedCase {
  number: number;
  service: string;
  /** Whether its deadlines shall be missed before anybody works on it. */
  late: boolean;
  /** For bin orders: whether an owner must consent first. */
  tenant: boolean;
}

export function planCase(number: number, random: Random): PlannedCase {
  return {
    number,
    service: random.chance(0.7) ? CRASH_SERVICE : 'DUNK',
    late: random.chance(0.5),
    tenant: random.chance(0.5),
  };
}

/** Told by the subject, which clients can read, to those who work on the case. */
export const subjectOf = ({ number, late }: PlannedCase): string =>
  `case ${number} ${late ? 'late' : 'prompt'}`;

/** The promise that late cases miss. */
const PROMISE_MS = 1500;

const binAnswers = {
  orderType: 'broken',
  waste: 'residual',
  currentLitres: 140,
  newLitres: 140,
};

/**
 * Registers a case once. When the answer is lost it looks whether the case is there, as somebody at
 * the front desk would, and registers it again only when it is not. Resolves to its reference, and
 * whether that was acknowledged.
 */
export async function register(
  agent: Client,
  planned: PlannedCase,
): Promise<{ reference: string; acknowledged: boolean }> {
  for (;;) {
    const answer = await agent.send('POST', '/api/inquiries', draftOf(planned));
    if (answer !== 'lost' && answer.status === 201) {
      return { reference: answer.body.reference, acknowledged: true };
    }
    const found = await findBySubject(agent, planned);
    if (found !== undefined) return { reference: found, acknowledged: false };
    await delay(20);
  }
}

function draftOf(planned: PlannedCase): object {
  const { service, tenant, number } = planned;
  return {
    channel: 'phone',
    service,
    subject: subjectOf(planned),
    text: 'Dunken er knust',
    party: { name: `Test Person ${number}`, email: `person-${number}@example.no` },
    expectedBy: new Date(Date.now() + PROMISE_MS).toISOString(),
    ...(service === 'DUNK' && {
      answers: { requesterRole: tenant ? 'tenant' : 'owner', ...binAnswers },
    }),
  };
}

/** A request under way when its client lost the connection may still be carried out by a living node. */
async function findBySubject(agent: Client, planned: PlannedCase): Promise<string | undefined> {
  const subject = subjectOf(planned);
  for (let look = 0; look < 2; look += 1) {
    const path = `/api/inquiries?service=${planned.service}&limit=5`;
    const page = await agent.insist('GET', path);
    for (const { reference } of page.items) {
      const inquiry = await agent.insist('GET', `/api/inquiries/${reference}`);
      if (inquiry.content.subject === subject) return reference;
    }
    await delay(200);
  }
  return undefined;
}

/** The messages that a case needs from outside, each under an id of its own. */
export async function sendMessages(
  owner: Client,
  planned: PlannedCase,
  reference: string,
): Promise<void> {
  for (const name of messagesFor(planned)) {
    const correlationKey = await inquiryIdOf(owner, reference);
    // Refused as a conflict when it was published by an attempt whose answer was lost.
    await owner.insist('POST', '/v2/messages/publication', {
      name,
      correlationKey,
      timeToLive: 24 * 3_600_000,
      messageId: `${name} ${reference}`,
    });
  }
}

function messagesFor({ service, late, tenant }: PlannedCase): string[] {
  if (service === CRASH_SERVICE) return late ? ['inquiry.chaser'] : [];
  return [...(tenant ? ['bin-order.consent'] : []), 'bin-order.delivered'];
}

async function inquiryIdOf(owner: Client, reference: string): Promise<string> {
  const search = (filter: object) => owner.insist('POST', '/v2/variables/search', { filter });
  const named = await search({ name: 'reference', value: JSON.stringify(reference) });
  const { processInstanceKey } = named.items[0];
  const found = await search({ name: 'inquiryId', processInstanceKey });
  return JSON.parse(found.items[0].value);
}
