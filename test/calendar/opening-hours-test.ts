import { expect } from 'chai';
import fc from 'fast-check';
import { parseDateTime } from '../../src/calendar/date-time.js';
import { fromDayNumber, toDayNumber } from '../../src/calendar/local-date.js';
import { addOpeningHours, nextOpening, openTimeBetween } from '../../src/calendar/opening-hours.js';
import { toLocal } from '../../src/calendar/oslo-time.js';
import { ORDINARY_PERIOD, hoursOn, unitDayOff } from '../../src/calendar/unit-calendar.js';
import type { CalendarPeriod, UnitCalendar } from '../../src/calendar/unit-calendar.js';

const HOUR = 3_600_000;
const allDay = [['00:00', '24:00']] as const;
const always: CalendarPeriod = {
  ...ORDINARY_PERIOD,
  hours: {
    '1': allDay,
    '2': allDay,
    '3': allDay,
    '4': allDay,
    '5': allDay,
    '6': allDay,
    '7': allDay,
    holiday: allDay,
  },
};
const night: CalendarPeriod = {
  ...ORDINARY_PERIOD,
  hours: { '1': [['22:00', '24:00']], '2': [['00:00', '06:00']] },
};
const cautious: CalendarPeriod = {
  ...ORDINARY_PERIOD,
  closed: ['christmasEve', 'newYearsEve', 'wednesdayBeforeEaster'],
  closedOn: ['2026-10-02'],
};

describe('Opening hours', () => {
  const after = (from: string, hours: number, calendar: UnitCalendar = []) =>
    addOpeningHours(parseDateTime(from), hours * HOUR, calendar).toISOString();

  it('pass while the unit is open, and what comes in at night begins in the morning', () => {
    expect(after('2026-11-23T10:00', 4)).to.equal('2026-11-23T13:00:00.000Z');
    expect(after('2026-11-23T14:30', 4)).to.equal('2026-11-24T10:00:00.000Z');
    expect(after('2026-11-27T23:59', 1)).to.equal('2026-11-30T08:00:00.000Z');
    expect(after('2026-11-23T14:30', 1)).to.equal('2026-11-23T14:30:00.000Z');
  });

  it('skip holidays, and the unit’s own closing days while they hold', () => {
    expect(after('2026-12-23T15:00', 1, [cautious])).to.equal('2026-12-28T07:30:00.000Z');
    expect(after('2026-12-23T15:00', 1)).to.equal('2026-12-24T07:30:00.000Z');
    expect(after('2026-10-01T15:00', 1, [cautious])).to.equal('2026-10-05T06:30:00.000Z');
    const until: CalendarPeriod = { ...cautious, validTo: '2026-10-01' };
    expect(after('2026-10-01T15:00', 1, [until])).to.equal('2026-10-02T06:30:00.000Z');
    const easter = toDayNumber({ year: 2026, month: 4, day: 1 });
    expect(unitDayOff([cautious], easter)).to.equal('wednesdayBeforeEaster');
    expect(hoursOn([cautious], easter)).to.deep.equal([]);
  });

  it('go on over midnight', () => {
    expect(after('2026-11-23T23:00', 2, [night])).to.equal('2026-11-24T00:00:00.000Z');
    expect(after('2026-11-24T05:30', 1, [night])).to.equal('2026-11-30T21:30:00.000Z');
  });

  it('are elapsed hours where somebody is always there, also when the clock is changed', () => {
    expect(after('2026-03-28T23:30', 2, [always])).to.equal('2026-03-29T00:30:00.000Z');
    expect(after('2026-03-29T01:30', 2, [always])).to.equal('2026-03-29T02:30:00.000Z');
    expect(after('2026-10-25T01:30', 2, [always])).to.equal('2026-10-25T01:30:00.000Z');
    const [from, to] = [parseDateTime('2026-03-29'), parseDateTime('2026-03-30')];
    expect(openTimeBetween(from, to, [always])).to.equal(23 * HOUR);
    const [first, last] = [parseDateTime('2026-10-25'), parseDateTime('2026-10-26')];
    expect(openTimeBetween(first, last, [always])).to.equal(25 * HOUR);
  });

  it('refuse a calendar that never opens, and a time that is none', () => {
    const never: CalendarPeriod = { ...ORDINARY_PERIOD, hours: {} };
    const now = new Date('2026-11-23T10:00:00Z');
    expect(() => addOpeningHours(now, 1, [never])).to.throw(TypeError, 'never opens');
    expect(() => addOpeningHours(now, -1, [])).to.throw(TypeError);
    expect(() => addOpeningHours(new Date(NaN), 1, [])).to.throw(TypeError);
  });

  const instants = fc.date({
    min: new Date('1990-01-01T00:00:00Z'),
    max: new Date('2060-01-01T00:00:00Z'),
    noInvalidDate: true,
  });
  const times = fc.integer({ min: 0, max: 200 * HOUR });
  const calendars = fc.constantFrom<UnitCalendar>([], [always], [night], [cautious]);

  it('hold for any time: what was added has passed, and it ends while the unit is open', () => {
    fc.assert(
      fc.property(instants, times, calendars, (from, time, calendar) => {
        const due = addOpeningHours(from, time, calendar);
        expect(openTimeBetween(from, due, calendar)).to.equal(time);
        const { hour, minute } = toLocal(due);
        const day = toDayNumber(toLocal(due));
        const text = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
        // The end of a day is the first moment of the next.
        const spans = text === '00:00' ? hoursOn(calendar, day - 1) : [];
        const isOpen =
          hoursOn(calendar, day).some(([open, close]) => open <= text && text <= close) ||
          spans.some(([, close]) => close === '24:00');
        expect(isOpen, `${JSON.stringify(fromDayNumber(day))} ${text}`).to.equal(true);
      }),
      { numRuns: 300 },
    );
  });

  it('are monotone: later in or more time is never due earlier', () => {
    fc.assert(
      fc.property(instants, times, times, calendars, (from, time, more, calendar) => {
        const due = addOpeningHours(from, time, calendar).getTime();
        expect(addOpeningHours(from, time + more, calendar).getTime()).to.be.at.least(due);
        const later = new Date(from.getTime() + more);
        expect(addOpeningHours(later, time, calendar).getTime()).to.be.at.least(due);
        expect(nextOpening(from, calendar).getTime()).to.be.at.least(from.getTime());
      }),
      { numRuns: 300 },
    );
  });
});
