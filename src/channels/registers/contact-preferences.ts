import { z } from 'zod';
import type { RegisterAdapter } from './register.js';

/** Whether and how somebody may be reached digitally. */
export interface ContactPreference {
  status: 'AKTIV' | 'SLETTET' | 'IKKE_REGISTRERT';
  reserved: boolean;
  mayBeNotified: boolean;
  /** eForvaltningsforskriften §§ 8 and 32: digital only for who can be notified and has not reserved. */
  channel: 'digital' | 'paper';
}

export interface ContactPreferenceQuery {
  personNumber: string;
}

/** The shape of the contact and reservation register's `personer`. */
const answer = z.looseObject({
  personer: z.array(
    z.looseObject({
      status: z.enum(['AKTIV', 'SLETTET', 'IKKE_REGISTRERT']),
      reservasjon: z.enum(['JA', 'NEI']).optional(),
      varslingsstatus: z.enum(['KAN_VARSLES', 'KAN_IKKE_VARSLES']).optional(),
    }),
  ),
});

export const contactPreferenceAdapter: RegisterAdapter<ContactPreferenceQuery, ContactPreference> =
  {
    name: 'contactPreferences',
    // Of persons nothing is kept: asked anew each time, for a purpose.
    freshMs: 0,
    question: ({ personNumber }) => ({
      path: 'personer',
      body: { personidentifikatorer: [personNumber] },
    }),
    read: (given) =>
      given === null
        ? []
        : answer.parse(given).personer.map(({ status, reservasjon, varslingsstatus }) => {
            const reserved = reservasjon === 'JA';
            const mayBeNotified = varslingsstatus === 'KAN_VARSLES';
            const digital = status === 'AKTIV' && !reserved && mayBeNotified;
            return { status, reserved, mayBeNotified, channel: digital ? 'digital' : 'paper' };
          }),
  };
