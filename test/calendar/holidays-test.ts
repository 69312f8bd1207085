import { expect } from 'chai';
import fc from 'fast-check';
import { easterSunday, holidayOn, holidaysOf, isHoliday } from '../../src/calendar/holidays.js';
import {
  dayOfWeek,
  formatLocalDate,
  fromDayNumber,
  toDayNumber,
} from '../../src/calendar/local-date.js';

function named(year: number): Record<string, string> {
  return Object.fromEntries(
    [...holidaysOf(year)].map(([day, name]) => [formatLocalDate(fromDayNumber(day)), name]),
  );
}

describe('Norwegian public holidays', () => {
  it('are these twelve in 2026', () => {
    expect(named(2026)).to.deep.equal({
      '2026-01-01': 'newYearsDay',
      '2026-04-02': 'maundyThursday',
      '2026-04-03': 'goodFriday',
      '2026-04-05': 'easterSunday',
      '2026-04-06': 'easterMonday',
      '2026-05-01': 'labourDay',
      '2026-05-14': 'ascensionDay',
      '2026-05-17': 'constitutionDay',
      '2026-05-24': 'whitSunday',
      '2026-05-25': 'whitMonday',
      '2026-12-25': 'christmasDay',
      '2026-12-26': 'boxingDay',
    });
  });

  it('fall together in 2027, when 17 May is Whit Monday, and the fixed day gives the name', () => {
    expect(Object.keys(named(2027))).to.have.length(11);
    expect(holidayOn({ year: 2027, month: 5, day: 17 })).to.equal('constitutionDay');
  });

  for (const [year, easter] of [
    [1583, '1583-04-10'],
    [1818, '1818-03-22'],
    [1943, '1943-04-25'],
    [1961, '1961-04-02'],
    [2000, '2000-04-23'],
    [2008, '2008-03-23'],
    [2024, '2024-03-31'],
    [2025, '2025-04-20'],
    [2027, '2027-03-28'],
    [2038, '2038-04-25'],
  ] as const) {
    it(`Easter ${year} is ${easter}`, () => {
      expect(formatLocalDate(easterSunday(year))).to.equal(easter);
    });
  }

  it('Easter is always a Sunday from 22 March to 25 April', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1583, max: 9999 }), (year) => {
        const easter = toDayNumber(easterSunday(year));
        expect(dayOfWeek(easter)).to.equal(7);
        expect(easter).to.be.within(
          toDayNumber({ year, month: 3, day: 22 }),
          toDayNumber({ year, month: 4, day: 25 }),
        );
      }),
    );
  });

  it('Christmas Eve, New Year’s Eve and an ordinary Sunday are none', () => {
    for (const date of [
      { year: 2026, month: 12, day: 24 },
      { year: 2026, month: 12, day: 31 },
      { year: 2026, month: 11, day: 22 },
    ]) {
      expect(isHoliday(date)).to.equal(false);
    }
  });

  it('a day that is not in the calendar is refused', () => {
    for (const date of [
      { year: 2026, month: 2, day: 29 },
      { year: 2026, month: 13, day: 1 },
      { year: 2026, month: 0, day: 1 },
      { year: 2026, month: 1, day: 0 },
      { year: 1500, month: 1, day: 1 },
      { year: 10000, month: 1, day: 1 },
      { year: 2026, month: 1, day: 1.5 },
    ]) {
      expect(() => isHoliday(date)).to.throw(TypeError, 'not a day');
    }
  });
});
