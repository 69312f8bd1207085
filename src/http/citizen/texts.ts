import type { Words } from '../../inquiries/milestones.js';

const words = (nb: string, nn: string, en: string): Words => ({ nb, nn, en });

/** What the citizen's pages say. */
export const CITIZEN_TEXTS = {
  required: words('må fylles ut', 'må fyllast ut', 'required'),
  optional: words('valgfritt', 'valfritt', 'optional'),
  send: words('Send inn', 'Send inn', 'Send'),
  errors: words('Rett opp dette før du sender', 'Rett opp dette før du sender', 'Mend this first'),
  about: words('Hva gjelder det?', 'Kva gjeld det?', 'What is it about?'),
  describe: words('Beskriv hva det gjelder', 'Skildre kva det gjeld', 'Describe what it is about'),
  you: words('Om deg', 'Om deg', 'About you'),
  anonymous: words(
    'Du kan sende inn uten å si hvem du er. Da får du ikke svar på e-post.',
    'Du kan sende inn utan å seie kven du er. Då får du ikkje svar på e-post.',
    'You may send this without saying who you are. You will get no answer by mail then.',
  ),
  name: words('Navn', 'Namn', 'Name'),
  email: words('E-post', 'E-post', 'E-mail'),
  phone: words('Telefon', 'Telefon', 'Telephone'),
  contactNeeded: words(
    'Fyll ut e-post eller telefon, så vi kan nå deg',
    'Fyll ut e-post eller telefon, så vi kan nå deg',
    'Give an e-mail address or a telephone number, so that we can reach you',
  ),
  files: words('Bilder og vedlegg', 'Bilete og vedlegg', 'Pictures and files'),
  filesHelp: words(
    'Bilder, PDF og kontordokumenter, høyst 2 MB hver og 10 MB til sammen.',
    'Bilete, PDF og kontordokument, høgst 2 MB kvar og 10 MB til saman.',
    'Pictures, PDF and office documents, at most 2 MB each and 10 MB together.',
  ),
  tooFast: words(
    'Det gikk for fort. Se over det du har skrevet, og send en gang til.',
    'Det gjekk for fort. Sjå over det du har skrive, og send ein gong til.',
    'That was too fast. Look through what you wrote, and send it once more.',
  ),
  tooMany: words(
    'Det har kommet for mange innsendinger herfra. Vent litt, eller ring oss.',
    'Det har kome for mange innsendingar herifrå. Vent litt, eller ring oss.',
    'Too much has been sent from here. Wait a while, or call us.',
  ),
  trap: words('La dette feltet stå tomt', 'La dette feltet stå tomt', 'Leave this field empty'),
  privacy: words(
    'Vi bruker opplysningene bare til å behandle henvendelsen, og sletter dem når oppbevaringstiden er ute.',
    'Vi bruker opplysningane berre til å handsame førespurnaden, og slettar dei når oppbevaringstida er ute.',
    'We use what you tell us only to handle your inquiry, and delete it when the retention period is over.',
  ),
  forms: words('Hva kan vi hjelpe deg med?', 'Kva kan vi hjelpe deg med?', 'How can we help you?'),
  search: words('Søk etter tjeneste', 'Søk etter teneste', 'Search for a service'),
  find: words('Søk', 'Søk', 'Search'),
  none: words(
    'Ingen tjeneste passer til søket. Prøv et annet ord, eller bruk skjemaet for alt annet.',
    'Inga teneste passar til søket. Prøv eit anna ord, eller bruk skjemaet for alt anna.',
    'No service matches. Try another word, or use the form for everything else.',
  ),
  thanks: words(
    'Takk! Vi har mottatt henvendelsen din.',
    'Takk! Vi har motteke førespurnaden din.',
    'Thank you! We have received your inquiry.',
  ),
  keep: words(
    'Ta vare på adressen til denne siden. Her ser du hvordan det går, uten å logge inn.',
    'Ta vare på adressa til denne sida. Her ser du korleis det går, utan å logge inn.',
    'Keep the address of this page. Here you see how it goes, without logging in.',
  ),
  said: words('Meldingen din er sendt.', 'Meldinga di er send.', 'Your message has been sent.'),
  chased: words(
    'Vi har notert at du venter, og sagt fra til dem som har saken.',
    'Vi har notert at du ventar, og sagt frå til dei som har saka.',
    'We have noted that you are waiting, and told those who have the case.',
  ),
  withdrawn: words(
    'Ønsket om å trekke saken er mottatt.',
    'Ønsket om å trekkje saka er motteke.',
    'Your wish to withdraw the case has been received.',
  ),
  scored: words('Takk for tilbakemeldingen.', 'Takk for tilbakemeldinga.', 'Thank you.'),
  empty: words('Skriv noe før du sender.', 'Skriv noko før du sender.', 'Write something first.'),
  number: words('Saksnummer', 'Saksnummer', 'Case number'),
  sent: words('Mottatt', 'Motteken', 'Received'),
  status: words('Status', 'Status', 'Status'),
  promise: words('Lovet svar', 'Lova svar', 'Answer promised'),
  happened: words('Dette har skjedd', 'Dette har skjedd', 'What has happened'),
  write: words('Svar eller legg til noe', 'Svar eller legg til noko', 'Reply or add something'),
  reply: words('Ble det ikke riktig?', 'Vart det ikkje rett?', 'Was it not right?'),
  message: words('Melding', 'Melding', 'Message'),
  sendMessage: words('Send melding', 'Send melding', 'Send the message'),
  waiting: words('Venter du på svar?', 'Ventar du på svar?', 'Are you waiting?'),
  chase: words('Spør hvordan det går', 'Spør korleis det går', 'Ask how it goes'),
  withdraw: words('Trekk saken', 'Trekk saka', 'Withdraw the case'),
  sure: words(
    'Ja, jeg vil trekke saken',
    'Ja, eg vil trekkje saka',
    'Yes, I want to withdraw the case',
  ),
  withdrawWords: words(
    'Jeg ønsker å trekke saken.',
    'Eg ønskjer å trekkje saka.',
    'I want to withdraw the case.',
  ),
  score: words(
    'Er du fornøyd med hvordan saken ble behandlet?',
    'Er du nøgd med korleis saka vart handsama?',
    'Are you satisfied with how the case was handled?',
  ),
  least: words('1, ikke i det hele tatt', '1, ikkje i det heile', '1, not at all'),
  most: words('5, helt', '5, heilt', '5, entirely'),
  comment: words(
    'Vil du si hva som var bra eller dårlig? (valgfritt)',
    'Vil du seie kva som var bra eller dårleg? (valfritt)',
    'Would you like to say what was good or bad? (optional)',
  ),
  sendScore: words('Send', 'Send', 'Send'),
  loginNeeded: words(
    'Denne tjenesten har ikke noe skjema her. Ring oss, eller kom innom.',
    'Denne tenesta har ikkje noko skjema her. Ring oss, eller kom innom.',
    'This service has no form here. Call us, or come by.',
  ),
} as const satisfies Record<string, Words>;

