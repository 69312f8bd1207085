import { toLocal } from '../calendar/oslo-time.js';

/** Every message that is sent by itself. */
export const TEMPLATES = [
  'acknowledgement',
  'assigned',
  'forwarded',
  'statusRequest',
  'status',
  'reminder',
  'escalated',
  'delay',
  'answered',
  'linked',
] as const;
export type Template = (typeof TEMPLATES)[number];

/** What a message may say. What is missing is left out of it. */
export interface MessageFacts {
  reference: string;
  /** The service's name in the message's language. */
  service: string;
  /** When an answer was promised. */
  expectedBy: Date;
  /** The unit's name in the message's language. */
  unit?: string | undefined;
  /** Where to read more. */
  link: string;
  /** Whom to ask. */
  contact?: string | undefined;
  /** How the case ended, in words. */
  outcome?: string | undefined;
  /** What somebody wrote for the citizen to read. */
  answer?: string | undefined;
  /** Set when there is an answer that must not go by mail. */
  isAnswerWithheld?: boolean;
  /** Why it takes longer. */
  reason?: string | undefined;
  /** The new promise. */
  promisedBy?: Date | undefined;
  /** The case that this one repeats. */
  mainReference?: string | undefined;
}

export interface MessageText {
  subject: string;
  text: string;
}

/** How long a citizen may answer a closed case by replying to its mail, in days. */
const REPLY_DAYS = 14;

type Write = (facts: MessageFacts) => (string | undefined)[];

interface Wording {
  subject: (facts: MessageFacts) => string;
  lines: Write;
}

const NB: Readonly<Record<Template, Wording>> = {
  acknowledgement: {
    subject: ({ reference }) => `Vi har mottatt henvendelsen din (${reference})`,
    lines: ({ service, reference, expectedBy }) => [
      `Vi har mottatt henvendelsen din om ${service.toLowerCase()}. Saksnummer ${reference}. Du får svar senest ${day(expectedBy, 'nb')}.`,
      // Personvernforordningen art. 13: told when the data are collected.
      'Vi bruker opplysningene dine bare til å behandle henvendelsen, og sletter dem når oppbevaringstiden er ute. Du kan be om innsyn.',
    ],
  },
  assigned: {
    subject: ({ reference }) => `Ny henvendelse ${reference}`,
    lines: ({ service, reference, unit, expectedBy }) => [
      `${unit ?? 'Enheten'} har fått henvendelse ${reference} om ${service.toLowerCase()}. Innbyggeren er lovet svar senest ${day(expectedBy, 'nb')}.`,
    ],
  },
  forwarded: {
    subject: ({ reference }) => `Henvendelsen din er sendt videre (${reference})`,
    lines: ({ service, reference }) => [
      `Henvendelsen din om ${service.toLowerCase()} (saksnummer ${reference}) er ikke kommunens ansvar. Vi har sendt den til rett organ, som svarer deg.`,
    ],
  },
  statusRequest: {
    subject: ({ reference }) => `Spørsmål om status i ${reference}`,
    lines: ({ service, reference }) => [
      `Innbyggeren spør hvordan det går med henvendelse ${reference} om ${service.toLowerCase()}. Skriv hvor saken står, og når den blir ferdig.`,
    ],
  },
  status: {
    subject: ({ reference }) => `Status i saken din (${reference})`,
    lines: ({ service, reference, answer, promisedBy }) => [
      `Du har spurt om henvendelsen din om ${service.toLowerCase()} (saksnummer ${reference}).`,
      answer,
      promisedBy && `Vi regner med å være ferdige innen ${day(promisedBy, 'nb')}.`,
    ],
  },
  reminder: {
    subject: ({ reference }) => `Påminnelse om ${reference}`,
    lines: ({ service, reference, expectedBy }) => [
      `Henvendelse ${reference} om ${service.toLowerCase()} er ikke besvart. Fristen er ${day(expectedBy, 'nb')}.`,
    ],
  },
  escalated: {
    subject: ({ reference }) => `Fristen er brutt i ${reference}`,
    lines: ({ service, reference, unit, expectedBy }) => [
      `Henvendelse ${reference} om ${service.toLowerCase()} skulle vært besvart innen ${day(expectedBy, 'nb')}.`,
      unit && `Saken ligger hos ${unit}.`,
    ],
  },
  delay: {
    subject: ({ reference }) => `Saken din tar lengre tid (${reference})`,
    // Forvaltningsloven § 11 a: the reason, and if possible when an answer can be expected.
    lines: ({ reference, expectedBy, reason, promisedBy }) => [
      `Vi skrev at du skulle få svar ${day(expectedBy, 'nb')} i sak ${reference}. Det klarer vi ikke${reason ? ` fordi: ${reason}` : '.'}`,
      promisedBy && `Ny dato er ${day(promisedBy, 'nb')}.`,
    ],
  },
  answered: {
    subject: ({ reference }) => `Svar på henvendelsen din (${reference})`,
    lines: ({ reference, service, outcome, answer, isAnswerWithheld }) => [
      `Dette gjelder henvendelsen din om ${service.toLowerCase()} (saksnummer ${reference}).`,
      isAnswerWithheld
        ? 'Av hensyn til taushetsplikten sender vi ikke svaret i e-post. Ta kontakt med oss for å få det.'
        : answer,
      `Saken er avsluttet${outcome ? `: ${outcome}` : ''}. Du kan svare på denne meldingen innen ${REPLY_DAYS} dager.`,
    ],
  },
  linked: {
    subject: ({ reference }) => `Henvendelsen din er koblet til en annen sak (${reference})`,
    lines: ({ reference, mainReference }) => [
      `Andre har meldt det samme. Henvendelsen din (${reference}) følger nå sak ${mainReference ?? ''}, og du får beskjed når den er løst.`,
    ],
  },
};

