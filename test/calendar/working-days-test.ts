import { expect } from 'chai';
import fc from 'fast-check';
import { isHoliday } from '../../src/calendar/holidays.js';
import { dayOfWeek, toDayNumber } from '../../src/calendar/local-date.js';
import { toInstant, toLocal } from '../../src/calendar/oslo-time.js';
import {
  addWorkingDays,
  isWorkingDay,
  MAX_WORKING_DAYS,
  subtractWorkingDays,
  workingDaysBetween,
} from '../../src/calendar/working-days.js';

/** An instant by what the wall shows in Oslo. */
function oslo(text: string): Date {
  const [year, month, day, hour, minute] = text.split(/[-T:]/).map(Number);
  return toInstant({
    year: year!,
    month: month!,
    day: day!,
    hour: hour ?? 12,
    minute: minute ?? 0,
    second: 0,
    millisecond: 0,
  });
}

function wall(date: Date): string {
  const { year, month, day, hour, minute, second, millisecond } = toLocal(date);
  return `${year}-${month}-${day} ${hour}:${minute}:${second}.${millisecond}`;
}

const instants = fc.date({
  min: new Date('1990-01-01T00:00:00Z'),
  max: new Date('2090-01-01T00:00:00Z'),
  noInvalidDate: true,
});
const days = fc.integer({ min: 0, max: 300 });

describe('Working days', () => {
  for (const [from, count, due, why] of [
    ['2026-11-23T09:00', 4, '2026-11-27', 'Monday and four days is Friday'],
    ['2026-11-23T00:00', 4, '2026-11-27', 'the first minute of a day is that day'],
    ['2026-11-23T23:59', 4, '2026-11-27', 'and so is the last'],
    ['2026-11-27T16:00', 1, '2026-11-30', 'a weekend is skipped'],
    ['2026-11-28T10:00', 1, '2026-11-30', 'received on a Saturday'],
    ['2026-04-01T10:00', 3, '2026-4-9', 'Easter takes four days from the week'],
    ['2026-12-23T10:00', 2, '2026-12-28', 'Christmas Eve counts, Christmas Day does not'],
    ['2027-05-14T10:00', 1, '2027-5-18', '17 May on Whit Monday is one day off, not two'],
    ['2026-03-27T10:00', 1, '2026-3-30', 'over the change to summer time'],
    ['2026-10-23T10:00', 1, '2026-10-26', 'over the change to winter time'],
    ['2026-11-23T09:00', 0, '2026-11-23', 'no days is the same day'],
    ['2026-11-28T09:00', 0, '2026-11-30', 'no days from a Saturday is Monday'],
  ] as const) {
    it(`${from} and ${count} days is the end of ${due}: ${why}`, () => {
      expect(wall(addWorkingDays(oslo(from), count))).to.equal(`${due} 23:59:59.999`);
    });
  }

  it('counts in Oslo, where midnight comes before UTC', () => {
    const due = addWorkingDays(new Date('2026-06-11T22:30:00Z'), 1);
    expect(due.toISOString()).to.equal('2026-06-15T21:59:59.999Z');
  });

  it('going back leaves so many whole days', () => {
    const warn = subtractWorkingDays(oslo('2026-11-27T23:59'), 3);
    expect(wall(warn)).to.equal('2026-11-24 23:59:59.999');
    expect(wall(subtractWorkingDays(oslo('2026-11-29'), 0))).to.equal('2026-11-27 23:59:59.999');
  });

  it('tells working days from others', () => {
    expect(isWorkingDay({ year: 2026, month: 11, day: 23 })).to.equal(true);
    expect(isWorkingDay({ year: 2026, month: 11, day: 28 })).to.equal(false);
    expect(isWorkingDay({ year: 2026, month: 5, day: 14 })).to.equal(false);
  });

  it('between two days counts the later and not the earlier, with a sign', () => {
    expect(workingDaysBetween(oslo('2026-11-23T23:59'), oslo('2026-11-27T00:00'))).to.equal(4);
    expect(workingDaysBetween(oslo('2026-11-27'), oslo('2026-11-23'))).to.equal(-4);
    expect(workingDaysBetween(oslo('2026-11-23T01:00'), oslo('2026-11-23T22:00'))).to.equal(0);
    expect(workingDaysBetween(oslo('2025-12-31'), oslo('2026-12-31'))).to.equal(253);
  });

  it('are never due on a weekend or a holiday', () => {
    fc.assert(
      fc.property(instants, days, (from, count) => {
        const due = toLocal(addWorkingDays(from, count));
        expect(isHoliday(due)).to.equal(false);
        expect(dayOfWeek(toDayNumber(due))).to.be.at.most(5);
      }),
    );
  });

  it('are later for a later start and for more days', () => {
    fc.assert(
      fc.property(instants, instants, days, (one, other, count) => {
        const [early, late] = one <= other ? [one, other] : [other, one];
        const more = count + 1;
        expect(addWorkingDays(early, count)).to.be.at.most(addWorkingDays(late, count));
        expect(addWorkingDays(early, more)).to.be.below(addWorkingDays(early, more + 1));
        expect(subtractWorkingDays(early, more + 1)).to.be.below(subtractWorkingDays(early, more));
      }),
    );
  });

  it('taken away again lead back to the working day they came from', () => {
    fc.assert(
      fc.property(instants, days, (from, count) => {
        const there = addWorkingDays(from, 0);
        const back = subtractWorkingDays(addWorkingDays(there, count), count);
        expect(back).to.deep.equal(there);
      }),
    );
  });

  it('between a start and its deadline are what was added', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 300 }), (from, count) => {
        expect(workingDaysBetween(from, addWorkingDays(from, count))).to.equal(count);
        expect(workingDaysBetween(addWorkingDays(from, count), from)).to.equal(-count);
      }),
    );
  });

  it('a number that is none, negative, broken or endless is refused', () => {
    for (const count of [-1, 1.5, NaN, Infinity, MAX_WORKING_DAYS + 1]) {
      expect(() => addWorkingDays(oslo('2026-01-01'), count)).to.throw(TypeError, 'working days');
      expect(() => subtractWorkingDays(oslo('2026-01-01'), count)).to.throw(TypeError);
    }
    expect(() => addWorkingDays(new Date(NaN), 1)).to.throw(TypeError, 'not a valid date');
    expect(() => workingDaysBetween(new Date(NaN), new Date())).to.throw(TypeError);
    expect(() => isWorkingDay({ year: 2026, month: 2, day: 31 })).to.throw(TypeError);
  });
});
