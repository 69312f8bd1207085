import type { Db } from '../../db/database.js';
import type { Effect } from '../../jobs/effects.js';
import type { Clock } from '../../kernel/clock.js';
import type { Id } from '../../kernel/ids.js';
import type { Open311Client, PushTarget } from './clients.js';
import { getClient } from './clients.js';
import type { PublicUpdate } from './updates.js';
import { readUnsent } from './updates.js';
import type { WireObject } from './wire.js';

/** Name of the effect that keeps one client up to date. */
export const OPEN311_PUSH = 'open311-push';

interface PushOptions {
  db: Db;
  clock: Clock;
}

/** How long a change may wait before it is told. */
const INTERVAL_MS = 60_000;

/** As FixMyStreet's own senders: again after half an hour, for about two weeks. */
const RETRY_MS = 30 * 60_000;
const MAX_ATTEMPTS = 700;

const BATCH = 200;
const TIMEOUT_MS = 30_000;

/** A transaction that began before the last look may commit after it. */
const OVERLAP_MS = 10 * 60_000;

/**
 * Tells a client of every public change of its reports (the update extension, posted to it), in the
 * order they happened: while one of a report's updates cannot be told, its later ones wait, and the
 * other reports' go on. What was told and not noted, when a node died, is told once more under the
 * same number, which the client refuses.
 */
export function open311Push({ db, clock }: PushOptions): Effect {
  return {
    type: OPEN311_PUSH,
    async run({ tenant, payload }) {
      const client = await getClient(db, tenant, payload['clientId'] as Id);
      if (client.revokedAt || !client.push) return undefined;
      const now = clock();
      const since = client.pushSince ?? client.addedAt;
      const unsent = await readUnsent(db, tenant, { clientId: client.id, since, limit: BATCH });
      const waiting = await sendAll({ db, clock }, tenant, client, client.push, unsent);
      if (waiting.length === 0 && unsent.length < BATCH) {
        await db.query(
          'UPDATE open311_client SET push_since = $3 WHERE tenant_id = $1 AND id = $2',
          [tenant, client.id, new Date(Math.max(since.getTime(), now.getTime() - OVERLAP_MS))],
        );
      }
      return new Date(clock().getTime() + INTERVAL_MS);
    },
  };
}

type Unsent = PublicUpdate & { wire: WireObject };

/** Resolves to the updates that still have to be told. */
async function sendAll(
  { db, clock }: PushOptions,
  tenant: string,
  client: Open311Client,
  target: PushTarget,
  unsent: readonly Unsent[],
): Promise<Unsent[]> {
  const held = new Set<Id>();
  const waiting: Unsent[] = [];
  for (const update of unsent) {
    const { inquiryId } = update;
    const tried = await lastTry(db, tenant, client.id, update);
    const isEarly = tried && clock().getTime() < tried.at.getTime() + RETRY_MS;
    if (held.has(inquiryId) || isEarly) {
      held.add(inquiryId);
      waiting.push(update);
      continue;
    }
    const error = await post(target, update.wire);
    const attempts = (tried?.attempts ?? 0) + 1;
    const isOver = error !== undefined && attempts >= MAX_ATTEMPTS;
    await note(db, tenant, client.id, update, { attempts, error, isOver, at: clock() });
    if (error === undefined || isOver) continue;
    held.add(inquiryId);
    waiting.push(update);
  }
  return waiting;
}

/** What stood in the way; undefined when the client has it, now or since earlier. */
async function post(target: PushTarget, wire: WireObject): Promise<string | undefined> {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(wire)) {
    if (typeof value === 'string') body.append(name, value);
  }
  if (target.key !== null) body.append('api_key', target.key);
  if (target.jurisdiction !== null) body.append('jurisdiction_id', target.jurisdiction);
  const url = `${target.url.replace(/\/+$/, '')}/servicerequestupdates.xml`;
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(url, { method: 'POST', body, signal, redirect: 'error' });
    const answer = (await response.text()).slice(0, 2000);
    if (response.ok) return undefined;
    // FixMyStreet refuses an update that it has.
    if (response.status === 400 && /already|duplicate/i.test(answer)) return undefined;
    return `HTTP ${response.status}`;
  } catch (error) {
    return error instanceof Error ? error.name : 'Error';
  }
}

async function lastTry(
  db: Db,
  tenant: string,
  clientId: Id,
  { inquiryId, eventId }: PublicUpdate,
): Promise<{ attempts: number; at: Date } | undefined> {
  const [row] = await db.query<{ attempts: number; at: Date }>(
    `SELECT attempts, tried_at AS at FROM open311_push
     WHERE tenant_id = $1 AND client_id = $2 AND inquiry_id = $3 AND event_id = $4`,
    [tenant, clientId, inquiryId, eventId],
  );
  return row;
}

interface Tried {
  attempts: number;
  error: string | undefined;
  isOver: boolean;
  at: Date;
}

async function note(
  db: Db,
  tenant: string,
  clientId: Id,
  { inquiryId, eventId }: PublicUpdate,
  { attempts, error, isOver, at }: Tried,
): Promise<void> {
  await db.query(
    `INSERT INTO open311_push (tenant_id, client_id, inquiry_id, event_id, attempts, tried_at,
       sent_at, given_up_at, last_error) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (tenant_id, client_id, inquiry_id, event_id) DO UPDATE SET
       attempts = excluded.attempts, tried_at = excluded.tried_at, sent_at = excluded.sent_at,
       given_up_at = excluded.given_up_at, last_error = excluded.last_error`,
    [
      tenant,
      clientId,
      inquiryId,
      eventId,
      attempts,
      at,
      error === undefined ? at : null,
      isOver ? at : null,
      error ?? null,
    ],
  );
}
