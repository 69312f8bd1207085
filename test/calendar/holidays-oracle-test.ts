import { expect } from 'chai';
import Holidays from 'date-holidays';
import { holidaysOf } from '../../src/calendar/holidays.js';
import { formatLocalDate, fromDayNumber } from '../../src/calendar/local-date.js';

describe('The twelve public holidays', () => {
  it('are those that date-holidays knows, from 1990 to 2060', () => {
    const oracle = new Holidays('NO', { types: ['public'] });
    for (let year = 1990; year <= 2060; year += 1) {
      const known = oracle.getHolidays(year).map(({ date }) => date.slice(0, 10));
      const ours = [...holidaysOf(year).keys()].map((day) => formatLocalDate(fromDayNumber(day)));
      expect(ours.sort(), String(year)).to.deep.equal([...new Set(known)].sort());
    }
  });
});
