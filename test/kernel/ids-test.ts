import { expect } from 'chai';
import fc from 'fast-check';
import { movableClock } from '../../src/kernel/clock.js';
import { createIdFactory } from '../../src/kernel/ids.js';

const moment = fc.date({
  min: new Date('2020-01-01'),
  max: new Date('2089-01-01'),
  noInvalidDate: true,
});
const node = fc.integer({ min: 0, max: 1023 });

describe('ids', () => {
  it('grow and never repeat, however the clock moves', () => {
    fc.assert(
      fc.property(
        node,
        fc.array(fc.tuple(moment, fc.integer({ min: 1, max: 9 })), { minLength: 1 }),
        (ownNode, moves) => {
          const clock = movableClock(new Date('2026-01-01'));
          const newId = createIdFactory({ node: ownNode, clock });
          let last = 0n;
          for (const [date, count] of moves) {
            clock.set(date);
            for (let i = 0; i < count; i++) {
              const id = BigInt(newId());
              expect(id > last, `${id} after ${last}`).to.equal(true);
              last = id;
            }
          }
        },
      ),
    );
  });

  it('fit a PostgreSQL bigint and carry time and node', () => {
    fc.assert(
      fc.property(node, moment, (ownNode, date) => {
        const id = BigInt(createIdFactory({ node: ownNode, clock: () => date })());
        expect(id < 2n ** 63n).to.equal(true);
        expect(Number((id >> 12n) & 1023n)).to.equal(ownNode);
        expect(Number(id >> 22n) + Date.UTC(2020, 0, 1)).to.equal(date.getTime());
      }),
    );
  });

  it('of two nodes differ in the same millisecond', () => {
    fc.assert(
      fc.property(node, node, moment, (one, other, date) => {
        fc.pre(one !== other);
        const make = (own: number) => createIdFactory({ node: own, clock: () => date });
        const [first, second] = [make(one), make(other)];
        const ids = [first(), second(), first(), second()];
        expect(new Set(ids).size).to.equal(4);
      }),
    );
  });

  it('go on into the next millisecond when one is full', () => {
    const newId = createIdFactory({ node: 5, clock: () => new Date('2026-01-01') });
    const ids = Array.from({ length: 10_000 }, newId).map(BigInt);
    expect(ids.every((id, i) => i === 0 || id > ids[i - 1]!)).to.equal(true);
    expect(Number((ids[4096]! >> 22n) - (ids[0]! >> 22n))).to.equal(1);
    expect(ids.every((id) => ((id >> 12n) & 1023n) === 5n)).to.equal(true);
  });

  it('stay positive before their epoch and end with a clear error after their time', () => {
    const early = createIdFactory({ node: 1, clock: () => new Date('1999-01-01') });
    expect(BigInt(early()) > 0n).to.equal(true);
    const late = createIdFactory({ node: 1, clock: () => new Date('2090-01-01') });
    expect(late).to.throw(RangeError, '2089');
  });

  it('need a node that exists', () => {
    for (const wrong of [-1, 1024, 1.5, NaN]) {
      expect(() => createIdFactory({ node: wrong })).to.throw(TypeError);
    }
  });
});
