import { Broker } from 'smqp';
import { LeanBroker } from './broker/lean-broker.js';

type Method = (this: LeanBroker, ...args: unknown[]) => unknown;

interface Tuned {
  owner: unknown;
  [LEAN]: LeanBroker | undefined;
}

const LEAN = Symbol('lean broker');

/**
 * Puts our broker behind every broker that is made from now on. smqp sends a queue's own bookkeeping
 * through an exchange, its delivery queue and a consumer to one listener, two thirds of all its
 * messages; see docs/upstream/smqp-own-events.md.
 */
export function useLeanBroker(): void {
  const broker = Broker.prototype as unknown as Record<string, unknown>;
  const lean = LeanBroker.prototype as unknown as Record<string, Method | undefined>;
  for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(broker))) {
    if (name !== 'constructor' && typeof value === 'function') {
      broker[name] = forwarding(lean[name] ?? refusing(name));
    }
  }
  skipUnusedDeliveryQueues();
}

function forwarding(method: Method): unknown {
  return function (this: Tuned, a: unknown, b: unknown, c: unknown, d: unknown, e: unknown) {
    return method.call((this[LEAN] ??= new LeanBroker(this.owner)), a, b, c, d, e);
  };
}

/** What bpmn-elements never asks of a broker must not be answered by the half that is not in use. */
function refusing(name: string): Method {
  return () => {
    throw new TypeError(`the tuned broker has no ${name}`);
  };
}

/** Each broker still makes an exchange for its events; nobody publishes there, so no queue listens. */
function skipUnusedDeliveryQueues(): void {
  const { events } = new Broker({}) as unknown as { events: object };
  const kDeliveryQueue = Symbol.for('deliveryQueue');
  const queue = (events as Record<symbol, object>)[kDeliveryQueue];
  if (queue) Object.assign(Object.getPrototypeOf(queue) as object, { consume() {} });
}
