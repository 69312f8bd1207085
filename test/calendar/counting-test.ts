import { expect } from 'chai';
import fc from 'fast-check';
import {
  countDuration,
  countFrom,
  countHours,
  countLawfulDays,
  countWorkingDays,
} from '../../src/calendar/counting.js';
import type { Pause } from '../../src/calendar/counting.js';
import { parseDateTime } from '../../src/calendar/date-time.js';
import { parseDuration } from '../../src/calendar/duration.js';
import {
  accessRequestTerms,
  complaintDeadline,
  interimReplyFrom,
} from '../../src/calendar/legal-terms.js';
import { toLocal } from '../../src/calendar/oslo-time.js';
import { ORDINARY_PERIOD } from '../../src/calendar/unit-calendar.js';
import type { CalendarPeriod } from '../../src/calendar/unit-calendar.js';
import { addWorkingDays, isWorkingDay } from '../../src/calendar/working-days.js';

const plain = { calendar: [], pauses: [] };
const closing: CalendarPeriod = { ...ORDINARY_PERIOD, closed: ['christmasEve'] };
const at = parseDateTime;
const day = (date: Date) => {
  const { year, month, day: number } = toLocal(date);
  return [year, month, number].map((part) => String(part).padStart(2, '0')).join('-');
};
const pause = (from: string, to: string): Pause => ({
  from: at(from),
  to: at(to),
  reason: 'awaitingCitizen',
});

describe('Counting to a deadline', () => {
  it('tells of every day why it counts or not', () => {
    const pauses = [pause('2026-05-11T10:00', '2026-05-12T10:00')];
    const { due, days } = countWorkingDays(at('2026-05-11T09:00'), 3, { calendar: [], pauses });
    expect(day(due)).to.equal('2026-05-18');
    expect(days.map(({ date, as, why, number }) => [date, as, why ?? number])).to.deep.equal([
      ['2026-05-11', 'received', undefined],
      ['2026-05-12', 'paused', 'awaitingCitizen'],
      ['2026-05-13', 'counted', 1],
      ['2026-05-14', 'off', 'ascensionDay'],
      ['2026-05-15', 'counted', 2],
      ['2026-05-16', 'off', 'saturday'],
      ['2026-05-17', 'off', 'constitutionDay'],
      ['2026-05-18', 'counted', 3],
    ]);
  });

  it('skips the days on which a unit is closed, but not in a deadline of the law', () => {
    const counting = { calendar: [closing], pauses: [] };
    const from = at('2026-12-22T09:00');
    expect(day(countWorkingDays(from, 2, counting).due)).to.equal('2026-12-28');
    expect(day(countLawfulDays(from, 2, counting).due)).to.equal('2026-12-24');
  });

  it('moves a month that ends on a day off, unless the municipality does not (domstolloven § 149)', () => {
    const month = parseDuration('P1M');
    expect(day(countDuration(at('2026-03-02'), month, plain).due)).to.equal('2026-04-07');
    const calendar = [{ ...ORDINARY_PERIOD, movesToWorkingDay: false }];
    const strict = countDuration(at('2026-03-02'), month, { calendar, pauses: [] });
    expect(day(strict.due)).to.equal('2026-04-02');
    const { days } = countDuration(at('2026-03-02'), month, plain);
    expect(days.filter(({ as }) => as === 'moved').map(({ why }) => why)).to.deep.equal([
      'maundyThursday',
      'goodFriday',
      'saturday',
      'easterSunday',
      'easterMonday',
    ]);
  });

  it('lengthens a month by each day of a pause, and hours by what was paused of them', () => {
    const pauses = [pause('2026-02-02T10:00', '2026-02-12T09:00')];
    const month = countDuration(at('2026-01-15'), parseDuration('P1M'), { calendar: [], pauses });
    expect(day(month.due)).to.equal('2026-02-25');
    const within = 'openingHours' as const;
    const hours = { calendar: [], pauses: [pause('2026-11-23T10:00', '2026-11-23T11:00')], within };
    expect(countHours(at('2026-11-23T09:30'), 3_600_000, hours).due).to.deep.equal(
      at('2026-11-23T11:30'),
    );
  });

  it('moves a date that somebody set only by what is paused after that', () => {
    const until = at('2026-03-20T12:00');
    const before = [pause('2026-03-02T10:00', '2026-03-06T10:00')];
    const since = at('2026-03-10');
    const unmoved = countFrom(until, since, { calendar: [], pauses: before }, 'workingDays');
    expect(unmoved.due).to.deep.equal(until);
    const after = [pause('2026-03-11T10:00', '2026-03-13T10:00')];
    const moved = countFrom(until, since, { calendar: [], pauses: after }, 'workingDays');
    expect(day(moved.due)).to.equal('2026-03-24');
  });

  it('knows the terms of the law: interim reply, complaint, access to documents', () => {
    expect(day(interimReplyFrom(at('2026-03-02T10:00')))).to.equal('2026-03-30');
    expect(day(complaintDeadline(at('2026-11-23T10:00')))).to.equal('2026-12-14');
    expect(day(complaintDeadline(at('2026-03-13T10:00')))).to.equal('2026-04-07');
    const terms = accessRequestTerms(at('2026-11-26T10:00'));
    expect(Object.values(terms).map(day)).to.deep.equal(['2026-11-27', '2026-12-01', '2026-12-03']);
  });

  const instants = fc.date({
    min: new Date('1990-01-01T00:00:00Z'),
    max: new Date('2060-01-01T00:00:00Z'),
    noInvalidDate: true,
  });
  const counts = fc.integer({ min: 0, max: 60 });
  const pauses = fc
    .array(fc.tuple(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 400 })), {
      maxLength: 3,
    })
    .map((spans) => (from: Date) => {
      let start = from.getTime();
      return spans.map(([wait, length]) => {
        const begin = new Date(start + wait * 3_600_000);
        start = begin.getTime() + length * 3_600_000;
        return { from: begin, to: new Date(start), reason: 'partyRequest' };
      });
    });

  it('is the plain count without pauses, and never earlier with them', () => {
    fc.assert(
      fc.property(instants, counts, pauses, (from, count, make) => {
        const without = countWorkingDays(from, count, plain).due;
        expect(without).to.deep.equal(addWorkingDays(from, count));
        const paused = { calendar: [], pauses: make(from) };
        const due = countWorkingDays(from, count, paused).due;
        expect(due.getTime()).to.be.at.least(without.getTime());
        expect(isWorkingDay(toLocal(due))).to.equal(true);
        const month = parseDuration('P1M');
        const lawful = countDuration(from, month, paused).due;
        expect(lawful.getTime()).to.be.at.least(countDuration(from, month, plain).due.getTime());
        expect(isWorkingDay(toLocal(lawful))).to.equal(true);
      }),
      { numRuns: 300 },
    );
  });

  it('is monotone: one day more, or one pause more, is never due earlier', () => {
    fc.assert(
      fc.property(instants, counts, pauses, (from, count, make) => {
        const all = make(from);
        const some = all.slice(0, -1);
        const due = countWorkingDays(from, count, { calendar: [], pauses: some }).due.getTime();
        const more = { calendar: [], pauses: all };
        expect(countWorkingDays(from, count, more).due.getTime()).to.be.at.least(due);
        const next = countWorkingDays(from, count + 1, { calendar: [], pauses: some }).due;
        // No days from a day off are as many as one.
        expect(next.getTime()).to.be.at.least(due);
      }),
      { numRuns: 300 },
    );
  });
});
