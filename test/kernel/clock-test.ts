import { expect } from 'chai';
import { movableClock, systemClock } from '../../src/kernel/clock.js';

describe('clock', () => {
  it('stands still until it is moved', () => {
    const clock = movableClock(new Date('2026-01-31T12:00:00Z'));
    expect(clock().toISOString()).to.equal('2026-01-31T12:00:00.000Z');
    clock.advance(86_400_000);
    expect(clock().toISOString()).to.equal('2026-02-01T12:00:00.000Z');
    clock.set(new Date('2020-02-29T00:00:00Z'));
    expect(clock().toISOString()).to.equal('2020-02-29T00:00:00.000Z');
  });

  it('hands out dates that nobody else can change', () => {
    const start = new Date('2026-01-01T00:00:00Z');
    const clock = movableClock(start);
    start.setFullYear(1999);
    clock().setFullYear(1999);
    expect(clock().getUTCFullYear()).to.equal(2026);
  });

  it('refuses a date that is none', () => {
    expect(() => movableClock(new Date('nonsense'))).to.throw(TypeError);
    const clock = movableClock(new Date(0));
    expect(() => clock.set(new Date(NaN))).to.throw(TypeError);
    expect(() => clock.advance(Infinity)).to.throw(TypeError);
    expect(clock().getTime()).to.equal(0);
  });

  it('knows the time of the machine', () => {
    const before = Date.now();
    expect(systemClock().getTime()).to.be.within(before, Date.now());
  });
});
