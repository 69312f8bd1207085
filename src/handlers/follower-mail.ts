import type { Template } from '../channels/kinds.js';
import type { JobHandlerContext } from '../engine/handler.js';
import { readFollowers } from '../inquiries/followers.js';
import type { HandlerDependencies } from './case-handler.js';
import type { CaseMail } from './case-mail.js';
import { sendCaseMail } from './case-mail.js';

/** What is news to everybody who reported the same; the others concern one citizen alone. */
export const FOLLOWED_TEMPLATES = [
  'answered',
  'delay',
  'interimReply',
  'forwarded',
  'notice',
] as const satisfies readonly Template[];

export function isFollowed(template: Template): boolean {
  return FOLLOWED_TEMPLATES.some((one) => one === template);
}

/**
 * Tells everybody who follows a case what its own citizen is told, each in a mail and under a case
 * number of their own: followers never see each other. Resolves to how many were reached.
 */
export async function tellFollowers(
  asked: Pick<CaseMail, 'inquiryId' | 'template' | 'promisedBy'>,
  context: JobHandlerContext,
  dependencies: HandlerDependencies,
): Promise<number> {
  const { tenant, idempotencyKey } = context;
  const followers = await context.inTransaction((tx) => readFollowers(tx, tenant, asked.inquiryId));
  let told = 0;
  for (const { id } of followers) {
    const mail = { ...asked, inquiryId: id, about: asked.inquiryId, recipient: 'party' as const };
    const own = { ...context, idempotencyKey: `${idempotencyKey}:follower:${id}` };
    if (await sendCaseMail(mail, own, dependencies)) told += 1;
  }
  return told;
}
