import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Tx } from '../db/tx.js';
import type { Change } from './lifecycle.js';

/** Systems of the municipality that tell us of conversations. */
export const HOOKS = ['phone', 'chat'] as const;
export type Hook = (typeof HOOKS)[number];

/** Makes a token for one of them, such as `fjordvik.3nq…`; only its digest is kept. */
export async function issueHookToken(tx: Tx, change: Change, hook: Hook): Promise<string> {
  const secret = randomBytes(24).toString('base64url');
  await tx.query(
    `INSERT INTO hook_token (tenant_id, hook, digest, created_by, created_at)
     VALUES ($1, $2, $3, $4, $5)`,
    [change.tenant, hook, digestOf(secret).toString('hex'), change.by, change.now],
  );
  return `${change.tenant}.${secret}`;
}

/** The municipality whose token this is; compared in the same time whatever is wrong with it. */
export async function tenantOfHookToken(
  tx: Tx,
  hook: Hook,
  token: string,
): Promise<string | undefined> {
  const [, tenant = '', secret = ''] = /^([a-z0-9-]{1,60})\.([\w-]{32})$/.exec(token) ?? [];
  const known = await tx.query<{ digest: string }>(
    'SELECT digest FROM hook_token WHERE tenant_id = $1 AND hook = $2',
    [tenant, hook],
  );
  const given = digestOf(secret);
  const matches = known.filter(({ digest }) => timingSafeEqual(Buffer.from(digest, 'hex'), given));
  return matches.length > 0 ? tenant : undefined;
}

function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
