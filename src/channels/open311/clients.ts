import { createHash, randomBytes } from 'node:crypto';
import type { Tx } from '../../db/tx.js';
import { NotFoundError } from '../../kernel/errors.js';
import type { Id } from '../../kernel/ids.js';

/** Where a client wants to be told of changes, instead of asking for them. */
export interface PushTarget {
  /** Address of its Open311 server, as FixMyStreet's `https://…/open311/v2/`. */
  url: string;
  key: string | null;
  jurisdiction: string | null;
}

/** A reporting system that has a key. */
export interface Open311Client {
  id: Id;
  /** What staff call it; part of who has registered an inquiry. */
  name: string;
  push: PushTarget | null;
  /** Everything before this has been pushed. */
  pushSince: Date | null;
  addedBy: string;
  addedAt: Date;
  revokedAt: Date | null;
}

interface ClientRow extends Omit<Open311Client, 'push'> {
  pushUrl: string | null;
  pushKey: string | null;
  pushJurisdiction: string | null;
}

const SELECT = `SELECT id, name, push_url AS "pushUrl", push_key AS "pushKey",
  push_jurisdiction AS "pushJurisdiction", push_since AS "pushSince", added_by AS "addedBy", added_at AS "addedAt",
  revoked_at AS "revokedAt" FROM open311_client`;

/** The client that has this key, if it may still be used. */
export async function findClientByKey(
  tx: Tx,
  tenant: string,
  key: string,
): Promise<Open311Client | undefined> {
  const [row] = await tx.query<ClientRow>(
    `${SELECT} WHERE tenant_id = $1 AND key_hash = $2 AND revoked_at IS NULL`,
    [tenant, hashOf(key)],
  );
  return row && toClient(row);
}

/** @throws NotFoundError 'open311_client_not_found' */
export async function getClient(tx: Tx, tenant: string, id: Id): Promise<Open311Client> {
  const [row] = await tx.query<ClientRow>(`${SELECT} WHERE tenant_id = $1 AND id = $2`, [
    tenant,
    id,
  ]);
  if (row) return toClient(row);
  throw new NotFoundError('open311_client_not_found', 'There is no such Open311 client.');
}

/** Every client, the oldest first. */
export async function readClients(tx: Tx, tenant: string): Promise<Open311Client[]> {
  const rows = await tx.query<ClientRow>(`${SELECT} WHERE tenant_id = $1 ORDER BY id`, [tenant]);
  return rows.map(toClient);
}

interface NewClient {
  id: Id;
  name: string;
  push: PushTarget | null;
  by: string;
  now: Date;
  /** Made when it is left out. */
  key?: string;
}

/** Adds a client, and resolves to its key, which is nowhere else. One with a known key stays. */
export async function addClient(
  tx: Tx,
  tenant: string,
  { id, name, push, by, now, key = randomBytes(24).toString('base64url') }: NewClient,
): Promise<string> {
  await tx.query(
    `INSERT INTO open311_client (tenant_id, id, name, key_hash, push_url, push_key,
       push_jurisdiction, added_by, added_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (tenant_id, key_hash) DO NOTHING`,
    [
      tenant,
      id,
      name,
      hashOf(key),
      push?.url ?? null,
      push?.key ?? null,
      push?.jurisdiction ?? null,
      by,
      now,
    ],
  );
  return key;
}

/** Takes a client's key out of use; what it has reported stays. @throws NotFoundError */
export async function revokeClient(tx: Tx, tenant: string, id: Id, now: Date): Promise<void> {
  await getClient(tx, tenant, id);
  await tx.query(
    `UPDATE open311_client SET revoked_at = coalesce(revoked_at, $3), push_key = NULL
     WHERE tenant_id = $1 AND id = $2`,
    [tenant, id, now],
  );
}

/** Keys are long and random, so that a plain hash gives nothing away. */
function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

function toClient({ pushUrl, pushKey, pushJurisdiction, ...client }: ClientRow): Open311Client {
  const push =
    pushUrl === null ? null : { url: pushUrl, key: pushKey, jurisdiction: pushJurisdiction };
  return { ...client, push };
}
