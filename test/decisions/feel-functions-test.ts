import { expect } from 'chai';
import { FeelError } from '../../src/decisions/feel-error.js';
import { evaluateFeel } from '../../src/decisions/feel.js';

const now = new Date('2026-11-23T09:00:00Z');
const context = { received: '2026-11-23T10:00:00+01:00', day: '2026-11-20', time: now };

describe('Working days in FEEL', () => {
  for (const [expression, value] of [
    ['add working days(received, 4)', '2026-11-27T22:59:59.999Z'],
    ['add working days(now(), 4)', '2026-11-27T22:59:59.999Z'],
    ['add working days(today(), 4)', '2026-11-27T22:59:59.999Z'],
    ['add working days(time, 4)', '2026-11-27T22:59:59.999Z'],
    ['add working days(date: received, days: 4)', '2026-11-27T22:59:59.999Z'],
    ['add working days(date and time("2026-11-23T10:00:00"), 4)', '2026-11-27T22:59:59.999Z'],
    ['subtract working days(add working days(received, 4), 3)', '2026-11-24T22:59:59.999Z'],
    ['add working days(received, 4).hour', 23],
    ['working days between(day, today())', 1],
    ['working days between(today(), day)', -1],
    ['working days between(from: day, to: received) + 1', 2],
    ['add working days(null, 4)', null],
    ['add working days(received, null)', null],
    ['add working days(received)', null],
    ['is working day(date("2026-05-14"))', false],
    ['is working day(date("2026-05-15"))', true],
    ['next working day(date("2026-05-16"))', '2026-05-18T21:59:59.999Z'],
    ['next working day(null)', null],
    ['complaint deadline(date("2026-03-13"))', '2026-04-07T21:59:59.999Z'],
    ['add opening hours(date and time("2026-11-27T15:00:00"), 1)', '2026-11-30T07:30:00.000Z'],
    ['add opening hours("2026-11-27T15:00", duration("PT30M"))', '2026-11-27T14:30:00.000Z'],
    [
      'add opening hours("2026-11-28T01:00", 2, {"6": [["00:00", "24:00"]]})',
      '2026-11-28T02:00:00.000Z',
    ],
    ['add opening hours("2026-11-28T01:00", null)', null],
    ['working days between(null, day)', null],
    ['working days between(day, missing)', null],
  ] as const) {
    it(`${expression} is ${value}`, () => {
      expect(evaluateFeel(expression, context, { now })).to.equal(value);
    });
  }

  for (const [expression, reason] of [
    ['add working days(5, 4)', 'add working days: number instead of a date'],
    ['add working days("soon", 4)', 'add working days: a text that is not an ISO 8601 date'],
    [
      'add opening hours("2026-11-28", duration("P1D"))',
      'add opening hours: days instead of hours',
    ],
    ['add opening hours("2026-11-28", 1, {"8": []})', 'add opening hours: hours that are none'],
    [
      'add opening hours("2026-11-28", 1, {"1": []})',
      'add opening hours: the calendar never opens',
    ],
    ['is working day(1)', 'is working day: number instead of a date'],
    ['add working days(duration("P1D"), 4)', 'add working days: duration instead of a date'],
    ['add working days(time("10:00:00"), 4)', 'add working days: time instead of a date'],
    ['subtract working days(day, "4")', 'subtract working days: string instead of a number'],
    ['subtract working days(day, [1])', 'subtract working days: list instead of a number'],
    ['add working days(day, date(day))', 'add working days: date instead of a number'],
    [
      'add working days(day, date and time(day))',
      'add working days: date and time instead of a number',
    ],
    ['add working days({}, 1)', 'add working days: context instead of a date'],
    ['add working days(true, 1)', 'add working days: boolean instead of a date'],
    ['add working days(count, 1)', 'add working days: function instead of a date'],
    ['add working days([1..2], 1)', 'add working days: range instead of a date'],
    [
      'add working days(day, -1)',
      'add working days: working days must be an integer from 0 to 10000',
    ],
  ] as const) {
    it(`${expression} is an error, and no deadline that gets lost`, () => {
      expect(() => evaluateFeel(expression, { day: context.day }))
        .to.throw(FeelError)
        .that.includes({ code: 'feel_evaluation', reason });
    });
  }
});
