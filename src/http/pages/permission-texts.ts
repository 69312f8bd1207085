import type { Permission } from '../../access/policy.js';

/** What each permission lets somebody do, in a reader's words. */
export const PERMISSION_TEXTS: Readonly<Record<Permission, { nb: string; en: string }>> = {
  'self.read': { nb: 'Se hvem jeg er', en: 'See who I am' },
  'services.read': { nb: 'Se tjenestekatalogen', en: 'See the service catalogue' },
  'inquiries.register': { nb: 'Registrere henvendelser', en: 'Register inquiries' },
  'inquiries.read': {
    nb: 'Finne og lese henvendelser (enhetens egne; skranken og administrator alle)',
    en: 'Find and read inquiries (their unit’s; the front desk and administrators all)',
  },
  'content.read': {
    nb: 'Lese det som er sagt i henvendelser (skjermede bare for enheten som har dem)',
    en: 'Read what was said in inquiries (restricted ones for the unit that has them only)',
  },
  'dialogue.write': {
    nb: 'Skrive meldinger og notater på henvendelser',
    en: 'Write messages and notes on inquiries',
  },
  'registers.read': {
    nb: 'Slå opp adresser, organisasjoner og eiendommer',
    en: 'Look up addresses, organisations and properties',
  },
  'registers.lookUpPersons': {
    nb: 'Slå opp hvordan en innbygger kan nås, for en sak',
    en: 'Look up how a citizen may be reached, for a case',
  },
  'inquiries.reroute': {
    nb: 'Sende saker videre til en annen enhet',
    en: 'Send cases on to another unit',
  },
  'services.teach': { nb: 'Lære tjenester nye ord', en: 'Teach services new words' },
  'routing.read': { nb: 'Se hvor ofte rutingen bommer', en: 'See how often routing is wrong' },
  'routing.test': {
    nb: 'Prøve en endret rutingtabell på gamle saker',
    en: 'Try a changed routing table on past cases',
  },
  'hooks.manage': {
    nb: 'Koble til telefon- og chatsystem',
    en: 'Connect the telephone and chat systems',
  },
  'contacts.read': { nb: 'Finne samtaler', en: 'Find conversations' },
  'chasers.read': {
    nb: 'Se hvor saker står når innbyggere purrer',
    en: 'See where cases stand when citizens ask again',
  },
  'tasks.read': { nb: 'Se oppgavelisten', en: 'See the task list' },
  'tasks.work': {
    nb: 'Ta og slippe oppgaver man er kandidat til',
    en: 'Claim and release tasks one is a candidate for',
  },
  'tasks.complete': { nb: 'Fullføre egne oppgaver', en: 'Complete one’s own tasks' },
  'tasks.assign': { nb: 'Fordele oppgaver til andre', en: 'Assign tasks to others' },
  'deadlines.change': {
    nb: 'Stoppe og flytte frister i enhetens saker',
    en: 'Pause and move deadlines of one’s unit’s cases',
  },
  'deadlines.rule': {
    nb: 'Endre garantier, lovfrister og åpningstider',
    en: 'Change promises, legal deadlines and opening hours',
  },
  'breaches.read': { nb: 'Se brutte frister', en: 'See missed deadlines' },
  'services.change': {
    nb: 'Endre tjenestekatalogen og overta tjenester fra andre',
    en: 'Change the service catalogue and take services over from others',
  },
  'messageTexts.change': {
    nb: 'Endre tekstene i meldinger som sendes av seg selv',
    en: 'Change the texts of messages that are sent by themselves',
  },
  'organisation.read': { nb: 'Se organisasjonen', en: 'See the organisation' },
  'organisation.change': {
    nb: 'Endre egen enhet og hvem som arbeider der (administrator: alle)',
    en: 'Change one’s own unit and who works there (administrators: all)',
  },
  'organisation.reorganise': {
    nb: 'Slå sammen, dele, flytte og avslutte enheter',
    en: 'Merge, split, move and end units',
  },
  'absences.change': {
    nb: 'Melde fravær og stedfortreder (egne; lederen for sin enhet)',
    en: 'Report absence and substitute (one’s own; managers for their unit)',
  },
  'ownership.read': {
    nb: 'Se hva som mangler eier',
    en: 'See what has no owner',
  },
  'crises.read': { nb: 'Se når det er krisemodus', en: 'See when crisis mode is on' },
  'crises.lead': { nb: 'Slå krisemodus av og på', en: 'Switch crisis mode on and off' },
  'beats.report': {
    nb: 'Melde en rode ferdig og svare alle samlet',
    en: 'Report a beat done and answer everybody together',
  },
  'holds.change': {
    nb: 'Holde tilbake saker fra avidentifisering',
    en: 'Keep cases from being de-identified',
  },
  'disposals.read': {
    nb: 'Se kassasjonslister og sperrer',
    en: 'See disposal lists and holds',
  },
  'coverage.read': {
    nb: 'Se tjenester uten modell og modeller uten tjeneste',
    en: 'See services without a model and models without a service',
  },
  'processes.read': {
    nb: 'Se prosesser og beslutningstabeller',
    en: 'See processes and decision tables',
  },
  'processes.deploy': { nb: 'Publisere prosesser', en: 'Publish processes' },
  'instances.read': { nb: 'Følge kjørende prosesser', en: 'Follow running processes' },
  'instances.control': { nb: 'Starte og stoppe prosesser', en: 'Start and cancel processes' },
  'incidents.read': {
    nb: 'Se hendelser som stanser en prosess',
    en: 'See incidents that hold a process up',
  },
  'incidents.resolve': {
    nb: 'Prøve på nytt eller hoppe over med begrunnelse',
    en: 'Retry them, or skip them with a reason',
  },
  'messages.publish': { nb: 'Sende meldinger til prosesser', en: 'Send messages to processes' },
  'open311.manage': {
    nb: 'Gi og trekke nøkler for Open311',
    en: 'Give and revoke keys for Open311',
  },
  'mailAddresses.manage': {
    nb: 'Bestemme hvilke e-postadresser kommunen tar imot på',
    en: 'Decide which e-mail addresses the municipality takes mail on',
  },
  'jobs.work': { nb: 'Utføre jobber som ekstern arbeider', en: 'Work jobs as an external worker' },
  'clock.move': { nb: 'Stille demoklokken frem', en: 'Move the demo clock forwards' },
};
