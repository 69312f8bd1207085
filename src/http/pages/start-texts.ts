import type { Role } from '../../access/principal.js';

/** The words of the start page. */
export interface StartTexts {
  title: string;
  heading: string;
  lead: string;
  tryIt: string;
  openDocs: string;
  stepsHeading: string;
  stepsLead: string;
  copy: string;
  copied: string;
  rightsHeading: string;
  rightsLead: string;
  may: string;
  where: string;
  yes: string;
  no: string;
  usersHeading: string;
  usersLead: string;
  login: string;
  name: string;
  role: string;
  units: string;
  allUnits: string;
  doorsHeading: string;
  clock: string;
  roles: Record<Role, string>;
  tenants: Record<string, string>;
  doors: readonly { href: string; title: string; text: string }[];
  figure: {
    title: string;
    start: string;
    route: string;
    handle: string;
    deadline: string;
    escalate: string;
    end: string;
  };
}

export const START_TEXTS: Readonly<Record<'nb' | 'en', StartTexts>> = {
  nb: {
    title: 'Saksflyt – innbyggernes henvendelser, fra kanal til svar',
    heading: 'Hver henvendelse følger en prosess du kan se',
    lead: 'Saksflyt tar imot henvendelser på alle kanaler, ruter dem til riktig enhet, passer fristene og holder alle orientert. Hver tjeneste har sin prosess, tegnet i BPMN, og tegningen er det som kjører.',
    tryIt: 'Prøv på fem minutter',
    openDocs: 'Åpne API-dokumentasjonen',
    stepsHeading: 'Prøv på fem minutter',
    stepsLead: 'Kopier linjene inn i en terminal, én etter én. De trenger bare curl og Node.',
    copy: 'Kopier',
    copied: 'Kopiert',
    rightsHeading: 'Hvem kan hva, og hvor',
    rightsLead: 'Tabellen er laget av tilgangsreglene og rutene selv.',
    may: 'Kan',
    where: 'Hvor',
    yes: 'Ja',
    no: 'Nei',
    usersHeading: 'Brukerne i demoen',
    usersLead: 'Alle har passordet demo. De to kommunene ser ingenting av hverandre.',
    login: 'Brukernavn',
    name: 'Navn',
    role: 'Rolle',
    units: 'Enheter',
    allUnits: 'ingen',
    doorsHeading: 'Inngangene',
    clock: 'Demoklokken viser',
    roles: {
      agent: 'Servicekonsulent',
      caseworker: 'Saksbehandler',
      manager: 'Enhetsleder',
      owner: 'Prosesseier',
      admin: 'Administrator',
      keyUser: 'Nøkkelbruker',
      archivist: 'Arkivar',
      dpo: 'Personvernombud',
      accessOfficer: 'Innsynsbehandler',
      crisisLeader: 'Kriseleder',
    },
    tenants: { fjordvik: 'Fjordvik kommune', bispevik: 'Bispevik kommune' },
    doors: [
      {
        href: '/api/docs',
        title: 'API-dokumentasjon',
        text: 'Alle ruter under /api, med eksempler som kan kjøres fra nettleseren.',
      },
      {
        href: '/api/openapi.json',
        title: 'OpenAPI 3.1',
        text: 'Samme dokumentasjon for programmer, laget av rutenes egne erklæringer.',
      },
      {
        href: '/v2/topology',
        title: 'Prosessmotoren',
        text: 'Camunda 8 Orchestration Cluster API under /v2, for klienter og arbeidere du har fra før.',
      },
      {
        href: '/healthz',
        title: 'Driftsstatus',
        text: 'Svarer når tjenesten og databasen gjør det; /readyz når den tar imot mer.',
      },
    ],
    figure: {
      title:
        'En henvendelse rutes til en enhet, behandles og avsluttes. Går fristen ut, eskaleres den.',
      start: 'Henvendelse',
      route: 'Rut til enhet',
      handle: 'Behandle',
      deadline: 'Frist',
      escalate: 'Eskaler',
      end: 'Besvart',
    },
  },
  en: {
    title: 'Saksflyt – citizens’ inquiries, from channel to answer',
    heading: 'Every inquiry follows a process you can see',
    lead: 'Saksflyt takes inquiries on every channel, routes them to the right unit, minds the deadlines and keeps everybody informed. Each service has its process, drawn in BPMN, and the drawing is what runs.',
    tryIt: 'Try it in five minutes',
    openDocs: 'Open the API documentation',
    stepsHeading: 'Try it in five minutes',
    stepsLead:
      'Copy the lines into a terminal, one after the other. They need curl and Node, no more.',
    copy: 'Copy',
    copied: 'Copied',
    rightsHeading: 'Who can do what, and where',
    rightsLead: 'The table is made from the access rules and the routes themselves.',
    may: 'Can',
    where: 'Where',
    yes: 'Yes',
    no: 'No',
    usersHeading: 'The users of the demo',
    usersLead: 'All have the password demo. The two municipalities see nothing of each other.',
    login: 'User name',
    name: 'Name',
    role: 'Role',
    units: 'Units',
    allUnits: 'none',
    doorsHeading: 'The ways in',
    clock: 'The demo clock says',
    roles: {
      agent: 'Service agent',
      caseworker: 'Caseworker',
      manager: 'Unit manager',
      owner: 'Process owner',
      admin: 'Administrator',
      keyUser: 'Key user',
      archivist: 'Archivist',
      dpo: 'Data protection officer',
      accessOfficer: 'Access officer',
      crisisLeader: 'Crisis leader',
    },
    tenants: { fjordvik: 'Fjordvik municipality', bispevik: 'Bispevik municipality' },
    doors: [
      {
        href: '/api/docs',
        title: 'API documentation',
        text: 'Every route under /api, with examples that run from the browser.',
      },
      {
        href: '/api/openapi.json',
        title: 'OpenAPI 3.1',
        text: 'The same documentation for programs, made from the routes’ own declarations.',
      },
      {
        href: '/v2/topology',
        title: 'The process engine',
        text: 'The Camunda 8 Orchestration Cluster API under /v2, for clients and workers you already have.',
      },
      {
        href: '/healthz',
        title: 'Health',
        text: 'Answers when the service and its database do; /readyz when it takes more work.',
      },
    ],
    figure: {
      title:
        'An inquiry is routed to a unit, handled and closed. When its deadline passes, it is escalated.',
      start: 'Inquiry',
      route: 'Route to unit',
      handle: 'Handle',
      deadline: 'Deadline',
      escalate: 'Escalate',
      end: 'Answered',
    },
  },
};
