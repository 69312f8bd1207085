import { appendEvent } from '../db/events.js';
import type { Tx } from '../db/tx.js';
import { normalisePhone } from '../people/contact.js';
import type { Party } from '../people/party.js';
import type { Status } from './inquiry.js';
import type { Change } from './lifecycle.js';

/** What a telephone system says of a call. */
export interface CallEvent {
  callId: string;
  state: 'ringing' | 'answered' | 'ended';
  /** As the telephone system gives it; null when it is withheld. */
  number: string | null;
  /** Login of who answers. */
  agent: string | null;
  at: Date;
}

/**
 * Takes what the telephone system says, in whatever order and however often it says it. The number
 * is forgotten when the call is over.
 */
export async function recordCall(tx: Tx, tenant: string, call: CallEvent): Promise<void> {
  const number = call.number === null ? null : (normalisePhone(call.number) ?? null);
  const isEnded = call.state === 'ended';
  // Also of a call whose end was never told of.
  await tx.query(
    'UPDATE phone_call SET number = NULL WHERE tenant_id = $1 AND number IS NOT NULL AND rang_at < $2',
    [tenant, new Date(call.at.getTime() - 24 * HOUR_MS)],
  );
  await tx.query(
    `INSERT INTO phone_call (tenant_id, call_id, number, state, agent, rang_at, answered_at, ended_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (tenant_id, call_id) DO UPDATE SET
       state = CASE WHEN phone_call.state = 'ended' THEN 'ended'
         WHEN phone_call.state = 'answered' AND excluded.state = 'ringing' THEN 'answered'
         ELSE excluded.state END,
       number = CASE WHEN phone_call.state = 'ended' OR excluded.state = 'ended' THEN NULL
         ELSE coalesce(phone_call.number, excluded.number) END,
       agent = coalesce(excluded.agent, phone_call.agent),
       rang_at = least(phone_call.rang_at, excluded.rang_at),
       answered_at = coalesce(phone_call.answered_at, excluded.answered_at),
       ended_at = coalesce(phone_call.ended_at, excluded.ended_at)`,
    [
      tenant,
      call.callId,
      isEnded ? null : number,
      call.state,
      call.agent,
      call.at,
      call.state === 'answered' ? call.at : null,
      isEnded ? call.at : null,
    ],
  );
}

/** A call that is on now, with whom it may be from. Dates are ISO 8601 in UTC. */
export interface IncomingCall {
  callId: string;
  state: 'ringing' | 'answered';
  /** E.164; null when it is withheld. */
  number: string | null;
  rangAt: string;
  /** Known parties with this number: a household may share one. */
  parties: (Party & { openCases: { reference: string; service: string; status: Status }[] })[];
}

const HOUR_MS = 3_600_000;

/**
 * The calls that ring or that this agent has answered, with who they may be from and their open
 * cases. Every look is noted: who looked, for which call, and that it was to answer it.
 */
export async function readIncoming(tx: Tx, change: Change): Promise<IncomingCall[]> {
  const { tenant, by, now, newId } = change;
  const calls = await tx.query<Omit<IncomingCall, 'rangAt' | 'parties'> & { rangAt: Date }>(
    `SELECT call_id AS "callId", state, number, rang_at AS "rangAt" FROM phone_call
     WHERE tenant_id = $1 AND state <> 'ended' AND rang_at > $3
       AND (state = 'ringing' OR agent = $2) ORDER BY rang_at LIMIT 20`,
    [tenant, by, new Date(now.getTime() - 4 * HOUR_MS)],
  );
  const shown: IncomingCall[] = [];
  for (const call of calls) {
    const parties = call.number === null ? [] : await partiesOf(tx, tenant, call.number);
    await appendEvent(tx, tenant, {
      id: newId(),
      subjectType: 'call',
      subjectId: call.callId,
      kind: 'party.lookedUp',
      actor: by,
      at: now,
      data: { purpose: 'incomingCall', parties: parties.map(({ id }) => id) },
    });
    shown.push({ ...call, rangAt: call.rangAt.toISOString(), parties });
  }
  return shown;
}

async function partiesOf(tx: Tx, tenant: string, number: string): Promise<IncomingCall['parties']> {
  return tx.query<IncomingCall['parties'][number]>(
    `SELECT p.id, p.kind, p.name, p.phone, p.email, p.language,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('reference', i.reference,
           'service', i.service_code, 'status', i.status) ORDER BY i.id DESC), '[]')
         FROM inquiry_party l JOIN inquiry i ON i.tenant_id = l.tenant_id AND i.id = l.inquiry_id
         WHERE l.tenant_id = p.tenant_id AND l.party_id = p.id AND i.closed_at IS NULL) AS "openCases"
     FROM party p WHERE p.tenant_id = $1 AND p.phone = $2 ORDER BY p.id LIMIT 20`,
    [tenant, number],
  );
}
