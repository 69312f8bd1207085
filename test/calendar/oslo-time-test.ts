import { expect } from 'chai';
import fc from 'fast-check';
import { endOfDay, startOfDay, toInstant, toLocal } from '../../src/calendar/oslo-time.js';

const at = (year: number, month: number, day: number, hour = 0, minute = 0) =>
  toInstant({ year, month, day, hour, minute, second: 0, millisecond: 0 }).toISOString();

describe('Oslo time', () => {
  it('is one hour ahead of UTC in winter and two in summer', () => {
    expect(at(2026, 1, 15, 12)).to.equal('2026-01-15T11:00:00.000Z');
    expect(at(2026, 7, 15, 12)).to.equal('2026-07-15T10:00:00.000Z');
  });

  it('moves a time that the spring change skips forward by the missing hour', () => {
    expect(at(2026, 3, 29, 2, 30)).to.equal('2026-03-29T01:30:00.000Z');
    expect(toLocal(new Date('2026-03-29T01:30:00Z'))).to.include({ hour: 3, minute: 30 });
  });

  it('takes a time that the autumn change shows twice the first time', () => {
    expect(at(2026, 10, 25, 2, 30)).to.equal('2026-10-25T00:30:00.000Z');
  });

  it('knows both sides of a change', () => {
    expect(at(2026, 3, 29, 1, 59)).to.equal('2026-03-29T00:59:00.000Z');
    expect(at(2026, 3, 29, 3)).to.equal('2026-03-29T01:00:00.000Z');
    expect(at(2026, 10, 25, 1, 59)).to.equal('2026-10-24T23:59:00.000Z');
    expect(at(2026, 10, 25, 3)).to.equal('2026-10-25T02:00:00.000Z');
  });

  it('has days of 23, 24 and 25 hours', () => {
    const hours = (month: number, day: number) => {
      const date = { year: 2026, month, day };
      return (endOfDay(date).getTime() + 1 - startOfDay(date).getTime()) / 3_600_000;
    };
    expect([hours(3, 29), hours(6, 1), hours(10, 25)]).to.deep.equal([23, 24, 25]);
  });

  it('reads back what it wrote, at any instant outside the hour that comes twice', () => {
    const instants = fc.date({
      min: new Date('1990-01-01T00:00:00Z'),
      max: new Date('2090-01-01T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, (instant) => {
        const difference = instant.getTime() - toInstant(toLocal(instant)).getTime();
        expect(difference).to.be.oneOf([0, 3_600_000]);
      }),
    );
  });

  it('refuses an invalid date, a year out of range and what is no date', () => {
    expect(() => toLocal(new Date(NaN))).to.throw(TypeError, 'not a valid date');
    expect(() => toLocal('2026-01-01' as unknown as Date)).to.throw(TypeError);
    expect(() => toLocal(new Date('1500-01-01'))).to.throw(TypeError, 'not a day');
    expect(() => startOfDay({ year: 2026, month: 2, day: 30 })).to.throw(TypeError);
  });
});
