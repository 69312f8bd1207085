import { expect } from 'chai';
import fc from 'fast-check';
import { cycleOccurrence, parseCycle } from '../../src/calendar/cycle.js';
import { parseDateTime } from '../../src/calendar/date-time.js';
import { addDuration, parseDuration } from '../../src/calendar/duration.js';
import { InvalidError } from '../../src/kernel/errors.js';

const later = (from: string, duration: string) =>
  addDuration(parseDateTime(from), parseDuration(duration)).toISOString();

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    expect(error).to.be.instanceOf(InvalidError);
    expect((error as InvalidError).details).to.have.length(1);
    return (error as InvalidError).code;
  }
  throw new Error('nothing was thrown');
}

describe('A duration', () => {
  for (const [text, parts] of [
    ['P1M', { months: 1 }],
    ['P6M', { months: 6 }],
    ['PT4H', { hours: 4 }],
    ['P10D', { days: 10 }],
    ['P1Y2M', { years: 1, months: 2 }],
    ['P2W', { weeks: 2 }],
    [' P1DT2H30M1.5S ', { days: 1, hours: 2, minutes: 30, seconds: 1.5 }],
    ['PT0S', {}],
  ] as const) {
    it(`${text} is read`, () => {
      const none = { years: 0, months: 0, weeks: 0, days: 0, hours: 0, minutes: 0, seconds: 0 };
      expect(parseDuration(text)).to.deep.equal({ ...none, ...parts });
    });
  }

  for (const text of ['', 'P', 'PT', 'P1', '1M', 'P1DT', '-P1D', 'P1.5D', 'P1H', 'P9999999999D']) {
    it(`"${text}" is refused`, () => {
      expect(codeOf(() => parseDuration(text))).to.equal('duration_invalid');
    });
  }

  for (const [from, duration, due] of [
    ['2026-01-31T10:00', 'P1M', '2026-02-28T09:00:00.000Z'],
    ['2028-01-31T10:00', 'P1M', '2028-02-29T09:00:00.000Z'],
    ['2028-02-29T10:00', 'P1Y', '2029-02-28T09:00:00.000Z'],
    ['2026-08-31T10:00', 'P6M', '2027-02-28T09:00:00.000Z'],
    ['2026-11-23T10:00', 'P1Y2M', '2028-01-23T09:00:00.000Z'],
    ['2026-03-28T10:00', 'P1D', '2026-03-29T08:00:00.000Z'],
    ['2026-03-28T10:00', 'PT24H', '2026-03-29T09:00:00.000Z'],
    ['2026-03-28T02:30', 'P1D', '2026-03-29T01:30:00.000Z'],
    ['2026-10-24T12:00', 'P1DT1H', '2026-10-25T12:00:00.000Z'],
    ['2026-10-25T00:30:00Z', 'PT1H', '2026-10-25T01:30:00.000Z'],
    ['2026-12-30T10:00', 'P2W', '2027-01-13T09:00:00.000Z'],
    ['2026-01-01T00:00:00Z', 'PT0.25S', '2026-01-01T00:00:00.250Z'],
  ] as const) {
    it(`${duration} after ${from} is ${due}`, () => {
      expect(later(from, duration)).to.equal(due);
    });
  }

  it('beyond the year 9999 is refused', () => {
    for (const duration of ['P9000Y', 'P999999999M', 'P99999999D', 'PT999999999H']) {
      expect(
        codeOf(() => later('2026-01-01', duration)),
        duration,
      ).to.equal('duration_too_long');
    }
    expect(() => addDuration(new Date(NaN), parseDuration('P1D'))).to.throw(TypeError);
  });

  it('of more months is never earlier', () => {
    const instants = fc.date({
      min: new Date('1990-01-01T00:00:00Z'),
      max: new Date('2090-01-01T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, fc.nat(40), (from, months) => {
        const more = addDuration(from, parseDuration(`P${months + 1}M`));
        expect(more).to.be.above(addDuration(from, parseDuration(`P${months}M`)));
      }),
    );
  });
});