type Reason = readonly [pattern: RegExp, words: Words];

const REASONS: readonly Reason[] = [
  [/^is required$/, words('Må fylles ut', 'Må fyllast ut', 'Must be filled in')],
  [/^must be one of/, words('Velg et av svarene', 'Vel eit av svara', 'Choose one of the answers')],
  [/^must be ticked$/, words('Må krysses av', 'Må kryssast av', 'Must be ticked')],
  [/^must be a number$/, words('Må være et tall', 'Må vere eit tal', 'Must be a number')],
  [/^must be at least (.+)$/, words('Minst $1', 'Minst $1', 'At least $1')],
  [/^must be at most (.+)$/, words('Høyst $1', 'Høgst $1', 'At most $1')],
  [/^must be a date/, words('Må være en dato', 'Må vere ein dato', 'Must be a date')],
  [
    /^is longer than (\d+) characters$/,
    words('Kan ha høyst $1 tegn', 'Kan ha høgst $1 teikn', 'May have at most $1 characters'),
  ],
  [
    /telephone number$/,
    words('Er ikke et telefonnummer', 'Er ikkje eit telefonnummer', 'Is no telephone number'),
  ],
  [
    /e-mail address$/,
    words('Er ikke en e-postadresse', 'Er ikkje ei e-postadresse', 'Is no e-mail address'),
  ],
  [
    /^(empty|too_large|type_not_allowed|case_full)$/,
    words('Filen kan ikke tas imot', 'Fila kan ikkje takast imot', 'This file cannot be taken'),
  ],
];

/** Why a field was refused, in the reader's language; never with what was written in it. */
export function reasonText(reason: string): Words {
  for (const [pattern, said] of REASONS) {
    const match = pattern.exec(reason);
    if (!match) continue;
    const fill = (text: string) => text.replace('$1', match[1] ?? '');
    return words(fill(said.nb), fill(said.nn), fill(said.en));
  }
  return words('Er ikke fylt ut riktig', 'Er ikkje rett fylt ut', 'Is not filled in properly');
}
