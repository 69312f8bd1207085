import type { Db } from '../db/database.js';
import { ANSWER_DUE, endUnanswered } from '../inquiries/unanswered.js';
import type { Effect } from '../jobs/effects.js';
import { insertEffect } from '../jobs/effects.js';
import type { Clock } from '../kernel/clock.js';
import type { Id } from '../kernel/ids.js';
import type { HandlerDependencies } from './case-handler.js';
import { sendCaseMail } from './case-mail.js';

/**
 * Ends the wait for an answer that never came, and mails the unit that the case goes on, with its
 * new deadline. The mail is work of its own, so that a mail server cannot hold the clock.
 */
export function answerDue(
  { db, clock }: { db: Db; clock: Clock },
  dependencies: HandlerDependencies,
): Effect {
  return {
    type: ANSWER_DUE,
    async run({ tenant, payload }) {
      const now = clock();
      const { newId } = dependencies;
      const inquiryId = payload['inquiryId'] as Id;
      const messageId = payload['messageId'] as Id;
      const actor = payload['by'] as string;
      if (payload['isOver'] === true) {
        const asked = { inquiryId, template: 'reminder', recipient: 'unit' } as const;
        const inTransaction = db.inTransaction.bind(db);
        const idempotencyKey = `answer-due:${messageId}`;
        await sendCaseMail(
          asked,
          { tenant, now, actor, idempotencyKey, inTransaction },
          dependencies,
        );
        return undefined;
      }
      await db.inTransaction(async (tx) => {
        const change = { tenant, by: 'clock', now, newId };
        const askedAt = new Date(payload['askedAt'] as string);
        if (!(await endUnanswered(tx, change, { inquiryId, messageId, askedAt }))) return;
        const mail = { type: ANSWER_DUE, payload: { ...payload, isOver: true }, availableAt: now };
        await insertEffect(tx, tenant, { id: newId(), ...mail, now });
      });
      return undefined;
    },
  };
}
