import { systemClock } from './clock.js';
import type { Clock } from './clock.js';

/**
 * An identifier: a positive 63-bit integer in decimal, `bigint` in SQL. Later ones are greater, so
 * that rows lie in the order they came, and no database sequence is needed on any node.
 */
export type Id = string;

/** The number of nodes that can make ids at once: 10 of the 63 bits. */
export const NODE_COUNT = 1024;

const EPOCH = Date.UTC(2020, 0, 1);
const TIME_LIMIT = 2 ** 41;
const COUNTER_LIMIT = 2 ** 12;

/**
 * Makes ids that never repeat and always grow within one factory, however its clock moves: when the
 * clock stands or goes back, ids run ahead of it (4,096 in each millisecond). Ids of two factories
 * differ as long as their nodes do. An id carries 41 bits of milliseconds since 2020, 10 bits of
 * node and 12 bits of counter. Lasts until 2089, then throws RangeError.
 */
export function createIdFactory(options: { node: number; clock?: Clock }): () => Id {
  const { node, clock = systemClock } = options;
  if (!Number.isInteger(node) || node < 0 || node >= NODE_COUNT) {
    throw new TypeError(`node must be an integer from 0 to ${NODE_COUNT - 1}`);
  }
  const nodeBits = BigInt(node) << 12n;
  let time = 0;
  let counter = 0;
  return () => {
    const now = clock().getTime() - EPOCH;
    if (now > time) {
      time = now;
      counter = 0;
    } else if (++counter === COUNTER_LIMIT) {
      time += 1;
      counter = 0;
    }
    if (time >= TIME_LIMIT) throw new RangeError('ids reach no further than the year 2089');
    return String((BigInt(time) << 22n) | nodeBits | BigInt(counter));
  };
}
