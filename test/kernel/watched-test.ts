import { expect } from 'chai';
import { Interrupted, watched } from '../../src/kernel/watched.js';
import { rejection } from '../helpers/rejection.js';

const forEver = (): never => {
  for (;;);
};

describe('watched work', () => {
  it('gives its result, even a promise, as it is', async () => {
    const promise = Promise.resolve(7);
    expect((await watched(1000, () => promise)).value).to.equal(promise);
    expect((await watched(1000, () => 7)).value).to.equal(7);
  });

  it('throws what it throws', async () => {
    const error = await rejection(watched(1000, () => JSON.parse('{')));
    expect(error).to.be.instanceOf(SyntaxError);
  });

  it('is stopped when it does not end, whatever it catches', async () => {
    let after = false;
    const stubborn = () => {
      try {
        forEver();
      } finally {
        after = true;
        forEver();
      }
    };
    expect(await rejection(watched(50, stubborn))).to.be.instanceOf(Interrupted);
    expect(after, 'no finally is run').to.equal(false);
  });

  it('takes nothing of others with it when it is stopped', async () => {
    const seen: string[] = [];
    const note = (what: string) => () => void seen.push(what);
    const stuck = watched(50, () => {
      void Promise.resolve().then(note('a promise of its own'));
      process.nextTick(note('a tick of its own'));
      forEver();
    });
    const next = watched(1000, () => 1).then(note('the next stretch'));
    const others = [
      new Promise((resolve) => setImmediate(resolve)).then(note('an immediate')),
      new Promise((resolve) => setTimeout(resolve, 0)).then(note('a timer')),
      Promise.resolve().then(note('a promise')),
    ];
    expect(await rejection(stuck)).to.be.instanceOf(Interrupted);
    await Promise.all([...others, next]);
    expect(seen).to.have.members([
      'a promise of its own',
      'a tick of its own',
      'the next stretch',
      'an immediate',
      'a timer',
      'a promise',
    ]);
  });

  it('is stopped again and again', async () => {
    for (let round = 0; round < 5; round++) {
      expect(await rejection(watched(20, forEver))).to.be.instanceOf(Interrupted);
      expect((await watched(20, () => round)).value).to.equal(round);
    }
  });

  it('is not stopped after its end, however close it came to its limit', async () => {
    const until = (ms: number) => {
      const end = performance.now() + ms;
      while (performance.now() < end);
      return 'done';
    };
    let interrupted = 0;
    for (let round = 0; round < 30; round++) {
      const answer = await watched(20, () => until(20 + round)).catch((error: unknown) => error);
      if (answer instanceof Interrupted) interrupted += 1;
      // Outside: nothing may strike here.
      expect(until(2)).to.equal('done');
    }
    expect(interrupted).to.be.greaterThan(0).and.lessThan(30);
  });
});
