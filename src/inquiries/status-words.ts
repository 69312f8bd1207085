import { toLocal } from '../calendar/oslo-time.js';
import type { Language } from '../people/party.js';
import type { Outcome, Status } from './inquiry.js';
import type { Words } from './milestones.js';

/** Where every case begins, before its process has passed any milestone. */
export const RECEIVED_WORDS: Words = {
  nb: 'Henvendelsen er mottatt',
  nn: 'Førespurnaden er motteken',
  en: 'Your inquiry has been received',
};

/** How a case ended, as its citizen is told. */
export const CLOSED_WORDS: Readonly<Record<Outcome, Words>> = {
  answered: {
    nb: 'Saken er avsluttet: du har fått svar',
    nn: 'Saka er avslutta: du har fått svar',
    en: 'Your case is closed: you have been answered',
  },
  completed: {
    nb: 'Saken er avsluttet: arbeidet er utført',
    nn: 'Saka er avslutta: arbeidet er utført',
    en: 'Your case is closed: the work is done',
  },
  rejected: {
    nb: 'Saken er avsluttet: du fikk avslag',
    nn: 'Saka er avslutta: du fekk avslag',
    en: 'Your case is closed: it was turned down',
  },
  forwarded: {
    nb: 'Saken er sendt til rett organ, som svarer deg',
    nn: 'Saka er send til rett organ, som svarar deg',
    en: 'Your case was passed to the right authority, which will answer you',
  },
  linked: {
    nb: 'Saken følger en annen som gjelder det samme',
    nn: 'Saka følgjer ei anna som gjeld det same',
    en: 'Your case follows another one about the same thing',
  },
  withdrawn: {
    nb: 'Saken er trukket',
    nn: 'Saka er trekt',
    en: 'Your case was withdrawn',
  },
};

/** What each status is called, as it stands beside a case. */
export const STATUS_NAMES: Readonly<Record<Status, Words>> = {
  received: { nb: 'Mottatt', nn: 'Motteken', en: 'Received' },
  registered: { nb: 'Registrert', nn: 'Registrert', en: 'Registered' },
  awaitingCitizen: { nb: 'Venter på deg', nn: 'Ventar på deg', en: 'Waiting for you' },
  inProgress: { nb: 'Under behandling', nn: 'Under handsaming', en: 'In progress' },
  external: { nb: 'Hos andre', nn: 'Hos andre', en: 'With others' },
  answered: { nb: 'Besvart', nn: 'Svart på', en: 'Answered' },
  closed: { nb: 'Avsluttet', nn: 'Avslutta', en: 'Closed' },
  reopened: { nb: 'Gjenåpnet', nn: 'Opna att', en: 'Reopened' },
  withdrawn: { nb: 'Trukket', nn: 'Trekt', en: 'Withdrawn' },
  deidentified: { nb: 'Avidentifisert', nn: 'Avidentifisert', en: 'De-identified' },
};

const MONTHS: Words = {
  nb: 'januar februar mars april mai juni juli august september oktober november desember',
  nn: 'januar februar mars april mai juni juli august september oktober november desember',
  en: 'January February March April May June July August September October November December',
};

/** The day in Oslo, such as «16. mars 2026» or “16 March 2026”. */
export function dayText(date: Date, language: Language): string {
  const { day, month, year } = toLocal(date);
  const name = MONTHS[language].split(' ')[month - 1] ?? '';
  return `${day}${language === 'en' ? '' : '.'} ${name} ${year}`;
}

/** When an answer is expected, in a sentence. */
export function expectationText(
  { from, to }: { from: Date; to: Date },
  language: Language,
): string {
  const [first, last] = [dayText(from, language), dayText(to, language)];
  if (first === last) {
    return {
      nb: `Vi regner med at du har svar senest ${last}.`,
      nn: `Vi reknar med at du har svar seinast ${last}.`,
      en: `We expect you to have an answer by ${last}.`,
    }[language];
  }
  return {
    nb: `Vi regner med at du har svar mellom ${first} og ${last}.`,
    nn: `Vi reknar med at du har svar mellom ${first} og ${last}.`,
    en: `We expect you to have an answer between ${first} and ${last}.`,
  }[language];
}

/** Said instead of a date where there is none to say. */
export const UNDATED_WORDS = {
  citizen: {
    nb: 'Vi venter på svar fra deg. Tiden vi venter, regnes ikke med i fristen.',
    nn: 'Vi ventar på svar frå deg. Tida vi ventar, blir ikkje rekna med i fristen.',
    en: 'We are waiting for your reply. The time we wait does not count.',
  },
  late: {
    nb: 'Datoen vi lovet, er passert. Det beklager vi.',
    nn: 'Datoen vi lova, er passert. Det er vi leie for.',
    en: 'The date we promised has passed. We are sorry.',
  },
} as const satisfies Record<string, Words>;
