import type { Texts } from '../kinds.js';

/** The texts in bokmål. */
export const NB: Texts = {
  acknowledgement: {
    subject: 'Vi har mottatt henvendelsen din ({reference})',
    // Personvernforordningen art. 13: told when the data are collected.
    body: `Vi har mottatt henvendelsen din om {service}. Saksnummer {reference}. Du får svar senest {expectedBy}.

Vi bruker opplysningene dine bare til å behandle henvendelsen, og sletter dem når oppbevaringstiden er ute. Du kan be om innsyn.`,
  },
  assigned: {
    subject: 'Ny henvendelse {reference}',
    body: `Henvendelse {reference} om {service} er fordelt[ til {unit}]. Innbyggeren er lovet svar senest {expectedBy}.`,
  },
  forwarded: {
    subject: 'Henvendelsen din er sendt videre ({reference})',
    body: `Henvendelsen din om {service} (saksnummer {reference}) er ikke kommunens ansvar. Vi har sendt den til rett organ, som svarer deg.`,
  },
  statusRequest: {
    subject: 'Spørsmål om status i {reference}',
    body: `Innbyggeren spør hvordan det går med henvendelse {reference} om {service}. Skriv hvor saken står, og når den blir ferdig.`,
  },
  status: {
    subject: 'Status i saken din ({reference})',
    body: `Du har spurt om henvendelsen din om {service} (saksnummer {reference}).

{answer}

Vi regner med å være ferdige innen {promisedBy}.`,
  },
  reminder: {
    subject: 'Påminnelse om {reference}',
    body: `Henvendelse {reference} om {service} er ikke besvart. Fristen er {expectedBy}.`,
  },
  escalated: {
    subject: 'Fristen er brutt i {reference}',
    body: `Henvendelse {reference} om {service} skulle vært besvart innen {expectedBy}.

Saken ligger hos {unit}.`,
  },
  delay: {
    subject: 'Saken din tar lengre tid ({reference})',
    // Forvaltningsloven § 11 a: the reason, and if possible when an answer can be expected.
    body: `Vi skrev at du skulle få svar {expectedBy} i sak {reference}. Det klarer vi ikke[ fordi: {reason}].

Ny dato er {promisedBy}.`,
  },
  answered: {
    subject: 'Svar på henvendelsen din ({reference})',
    body: `Dette gjelder henvendelsen din om {service} (saksnummer {reference}).

{answer}

Saken er avsluttet[: {outcome}]. Du kan svare på denne meldingen innen {replyDays} dager.`,
  },
  linked: {
    subject: 'Henvendelsen din er koblet til en annen sak ({reference})',
    body: `Andre har meldt det samme. Henvendelsen din ({reference}) følger nå sak {mainReference}, og du får beskjed når den er løst.`,
  },
  deficiency: {
    subject: 'Vi mangler opplysninger i saken din ({reference})',
    body: `Vi kan ikke behandle henvendelsen din om {service} (saksnummer {reference}) ferdig før vi får mer fra deg.

Vi trenger[ innen {dueAt}]:

{missing}

Svar på denne meldingen. Tiden vi venter, regnes ikke med i fristen.`,
  },
  interimReply: {
    subject: 'Foreløpig svar på henvendelsen din ({reference})',
    body: `Vi kan ikke svare på henvendelsen din om {service} (saksnummer {reference}) innen fristen.

Grunnen er: {reason}

Vi regner med å svare innen {promisedBy}.`,
  },
  decision: {
    subject: 'Vedtak i saken din ({reference})',
    // Forvaltningsloven §§ 18, 27 and 29: the decision tells of the right to complain and to access.
    body: `Vi har gjort vedtak i saken din om {service} (saksnummer {reference})[: {outcome}].

{answer}

Du kan klage på vedtaket innen tre uker fra du fikk denne meldingen. Klagen sender du til oss, for eksempel ved å svare på meldingen. Skriv hva du vil ha endret, og hvorfor. Du har rett til å se dokumentene i saken.`,
  },
  rejection: {
    subject: 'Avslag i saken din ({reference})',
    body: `Vi har avslått henvendelsen din om {service} (saksnummer {reference}).

{answer}

Du kan klage innen tre uker fra du fikk denne meldingen. Klagen sender du til oss, for eksempel ved å svare på meldingen. Skriv hva du vil ha endret, og hvorfor. Du har rett til å se dokumentene i saken.`,
  },
  feedbackRequest: {
    subject: 'Hvordan gikk det med saken din? ({reference})',
    body: `Saken din om {service} (saksnummer {reference}) er avsluttet.

Fikk du den hjelpen du trengte? Svar på denne meldingen med et tall fra 1 (nei) til 5 (ja), og skriv gjerne hvorfor. Svaret hjelper oss å bli bedre. Det er frivillig.`,
  },
  consentRequest: {
    subject: 'Vi trenger samtykket ditt ({reference})',
    body: `Noen har bedt om {service} (saksnummer {reference}), og vi trenger at du samtykker før vi kan gå videre.

{notice}

Svar ja eller nei på denne meldingen[ innen {dueAt}]. Du velger selv, og du kan trekke samtykket tilbake.`,
  },
  lapsed: {
    subject: 'Innsynskravet ditt er ikke besvart ({reference})',
    // Offentleglova § 32 second paragraph.
    body: `Du har bedt om innsyn (saksnummer {reference}) og har ikke fått svar innen fem arbeidsdager. Det regnes som et avslag, og du kan klage på det nå.

Klagen sender du til oss, for eksempel ved å svare på denne meldingen. Vi behandler fremdeles kravet ditt og svarer så snart vi kan.`,
  },
  complaintForwarded: {
    subject: 'Klagen din er sendt videre ({reference})',
    body: `Vi har vurdert klagen din i saken om {service} (saksnummer {reference}) og ikke endret vedtaket. Klagen er sendt til klageinstansen, som avgjør den og svarer deg.

{answer}`,
  },
  renewal: {
    subject: 'Det er tid for å fornye ({reference})',
    body: `Det du fikk i saken om {service} (saksnummer {reference}) må fornyes[ innen {dueAt}] for å gjelde videre.

{notice}

Svar på denne meldingen hvis du vil fornye.`,
  },
  notice: {
    subject: 'Beskjed om saken din ({reference})',
    body: `Dette gjelder henvendelsen din om {service} (saksnummer {reference}).

{notice}`,
  },
  crisisAcknowledgement: {
    subject: 'Vi har mottatt henvendelsen din ({reference})',
    body: `Vi har mottatt henvendelsen din om {service}. Saksnummer {reference}.

{notice}

Vi bruker opplysningene dine bare til å behandle henvendelsen, og sletter dem når oppbevaringstiden er ute. Du kan be om innsyn.`,
  },
};
