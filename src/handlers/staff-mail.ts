import type { Db } from '../db/database.js';
import { STAFF_MAIL } from '../inquiries/staff-message.js';
import type { Effect } from '../jobs/effects.js';
import type { Clock } from '../kernel/clock.js';
import type { Id } from '../kernel/ids.js';
import type { HandlerDependencies } from './case-handler.js';
import { sendCaseMail } from './case-mail.js';

/**
 * Mails what staff wrote to the citizen, by the same rules as every other mail about a case: tried
 * again until a server takes it, and told only that there is something where mail is no safe way.
 */
export function staffMail(
  { db, clock }: { db: Db; clock: Clock },
  dependencies: HandlerDependencies,
): Effect {
  return {
    type: STAFF_MAIL,
    async run({ tenant, payload }) {
      const messageId = payload['messageId'] as Id;
      const asked = {
        inquiryId: payload['inquiryId'] as Id,
        messageId,
        template: 'notice',
        recipient: 'party',
      } as const;
      const context = {
        tenant,
        now: clock(),
        actor: payload['by'] as string,
        idempotencyKey: `staff-mail:${messageId}`,
        inTransaction: db.inTransaction.bind(db),
      };
      await sendCaseMail(asked, context, dependencies);
      return undefined;
    },
  };
}