describe('A cycle', () => {
  const setAt = parseDateTime('2026-01-31T08:00');
  const dates = (text: string, ...counts: number[]) =>
    counts.map((count) => cycleOccurrence(parseCycle(text), setAt, count)?.toISOString());

  it('without an end goes on', () => {
    expect(dates('R/PT15M', 1, 2, 100)).to.deep.equal([
      '2026-01-31T07:15:00.000Z',
      '2026-01-31T07:30:00.000Z',
      '2026-02-01T08:00:00.000Z',
    ]);
  });

  it('with a number ends', () => {
    expect(dates('R3/P1D', 3, 4)).to.deep.equal(['2026-02-03T07:00:00.000Z', undefined]);
  });

  it('with a start fires first at its start', () => {
    expect(dates('R5/2026-03-02T08:00/PT1H', 1, 2, 5, 6)).to.deep.equal([
      '2026-03-02T07:00:00.000Z',
      '2026-03-02T08:00:00.000Z',
      '2026-03-02T11:00:00.000Z',
      undefined,
    ]);
  });

  it('of a month does not slip from the end of the month', () => {
    expect(dates('R/P1M', 1, 2, 3)).to.deep.equal([
      '2026-02-28T07:00:00.000Z',
      '2026-03-31T06:00:00.000Z',
      '2026-04-30T06:00:00.000Z',
    ]);
  });

  for (const text of ['R/PT0S', 'R/PT0.5S', 'R3/PT0M', 'R/P0D']) {
    it(`${text} is too short`, () => {
      expect(codeOf(() => parseCycle(text))).to.equal('duration_too_short');
    });
  }

  it('of exactly one second is allowed', () => {
    expect(dates('R/PT1S', 1)).to.deep.equal(['2026-01-31T07:00:01.000Z']);
  });

  for (const [text, code] of [
    ['PT1H', 'cycle_invalid'],
    ['R0/PT1H', 'cycle_invalid'],
    ['R-1/PT1H', 'cycle_invalid'],
    ['R/PT1H/2026-01-01/PT1H', 'cycle_invalid'],
    ['R/hour', 'duration_invalid'],
    ['R2/yesterday/PT1H', 'date_time_invalid'],
  ] as const) {
    it(`${text} is refused`, () => {
      expect(codeOf(() => parseCycle(text))).to.equal(code);
    });
  }

  it('has no occurrence before the first', () => {
    for (const count of [0, -1, 1.5]) {
      expect(() => cycleOccurrence(parseCycle('R/PT1H'), setAt, count)).to.throw(TypeError);
    }
  });
});

describe('A date and time', () => {
  for (const [text, instant] of [
    ['2026-06-01', '2026-05-31T22:00:00.000Z'],
    ['2026-06-01T10:00', '2026-06-01T08:00:00.000Z'],
    ['2026-06-01T10:00:05.1239', '2026-06-01T08:00:05.123Z'],
    ['2026-06-01T10:00:00Z', '2026-06-01T10:00:00.000Z'],
    ['2026-06-01T10:00:00-03:30', '2026-06-01T13:30:00.000Z'],
    ['2026-06-01T10:00:00+02:00', '2026-06-01T08:00:00.000Z'],
  ] as const) {
    it(`${text} is ${instant}`, () => {
      expect(parseDateTime(text).toISOString()).to.equal(instant);
    });
  }

  for (const text of [
    'tomorrow',
    '2026-02-30',
    '2026-06-01T24:00',
    '2026-06-01T10:60',
    '2026-06-01T10:00:60',
    '2026-06-01T10:00:00+19:00',
    '2026-06-01T10:00:00+01:60',
    '2026-06-01Z',
  ]) {
    it(`${text} is refused`, () => {
      expect(codeOf(() => parseDateTime(text))).to.equal('date_time_invalid');
    });
  }
});
