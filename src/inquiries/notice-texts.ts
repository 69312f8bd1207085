import type { NoticeTexts } from './notices.js';

/** What a unit may have to tell a street at once. */
export const NOTICE_KINDS = ['waterOff', 'boilWater', 'sewer', 'roadClosed'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** The standing words for each: there is no time to write them when it happens. */
export const NOTICE_TEXTS: Readonly<Record<NoticeKind, NoticeTexts>> = {
  waterOff: {
    nb: 'Vannet er stengt mens vi reparerer en lekkasje. La kranen renne litt når vannet er tilbake.',
    nn: 'Vatnet er stengt medan vi reparerer ein lekkasje. La krana renne litt når vatnet er tilbake.',
    en: 'The water is turned off while we repair a leak. Let the tap run for a while when it is back.',
  },
  boilWater: {
    nb: 'Kok vannet før du drikker det. Vi sier fra her når det ikke er nødvendig lenger.',
    nn: 'Kok vatnet før du drikk det. Vi seier frå her når det ikkje trengst lenger.',
    en: 'Boil the water before you drink it. We shall tell you here when this is no longer needed.',
  },
  sewer: {
    nb: 'Avløpet er tett, og vi arbeider med det. Bruk så lite vann som mulig.',
    nn: 'Avløpet er tett, og vi arbeider med det. Bruk så lite vatn som råd.',
    en: 'The sewer is blocked and we are working on it. Use as little water as you can.',
  },
  roadClosed: {
    nb: 'Veien er stengt mens vi arbeider.',
    nn: 'Vegen er stengd medan vi arbeider.',
    en: 'The road is closed while we work.',
  },
};

/** What a crisis tells until its leader has found better words. */
export function crisisTexts(service: NoticeTexts): NoticeTexts {
  return {
    nb: `Svært mange melder om ${lower(service.nb)} akkurat nå. Vi vet om det og prioriterer det viktigste først. Alle meldinger blir registrert, men vi kan ikke love når hver enkelt får svar. Alle får beskjed samlet når det er gjort.`,
    nn: `Svært mange melder om ${lower(service.nn)} akkurat no. Vi veit om det og prioriterer det viktigaste først. Alle meldingar blir registrerte, men vi kan ikkje love når kvar enkelt får svar. Alle får beskjed samla når det er gjort.`,
    en: `Very many people are reporting ${lower(service.en)} right now. We know, and take the most important first. Every report is registered, but we cannot promise when each will have an answer. Everybody will be told together when it is done.`,
  };
}

function lower(name: string): string {
  return /^\p{Lu}(?!\p{Lu})/u.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}
