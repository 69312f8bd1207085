import type { Texts } from '../kinds.js';

/** The texts in nynorsk. */
export const NN: Texts = {
  acknowledgement: {
    subject: 'Vi har fått førespurnaden din ({reference})',
    body: `Vi har fått førespurnaden din om {service}. Saksnummer {reference}. Du får svar seinast {expectedBy}.

Vi bruker opplysningane dine berre til å handsame førespurnaden, og slettar dei når oppbevaringstida er ute. Du kan be om innsyn.`,
  },
  assigned: {
    subject: 'Ny førespurnad {reference}',
    body: `Førespurnad {reference} om {service} er fordelt[ til {unit}]. Innbyggjaren er lova svar seinast {expectedBy}.`,
  },
  forwarded: {
    subject: 'Førespurnaden din er send vidare ({reference})',
    body: `Førespurnaden din om {service} (saksnummer {reference}) er ikkje kommunen sitt ansvar. Vi har sendt han til rett organ, som svarar deg.`,
  },
  statusRequest: {
    subject: 'Spørsmål om status i {reference}',
    body: `Innbyggjaren spør korleis det går med førespurnad {reference} om {service}. Skriv kvar saka står, og når ho blir ferdig.`,
  },
  status: {
    subject: 'Status i saka di ({reference})',
    body: `Du har spurt om førespurnaden din om {service} (saksnummer {reference}).

{answer}

Vi reknar med å vere ferdige innan {promisedBy}.`,
  },
  reminder: {
    subject: 'Påminning om {reference}',
    body: `Førespurnad {reference} om {service} er ikkje svart på. Fristen er {expectedBy}.`,
  },
  escalated: {
    subject: 'Fristen er broten i {reference}',
    body: `Førespurnad {reference} om {service} skulle vore svart på innan {expectedBy}.

Saka ligg hos {unit}.`,
  },
  delay: {
    subject: 'Saka di tek lengre tid ({reference})',
    body: `Vi skreiv at du skulle få svar {expectedBy} i sak {reference}. Det klarer vi ikkje[ fordi: {reason}].

Ny dato er {promisedBy}.`,
  },
  answered: {
    subject: 'Svar på førespurnaden din ({reference})',
    body: `Dette gjeld førespurnaden din om {service} (saksnummer {reference}).

{answer}

Saka er avslutta[: {outcome}]. Du kan svare på denne meldinga innan {replyDays} dagar.`,
  },
  linked: {
    subject: 'Førespurnaden din er kopla til ei anna sak ({reference})',
    body: `Andre har meldt det same. Førespurnaden din ({reference}) følgjer no sak {mainReference}, og du får beskjed når ho er løyst.`,
  },
  deficiency: {
    subject: 'Vi manglar opplysningar i saka di ({reference})',
    body: `Vi kan ikkje handsame førespurnaden din om {service} (saksnummer {reference}) ferdig før vi får meir frå deg.

Vi treng[ innan {dueAt}]:

{missing}

Svar på denne meldinga. Tida vi ventar, blir ikkje rekna med i fristen.`,
  },
  interimReply: {
    subject: 'Førebels svar på førespurnaden din ({reference})',
    body: `Vi kan ikkje svare på førespurnaden din om {service} (saksnummer {reference}) innan fristen.

Grunnen er: {reason}

Vi reknar med å svare innan {promisedBy}.`,
  },
  decision: {
    subject: 'Vedtak i saka di ({reference})',
    body: `Vi har gjort vedtak i saka di om {service} (saksnummer {reference})[: {outcome}].

{answer}

Du kan klage på vedtaket innan tre veker frå du fekk denne meldinga. Klaga sender du til oss, til dømes ved å svare på meldinga. Skriv kva du vil ha endra, og kvifor. Du har rett til å sjå dokumenta i saka.`,
  },
  rejection: {
    subject: 'Avslag i saka di ({reference})',
    body: `Vi har avslått førespurnaden din om {service} (saksnummer {reference}).

{answer}

Du kan klage innan tre veker frå du fekk denne meldinga. Klaga sender du til oss, til dømes ved å svare på meldinga. Skriv kva du vil ha endra, og kvifor. Du har rett til å sjå dokumenta i saka.`,
  },
  feedbackRequest: {
    subject: 'Korleis gjekk det med saka di? ({reference})',
    body: `Saka di om {service} (saksnummer {reference}) er avslutta.

Fekk du den hjelpa du trong? Svar på denne meldinga med eit tal frå 1 (nei) til 5 (ja), og skriv gjerne kvifor. Svaret hjelper oss å bli betre. Det er friviljug.`,
  },
  consentRequest: {
    subject: 'Vi treng samtykket ditt ({reference})',
    body: `Nokon har bede om {service} (saksnummer {reference}), og vi treng at du samtykkjer før vi kan gå vidare.

{notice}

Svar ja eller nei på denne meldinga[ innan {dueAt}]. Du vel sjølv, og du kan trekkje samtykket tilbake.`,
  },
  lapsed: {
    subject: 'Innsynskravet ditt er ikkje svart på ({reference})',
    body: `Du har bede om innsyn (saksnummer {reference}) og har ikkje fått svar innan fem arbeidsdagar. Det blir rekna som eit avslag, og du kan klage på det no.

Klaga sender du til oss, til dømes ved å svare på denne meldinga. Vi handsamar framleis kravet ditt og svarar så snart vi kan.`,
  },
  complaintForwarded: {
    subject: 'Klaga di er send vidare ({reference})',
    body: `Vi har vurdert klaga di i saka om {service} (saksnummer {reference}) og ikkje endra vedtaket. Klaga er send til klageinstansen, som avgjer ho og svarar deg.

{answer}`,
  },
  renewal: {
    subject: 'Det er tid for å fornye ({reference})',
    body: `Det du fekk i saka om {service} (saksnummer {reference}) må fornyast[ innan {dueAt}] for å gjelde vidare.

{notice}

Svar på denne meldinga om du vil fornye.`,
  },
  notice: {
    subject: 'Beskjed om saka di ({reference})',
    body: `Dette gjeld førespurnaden din om {service} (saksnummer {reference}).

{notice}`,
  },
  crisisAcknowledgement: {
    subject: 'Vi har fått førespurnaden din ({reference})',
    body: `Vi har fått førespurnaden din om {service}. Saksnummer {reference}.

{notice}

Vi bruker opplysningane dine berre til å handsame førespurnaden, og slettar dei når oppbevaringstida er ute. Du kan be om innsyn.`,
  },
};
