import { createHash } from 'node:crypto';

/**
 * The Message-ID of the mail that an effect sends, without angle brackets (RFC 5322 §3.6.4): the same
 * for the same effect at every attempt, and without anything readable of the case.
 */
export function messageIdFor(tenant: string, idempotencyKey: string): string {
  const digest = createHash('sha256').update(`${tenant}\n${idempotencyKey}`).digest('hex');
  return `${digest.slice(0, 40)}@${tenant}.saksflyt`;
}
