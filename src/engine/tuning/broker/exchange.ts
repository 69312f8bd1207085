import type { Properties } from './message.js';
import type { LeanQueue } from './queue.js';
import { keyTest } from './routing-key.js';
import type { KeyTest } from './routing-key.js';

export interface ExchangeOptions {
  durable?: boolean;
  autoDelete?: boolean;
  [option: string]: unknown;
}

/** What an exchange tells its broker. */
export interface ExchangeOwner {
  exchangeGone(exchange: LeanExchange): void;
  /** A message that must be heard was heard by nobody. */
  returned(routingKey: string, content: unknown, properties: Properties): void;
}

/**
 * Brings each message to every queue whose pattern fits. A message published while another is under
 * way waits its turn in a plain list, where smqp keeps a queue with a consumer.
 */
export class LeanExchange {
  readonly name: string;
  readonly type = 'topic';
  readonly options: ExchangeOptions;
  readonly #owner: ExchangeOwner;
  /** Replaced, never changed, so that a delivery under way keeps the list it began with. */
  #bindings: readonly Binding[] = [];
  #waiting: (() => void)[] = [];
  #delivering = false;
  #stopped = false;

  constructor(name: string, options: ExchangeOptions | undefined, owner: ExchangeOwner) {
    this.name = name;
    this.options = { durable: true, autoDelete: true, ...options };
    this.#owner = owner;
  }

  get bindingCount(): number {
    return this.#bindings.length;
  }

  get undeliveredCount(): number {
    return this.#waiting.length;
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  publish(routingKey: string, content: unknown, properties?: Properties): void {
    if (this.#stopped) return;
    if (!this.#bindings.length) return this.#return(routingKey, content, properties);
    if (this.#delivering) {
      this.#waiting.push(() => this.#deliver(routingKey, content, properties));
      return;
    }
    this.#delivering = true;
    try {
      this.#catchUp();
      this.#deliver(routingKey, content, properties);
      this.#catchUp();
    } finally {
      this.#delivering = false;
    }
  }

  /** What was published meanwhile; after a failure also what that one left behind. */
  #catchUp(): void {
    while (this.#waiting.length) (this.#waiting.shift() as () => void)();
  }

  #deliver(routingKey: string, content: unknown, properties: Properties | undefined): void {
    let delivered = 0;
    for (const binding of this.#bindings) {
      if (!binding.test(routingKey)) continue;
      binding.queue.add({ routingKey, exchange: this.name }, content, properties);
      delivered += 1;
    }
    if (!delivered) this.#return(routingKey, content, properties);
  }

  #return(routingKey: string, content: unknown, properties: Properties | undefined): void {
    if (properties?.['mandatory']) this.#owner.returned(routingKey, content, properties);
  }

  bindQueue(queue: LeanQueue, pattern: string, options?: { priority?: number }): Binding {
    const known = this.#bindings.find((one) => one.queue === queue && one.pattern === pattern);
    if (known) return known;
    const binding = new Binding(this, queue, pattern, options?.priority ?? 0);
    const bindings = [...this.#bindings, binding];
    if (binding.priority) bindings.sort((a, b) => b.priority - a.priority);
    this.#bindings = bindings;
    queue.bindings.push(binding);
    return binding;
  }

  unbindQueue(queue: LeanQueue, pattern: string): void {
    this.#bindings.find((one) => one.queue === queue && one.pattern === pattern)?.close();
  }

  closeBinding(binding: Binding): void {
    const bindings = this.#bindings.filter((one) => one !== binding);
    if (bindings.length === this.#bindings.length) return;
    this.#bindings = bindings;
    if (!bindings.length && this.options.autoDelete) this.#owner.exchangeGone(this);
  }

  close(): void {
    for (const binding of this.#bindings) binding.close();
  }

  stop(): void {
    this.#stopped = true;
  }

  /** Between two steps nothing is under way, so an exchange has nothing to keep. */
  getState(): never {
    throw new TypeError(`the state was asked for while exchange ${this.name} delivers`);
  }

  recover(state?: { deliveryQueue?: unknown }): this {
    if (state?.deliveryQueue) throw new TypeError(`exchange ${this.name} was stored mid-delivery`);
    this.#stopped = false;
    return this;
  }
}

/** Which messages of an exchange go to a queue. */
export class Binding {
  readonly exchange: LeanExchange;
  readonly queue: LeanQueue;
  readonly pattern: string;
  readonly priority: number;
  readonly test: KeyTest;

  constructor(exchange: LeanExchange, queue: LeanQueue, pattern: string, priority: number) {
    this.exchange = exchange;
    this.queue = queue;
    this.pattern = pattern;
    this.priority = priority;
    this.test = keyTest(pattern);
  }

  close(): void {
    const at = this.queue.bindings.indexOf(this);
    if (at !== -1) this.queue.bindings.splice(at, 1);
    this.exchange.closeBinding(this);
  }
}
