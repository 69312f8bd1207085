import { createRequire } from 'node:module';
import { expect } from 'chai';
import fc from 'fast-check';
import { LeanBroker } from '../../../src/engine/tuning/broker/lean-broker.js';
import { keyTest } from '../../../src/engine/tuning/broker/routing-key.js';
import { operations, perform } from './broker-operations.js';
import type { AnyBroker } from './broker-operations.js';

// The CommonJS build: a copy of its own, that no tuning has touched.
const smqp = createRequire(import.meta.url)('smqp') as {
  Broker: new (owner: unknown) => AnyBroker;
  getRoutingKeyPattern(pattern: string): { test(key: string): boolean };
};

const word = fc.constantFrom('run', 'take', 'a', 'activity', '');
const key = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join('.'));
const pattern = fc
  .array(fc.constantFrom('run', 'take', 'a', 'activity', '*', '#'), { minLength: 1, maxLength: 4 })
  .map((words) => words.join('.'));

describe('the lean broker', () => {
  it('delivers, returns and stores what smqp does, in the same order', () => {
    fc.assert(
      fc.property(operations, (asked) => {
        const lean = perform(new LeanBroker('owner') as unknown as AnyBroker, asked);
        expect(lean).to.deep.equal(perform(new smqp.Broker('owner'), asked));
      }),
      { numRuns: 1000 },
    );
  });

  it('reads routing patterns as smqp does', () => {
    fc.assert(
      fc.property(pattern, key, (asked, routingKey) => {
        const expected = smqp.getRoutingKeyPattern(asked).test(routingKey);
        expect(keyTest(asked)(routingKey), `${asked} on ${routingKey}`).to.equal(expected);
      }),
      { numRuns: 2000 },
    );
  });
});
