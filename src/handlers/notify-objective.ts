import { isAddressRefused } from '../channels/mail-failure.js';
import { messageIdFor } from '../channels/message-id.js';
import type { HandlerDeclaration } from '../engine/handler.js';
import { findUnit } from '../people/units.js';
import type { HandlerDependencies } from './case-handler.js';
import { numberInput, textInput } from './case-handler.js';

/**
 * Mails the manager of a unit that a promise to all has used its budget. Counts only; nothing in it
 * is about anybody. Not delivered where the unit has no manager's address, or a wrong one.
 */
export function notifyObjectiveHandler({
  mailer,
  publicUrl,
}: HandlerDependencies): HandlerDeclaration {
  return {
    name: 'notify-objective',
    title: { nb: 'Varsle om brent svargaranti', en: 'Tell of a burnt objective' },
    runs: 'as-job',
    inputs: [
      { name: 'unit', type: 'string', required: true, title: { nb: 'Enhet', en: 'Unit' } },
      { name: 'share', type: 'number', title: { nb: 'Lovet andel', en: 'Promised share' } },
      {
        name: 'workingDays',
        type: 'number',
        title: { nb: 'Innen så mange virkedager', en: 'Within so many working days' },
      },
      { name: 'cases', type: 'number', title: { nb: 'Saker', en: 'Cases' } },
      { name: 'missed', type: 'number', title: { nb: 'For sent', en: 'Too late' } },
    ],
    outputs: [{ name: 'delivered', type: 'boolean', title: { nb: 'Levert', en: 'Delivered' } }],
    run: async (input, context) => {
      const { tenant, idempotencyKey } = context;
      const code = textInput(input, 'unit');
      const unit = await context.inTransaction((tx) => findUnit(tx, tenant, code));
      if (!unit?.managerEmail) return { delivered: false };
      const count = (name: string, max: number) =>
        numberInput(input, name, { min: 0, max, fallback: 0 });
      const percent = Math.round(count('share', 1) * 100);
      const days = count('workingDays', MANY);
      const mail = {
        messageId: messageIdFor(tenant, idempotencyKey),
        to: unit.managerEmail,
        subject: `Svargarantien holder ikke (${code})`,
        text:
          `Av henvendelsene er ${percent} prosent lovet svar innen ${days} virkedager. ` +
          `${count('missed', MANY)} av ${count('cases', MANY)} i perioden er besvart for sent eller ` +
          `ikke i det hele tatt.\n\nDu har en oppgave om årsak og tiltak: ${publicUrl}\n`,
        language: 'nb',
      };
      try {
        await mailer.send(mail);
        return { delivered: true };
      } catch (error) {
        if (isAddressRefused(error)) return { delivered: false };
        throw error;
      }
    },
  };
}

const MANY = 1_000_000_000;
