import type { DayLine } from '../calendar/counting.js';
import type { DayOff } from '../calendar/unit-calendar.js';
import type { PauseReason } from './case-clock.js';
import type { ClockRule } from './deadlines.js';

export interface Words {
  nb: string;
  en: string;
}

const DAYS_OFF: Readonly<Record<DayOff, Words>> = {
  saturday: { nb: 'lørdag', en: 'Saturday' },
  sunday: { nb: 'søndag', en: 'Sunday' },
  newYearsDay: { nb: 'første nyttårsdag', en: 'New Year’s Day' },
  maundyThursday: { nb: 'skjærtorsdag', en: 'Maundy Thursday' },
  goodFriday: { nb: 'langfredag', en: 'Good Friday' },
  easterSunday: { nb: 'første påskedag', en: 'Easter Sunday' },
  easterMonday: { nb: 'andre påskedag', en: 'Easter Monday' },
  labourDay: { nb: 'første mai', en: 'Labour Day' },
  constitutionDay: { nb: 'grunnlovsdagen', en: 'Constitution Day' },
  ascensionDay: { nb: 'Kristi himmelfartsdag', en: 'Ascension Day' },
  whitSunday: { nb: 'første pinsedag', en: 'Whit Sunday' },
  whitMonday: { nb: 'andre pinsedag', en: 'Whit Monday' },
  christmasDay: { nb: 'første juledag', en: 'Christmas Day' },
  boxingDay: { nb: 'andre juledag', en: 'Boxing Day' },
  christmasEve: { nb: 'enheten holder stengt julaften', en: 'the unit is closed on 24 December' },
  newYearsEve: {
    nb: 'enheten holder stengt nyttårsaften',
    en: 'the unit is closed on 31 December',
  },
  wednesdayBeforeEaster: {
    nb: 'enheten holder stengt onsdag før påske',
    en: 'the unit is closed on the Wednesday before Easter',
  },
  unitClosed: { nb: 'enheten holder stengt', en: 'the unit is closed' },
};

const PAUSES: Readonly<Record<PauseReason, Words>> = {
  awaitingCitizen: {
    nb: 'vi venter på opplysninger fra innbyggeren',
    en: 'we wait for information from the citizen',
  },
  specialCircumstances: { nb: 'særlige omstendigheter', en: 'special circumstances' },
  partyRequest: { nb: 'parten har bedt om utsettelse', en: 'the party asked for time' },
};

/** What a day did to a deadline, as a sentence without its full stop. */
export function dayWords({ as, number, why = '' }: DayLine): Words {
  switch (as) {
    case 'received':
      return { nb: 'mottatt; dagen teller ikke', en: 'received; the day is not counted' };
    case 'counted':
      return number === undefined || number === 0
        ? { nb: 'siste dag', en: 'the last day' }
        : { nb: `dag ${number}`, en: `day ${number}` };
    case 'off':
      return wrap('teller ikke', 'not counted', DAYS_OFF[why as DayOff], why);
    case 'paused':
      return wrap('fristen står stille', 'the clock stands still', pauseWords(why), why);
    case 'moved':
      return wrap('flyttet til neste virkedag', 'moved on', DAYS_OFF[why as DayOff], why);
  }
}

export function pauseWords(reason: string): Words | undefined {
  return (PAUSES as Record<string, Words>)[reason];
}

/** How a promise is counted. */
export function guaranteeWords({ guarantee, own }: ClockRule): Words {
  if (own !== null) return { nb: 'dato satt for denne saken', en: 'a date set for this case' };
  if (!guarantee) {
    return {
      nb: 'ingen garanti; lovfristen eller en måned',
      en: 'no promise; the law or a month',
    };
  }
  const { hours, workingDays } = guarantee;
  if (!hours) return { nb: `${workingDays} virkedager`, en: `${workingDays} working days` };
  return hours.within === 'always'
    ? { nb: `${hours.duration}, hele døgnet`, en: `${hours.duration}, day and night` }
    : { nb: `${hours.duration} i åpningstiden`, en: `${hours.duration} of opening hours` };
}

/** How a deadline in law is counted. */
export function statutoryWords({ statutory }: ClockRule): Words {
  const days = statutory?.workingDays;
  if (days !== undefined) return { nb: `${days} virkedager`, en: `${days} working days` };
  const duration = statutory?.duration ?? '';
  return { nb: `${duration} fra mottak`, en: `${duration} from receipt` };
}

function wrap(nb: string, en: string, reason: Words | undefined, code: string): Words {
  return { nb: `${nb}: ${reason?.nb ?? code}`, en: `${en}: ${reason?.en ?? code}` };
}
