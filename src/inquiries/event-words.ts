import type { JsonObject, JsonValue } from '../kernel/json.js';

interface Words {
  nb: string;
  en: string;
}

/** What the outcomes of a case are called. */
export const OUTCOME_WORDS: Readonly<Record<string, Words>> = {
  answered: { nb: 'besvart', en: 'answered' },
  forwarded: { nb: 'sendt til rett organ', en: 'passed to the right authority' },
  linked: { nb: 'koblet til en annen sak', en: 'linked to another case' },
  withdrawn: { nb: 'trukket', en: 'withdrawn' },
  rejected: { nb: 'avslått', en: 'turned down' },
  completed: { nb: 'utført', en: 'completed' },
};

/** What the statuses of a case are called. */
export const STATUS_WORDS: Readonly<Record<string, Words>> = {
  received: { nb: 'mottatt', en: 'received' },
  registered: { nb: 'registrert', en: 'registered' },
  awaitingCitizen: { nb: 'venter på deg', en: 'waiting for you' },
  inProgress: { nb: 'under behandling', en: 'in progress' },
  external: { nb: 'hos andre', en: 'with others' },
  answered: { nb: 'besvart', en: 'answered' },
  closed: { nb: 'avsluttet', en: 'closed' },
  reopened: { nb: 'gjenåpnet', en: 'reopened' },
  withdrawn: { nb: 'trukket', en: 'withdrawn' },
  deidentified: { nb: 'avidentifisert', en: 'de-identified' },
};

const MESSAGE_WORDS: Readonly<Record<string, Words>> = {
  acknowledgement: { nb: 'Bekreftelse er sendt', en: 'An acknowledgement was sent' },
  forwarded: { nb: 'Beskjed om videresending er sendt', en: 'You were told who has it now' },
  status: { nb: 'Svar om status er sendt', en: 'An answer about its status was sent' },
  delay: { nb: 'Beskjed om forsinkelse er sendt', en: 'A notice of delay was sent' },
  answered: { nb: 'Svar er sendt', en: 'An answer was sent' },
  linked: { nb: 'Beskjed om hovedsak er sendt', en: 'You were told of the main case' },
  deficiency: { nb: 'Mangelbrev er sendt', en: 'You were told what is missing' },
  interimReply: { nb: 'Foreløpig svar er sendt', en: 'An interim reply was sent' },
  decision: { nb: 'Vedtak er sendt', en: 'A decision was sent' },
  rejection: { nb: 'Avslag er sendt', en: 'A rejection was sent' },
  feedbackRequest: { nb: 'Tilbakemelding er etterspurt', en: 'You were asked how it went' },
  consentRequest: { nb: 'Samtykke er etterspurt', en: 'You were asked for your consent' },
  lapsed: { nb: 'Beskjed om klagerett er sendt', en: 'You were told you may complain' },
  complaintForwarded: { nb: 'Klagen er sendt videre', en: 'The complaint was passed on' },
  renewal: { nb: 'Påminnelse om fornyelse er sendt', en: 'You were reminded to renew' },
  notice: { nb: 'Beskjed er sendt', en: 'A message was sent' },
};

type Teller = (data: JsonObject, unitNames: UnitNames) => Words | undefined;

/** What units are called, by code. */
export type UnitNames = ReadonlyMap<string, Words>;

