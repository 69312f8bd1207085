import { parseDateTime } from '../calendar/date-time.js';
import type { Delivery } from '../channels/deliveries.js';
import { getDelivery } from '../channels/deliveries.js';
import type { Template } from '../channels/kinds.js';
import { RESEND_MAIL, resendKey } from '../channels/resend.js';
import type { Db } from '../db/database.js';
import type { Recipient } from '../inquiries/messages.js';
import type { Effect } from '../jobs/effects.js';
import type { Clock } from '../kernel/clock.js';
import type { Id } from '../kernel/ids.js';
import type { HandlerDependencies } from './case-handler.js';
import type { CaseMail } from './case-mail.js';
import { sendCaseMail } from './case-mail.js';

/** Sends a mail once more, as it was asked for the first time, in the name of who had it sent again. */
export function resendMail(
  { db, clock }: { db: Db; clock: Clock },
  dependencies: HandlerDependencies,
): Effect {
  return {
    type: RESEND_MAIL,
    async run({ tenant, payload }) {
      const { inquiryId, deliveryId } = payload as { inquiryId: Id; deliveryId: Id };
      const delivery = await getDelivery(db, tenant, { inquiryId, id: deliveryId });
      const context = {
        tenant,
        now: clock(),
        actor: delivery.askedBy ?? RESEND_MAIL,
        idempotencyKey: resendKey(deliveryId),
        inTransaction: db.inTransaction.bind(db),
      };
      await sendCaseMail(askedOf(delivery), context, dependencies);
      return undefined;
    },
  };
}

function askedOf({ inquiryId, template, recipient, recipientUnit, asked }: Delivery): CaseMail {
  const text = (name: string) => {
    const value = asked[name];
    return typeof value === 'string' ? value : undefined;
  };
  const date = (name: string) => {
    const value = text(name);
    return value === undefined ? undefined : parseDateTime(value);
  };
  return {
    inquiryId,
    template: template as Template,
    recipient: recipient as Recipient,
    recipientUnit: recipientUnit ?? undefined,
    promisedBy: date('promisedBy'),
    dueAt: date('dueAt'),
    messageId: text('messageId'),
    about: text('about'),
    isAgain: true,
  };
}