const EN: Readonly<Record<Template, Wording>> = {
  acknowledgement: {
    subject: ({ reference }) => `We have received your inquiry (${reference})`,
    lines: ({ service, reference, expectedBy }) => [
      `We have received your inquiry about ${service.toLowerCase()}. Case number ${reference}. You will have an answer by ${day(expectedBy, 'en')}.`,
      'We use your information only to handle the inquiry, and delete it when the retention period is over. You may ask to see it.',
    ],
  },
  assigned: {
    subject: ({ reference }) => `New inquiry ${reference}`,
    lines: ({ service, reference, unit, expectedBy }) => [
      `${unit ?? 'The unit'} has been given inquiry ${reference} about ${service.toLowerCase()}. The citizen was promised an answer by ${day(expectedBy, 'en')}.`,
    ],
  },
  forwarded: {
    subject: ({ reference }) => `Your inquiry was passed on (${reference})`,
    lines: ({ service, reference }) => [
      `Your inquiry about ${service.toLowerCase()} (case number ${reference}) is not the municipality's responsibility. We have passed it to the right authority, which will answer you.`,
    ],
  },
  statusRequest: {
    subject: ({ reference }) => `Question about the status of ${reference}`,
    lines: ({ service, reference }) => [
      `The citizen asks about inquiry ${reference} about ${service.toLowerCase()}. Write where the case stands and when it will be done.`,
    ],
  },
  status: {
    subject: ({ reference }) => `The status of your case (${reference})`,
    lines: ({ service, reference, answer, promisedBy }) => [
      `You asked about your inquiry about ${service.toLowerCase()} (case number ${reference}).`,
      answer,
      promisedBy && `We expect to be done by ${day(promisedBy, 'en')}.`,
    ],
  },
  reminder: {
    subject: ({ reference }) => `Reminder of ${reference}`,
    lines: ({ service, reference, expectedBy }) => [
      `Inquiry ${reference} about ${service.toLowerCase()} has not been answered. The deadline is ${day(expectedBy, 'en')}.`,
    ],
  },
  escalated: {
    subject: ({ reference }) => `The deadline was missed in ${reference}`,
    lines: ({ service, reference, unit, expectedBy }) => [
      `Inquiry ${reference} about ${service.toLowerCase()} should have been answered by ${day(expectedBy, 'en')}.`,
      unit && `The case is with ${unit}.`,
    ],
  },
  delay: {
    subject: ({ reference }) => `Your case takes longer (${reference})`,
    lines: ({ reference, expectedBy, reason, promisedBy }) => [
      `We wrote that you would have an answer by ${day(expectedBy, 'en')} in case ${reference}. We cannot keep that${reason ? ` because: ${reason}` : '.'}`,
      promisedBy && `The new date is ${day(promisedBy, 'en')}.`,
    ],
  },
  answered: {
    subject: ({ reference }) => `The answer to your inquiry (${reference})`,
    lines: ({ reference, service, outcome, answer, isAnswerWithheld }) => [
      `This is about your inquiry about ${service.toLowerCase()} (case number ${reference}).`,
      isAnswerWithheld
        ? 'For the sake of confidentiality we do not send the answer by mail. Contact us to have it.'
        : answer,
      `The case is closed${outcome ? `: ${outcome}` : ''}. You can reply to this message within ${REPLY_DAYS} days.`,
    ],
  },
  linked: {
    subject: ({ reference }) => `Your inquiry was linked to another case (${reference})`,
    lines: ({ reference, mainReference }) => [
      `Others have reported the same. Your inquiry (${reference}) now follows case ${mainReference ?? ''}, and you will hear when it is solved.`,
    ],
  },
};

/** A message in Norwegian bokmål or English; number, contact and link stand at its end. */
export function writeMessage(
  template: Template,
  language: 'nb' | 'en',
  facts: MessageFacts,
): MessageText {
  const { subject, lines } = (language === 'en' ? EN : NB)[template];
  const [number, contact] =
    language === 'en' ? ['Case number', 'Contact'] : ['Saksnummer', 'Kontakt'];
  const closing = [
    `${number}: ${facts.reference}`,
    facts.contact && `${contact}: ${facts.contact}`,
    facts.link,
  ];
  const paragraphs = [...lines(facts), closing.filter(Boolean).join('\n')];
  return { subject: subject(facts), text: `${paragraphs.filter(isText).join('\n\n')}\n` };
}

function isText(line: string | undefined): boolean {
  return line !== undefined && line.trim() !== '';
}

const MONTHS = {
  nb: 'januar februar mars april mai juni juli august september oktober november desember',
  en: 'January February March April May June July August September October November December',
};

/** The day in Oslo, such as «16. mars 2026». */
function day(date: Date, language: 'nb' | 'en'): string {
  const local = toLocal(date);
  const month = MONTHS[language].split(' ')[local.month - 1] ?? '';
  return `${local.day}${language === 'nb' ? '.' : ''} ${month} ${local.year}`;
}