const WORDS: Readonly<Record<string, Teller>> = {
  'inquiry.registered': () => ({ nb: 'Henvendelsen er mottatt', en: 'The inquiry was received' }),
  'inquiry.moved': ({ to }, unitNames) => {
    const names = unitNames.get(text(to)) ?? { nb: text(to), en: text(to) };
    return {
      nb: `Saken er flyttet til ${names.nb}, siden kommunen er omorganisert`,
      en: `It was moved to ${names.en}, since the municipality was reorganised`,
    };
  },
  'inquiry.routed': ({ unit }, unitNames) => {
    const names = unitNames.get(text(unit)) ?? { nb: text(unit), en: text(unit) };
    return {
      nb: `Henvendelsen er fordelt til ${names.nb}`,
      en: `The inquiry was given to ${names.en}`,
    };
  },
  'inquiry.rerouted': ({ to }, unitNames) => {
    const names = unitNames.get(text(to)) ?? { nb: text(to), en: text(to) };
    return {
      nb: `Henvendelsen er sendt videre til ${names.nb}`,
      en: `The inquiry was sent on to ${names.en}`,
    };
  },
  'inquiry.reclassified': () => ({ nb: 'Tjenesten er endret', en: 'The service was changed' }),
  'inquiry.status': ({ to }) => phrase('Status', STATUS_WORDS[text(to)]),
  'inquiry.escalated': () => ({
    nb: 'En frist er brutt og meldt videre',
    en: 'A deadline was missed and escalated',
  }),
  'inquiry.paused': () => ({ nb: 'Fristen står stille', en: 'The deadline is paused' }),
  'inquiry.resumed': () => ({ nb: 'Fristen løper igjen', en: 'The deadline runs again' }),
  'inquiry.unanswered': () => ({
    nb: 'Vi fikk ikke svar fra deg i tide, og går videre med saken',
    en: 'We had no answer from you in time, and go on with the case',
  }),
  'inquiry.extended': () => ({ nb: 'Fristen er forlenget', en: 'The deadline was extended' }),
  'inquiry.promised': () => ({ nb: 'Ny dato for svar er satt', en: 'A new date was promised' }),
  // What is sent inside the municipality is no news to the citizen.
  'inquiry.notified': ({ recipient, template }) =>
    recipient === 'party' ? MESSAGE_WORDS[text(template)] : undefined,
  'inquiry.closed': ({ outcome }) => {
    const words = OUTCOME_WORDS[text(outcome)];
    return (
      words && { nb: `Saken er avsluttet: ${words.nb}`, en: `The case is closed: ${words.en}` }
    );
  },
  'inquiry.messageReceived': () => ({
    nb: 'Melding fra deg er mottatt',
    en: 'A message from you was received',
  }),
  'inquiry.messageWritten': () => ({
    nb: 'Vi har skrevet til deg',
    en: 'We have written to you',
  }),
  'inquiry.chased': () => ({ nb: 'Du spurte om status', en: 'You asked about the status' }),
  'inquiry.withdrawalAsked': () => ({
    nb: 'Du ba om å trekke saken',
    en: 'You asked to withdraw the case',
  }),
  'inquiry.reopened': () => ({ nb: 'Saken er åpnet igjen', en: 'The case was reopened' }),
  'inquiry.unlinked': () => ({
    nb: 'Saken følger ikke lenger en annen',
    en: 'The case no longer follows another one',
  }),
  'inquiry.appealed': () => ({
    nb: 'Vedtaket er påklaget i en egen sak',
    en: 'The decision was appealed against in a case of its own',
  }),
  'inquiry.complained': () => ({
    nb: 'Det er klaget på behandlingen i en egen sak',
    en: 'There was a complaint about the service in a case of its own',
  }),
  'inquiry.archived': () => ({ nb: 'Saken er arkivert', en: 'The case was archived' }),
  'inquiry.held': () => ({
    nb: 'Saken holdes tilbake fra sletting',
    en: 'The case is kept from deletion',
  }),
  'inquiry.released': () => ({
    nb: 'Saken kan slettes igjen',
    en: 'The case may be deleted again',
  }),
  'inquiry.deidentified': () => ({
    nb: 'Opplysningene om deg er slettet',
    en: 'What was held about you is deleted',
  }),
};

/** An event of an inquiry in a citizen's words; undefined for one that says nothing to a citizen. */
export function wordsFor(
  kind: string,
  data: JsonObject,
  unitNames: UnitNames = new Map(),
): Words | undefined {
  return WORDS[kind]?.(data, unitNames);
}

function phrase(label: string, words: Words | undefined): Words | undefined {
  return words && { nb: `${label}: ${words.nb}`, en: `${label}: ${words.en}` };
}

function text(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
