import type { Tx } from '../db/tx.js';
import type { DialoguePorts } from './dialogue-ports.js';
import { receiveMessage } from './dialogue.js';
import type { Inquiry } from './inquiries.js';
import type { Channel } from './inquiry.js';
import type { Change } from './lifecycle.js';
import { appendInquiryEvent } from './lifecycle.js';

/**
 * A citizen no longer wants what was asked for. A process that can be withdrawn from is told; where
 * none is, the wish is a message that somebody reads, so that it is never left lying.
 */
export async function askToWithdraw(
  tx: Tx,
  change: Change,
  { inquiry, channel, words }: { inquiry: Inquiry; channel: Channel; words: string },
  ports: DialoguePorts,
): Promise<'withdrawn' | 'message'> {
  const { tenant, by, now } = change;
  const expecting = await tx.query(
    `SELECT 1 FROM message_subscription WHERE tenant_id = $1 AND kind = 'message'
       AND name = 'inquiry.withdrawn' AND correlation_key = $2 LIMIT 1`,
    [tenant, inquiry.id],
  );
  if (expecting.length === 0) {
    const message = {
      inquiryId: inquiry.id,
      channel,
      subject: null,
      body: words,
      receivedAt: now,
      idempotencyKey: `withdraw:${inquiry.id}`,
      by,
    };
    await receiveMessage(tx, tenant, message, ports);
    return 'message';
  }
  await appendInquiryEvent(tx, change, inquiry.id, 'inquiry.withdrawalAsked', { channel });
  await ports.publish(tx, tenant, {
    name: 'inquiry.withdrawn',
    correlationKey: inquiry.id,
    timeToLiveMs: 0,
    variables: {},
    by,
  });
  return 'withdrawn';
}
