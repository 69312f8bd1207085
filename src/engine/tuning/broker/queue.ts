import { LeanConsumer } from './consumer.js';
import type { ConsumeOptions, OnMessage } from './consumer.js';
import { LeanMessage } from './message.js';
import type { Fields, MessageState, Properties } from './message.js';

export interface QueueOptions {
  durable?: boolean;
  autoDelete?: boolean;
  [option: string]: unknown;
}

export interface QueueState {
  name: string;
  options: QueueOptions;
  messages?: MessageState[];
}

/** What a queue tells its broker. */
export interface QueueOwner {
  consumerAdded(consumer: LeanConsumer): void;
  consumerGone(consumer: LeanConsumer): void;
  queueGone(queue: LeanQueue): void;
}

/**
 * A queue of messages, first in, first out. It tells its broker directly what smqp sends through an
 * exchange, a delivery queue and a consumer, and leaves out what nobody there listens to.
 */
export class LeanQueue {
  readonly name: string;
  readonly options: QueueOptions;
  readonly messages: LeanMessage[] = [];
  /** What brings messages here, told when the queue goes. */
  readonly bindings: { close(): void }[] = [];
  readonly #owner: QueueOwner;
  readonly #consumers: LeanConsumer[] = [];
  /** How many messages wait for a consumer, and where the first of them may be. */
  #available = 0;
  #firstAvailable = 0;
  #stopped = false;
  #exclusive = false;

  constructor(name: string, options: QueueOptions | undefined, owner: QueueOwner) {
    this.name = name;
    this.options = { autoDelete: true, ...options };
    this.#owner = owner;
  }

  get messageCount(): number {
    return this.messages.length;
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  queueMessage(fields: Fields, content: unknown, properties?: Properties): void {
    const { consumerTag: _, ...own } = fields;
    this.add(own, content, properties);
  }

  /** As `queueMessage`, with fields made for this message. */
  add(fields: Fields, content: unknown, properties: Properties | undefined): void {
    if (this.#stopped) return;
    const message = new LeanMessage(this, fields, content, properties);
    if (!this.messages.length && this.#consumers.length === 1) {
      const consumer = this.#consumers[0] as LeanConsumer;
      if (consumer.noAck && consumer.idle) return consumer.giveDirectly(message);
    }
    this.messages.push(message);
    this.#available += 1;
    this.#consumeNext();
  }

  #consumeNext(): void {
    if (this.#stopped || !this.#available) return;
    for (const consumer of this.#consumers) {
      if (!consumer.ready) continue;
      const messages = this.#take(consumer.capacity, consumer.consumerTag);
      if (!messages.length) return;
      consumer.push(messages);
    }
  }

  #take(most: number, consumerTag: string | undefined): LeanMessage[] {
    const taken: LeanMessage[] = [];
    if (this.#stopped || !this.#available) return taken;
    let at = this.#firstAvailable;
    for (; at < this.messages.length && taken.length < most; at += 1) {
      const message = this.messages[at] as LeanMessage;
      if (message.pending) continue;
      message.pending = true;
      message.holder = null;
      if (consumerTag !== undefined) message.fields.consumerTag = consumerTag;
      taken.push(message);
    }
    this.#firstAvailable = at;
    this.#available -= taken.length;
    return taken;
  }

  consume(onMessage: OnMessage, options: ConsumeOptions | undefined, owner: unknown): LeanConsumer {
    if (this.#exclusive || (options?.exclusive && this.#consumers.length)) {
      throw new Error(`Queue ${this.name} is exclusively consumed or already has consumers`);
    }
    const consumer = new LeanConsumer(this, onMessage, options, owner);
    this.#owner.consumerAdded(consumer);
    this.#consumers.push(consumer);
    if (consumer.priority) this.#consumers.sort((a, b) => b.priority - a.priority);
    if (consumer.exclusive) this.#exclusive = true;
    const messages = this.#take(consumer.capacity, consumer.consumerTag);
    if (messages.length) consumer.push(messages);
    return consumer;
  }

  assertConsumer(
    onMessage: OnMessage,
    options: ConsumeOptions | undefined,
    owner: unknown,
  ): LeanConsumer {
    for (const consumer of this.#consumers) {
      if (consumer.onMessage !== onMessage) continue;
      if (options?.consumerTag && options.consumerTag !== consumer.consumerTag) continue;
      return consumer;
    }
    return this.consume(onMessage, options, owner);
  }

  /** A message is done with, or goes back to its place in the queue. */
  settle(message: LeanMessage, allUpTo: boolean, requeue: boolean, done: boolean): void {
    if (this.#stopped) return;
    const at = this.messages.indexOf(message);
    if (at === -1) return;
    const before = allUpTo ? this.messages.slice(0, at).filter(({ pending }) => pending) : [];
    if (requeue) this.#putBack(message, at);
    else this.#remove(at);
    if (!before.length) this.#consumeNext();
    for (const other of before) {
      if (done) other.ack();
      else other.nack(false, requeue);
    }
  }

  #putBack({ fields, content, properties }: LeanMessage, at: number): void {
    const { consumerTag: _, ...own } = fields;
    const again = new LeanMessage(this, { ...own, redelivered: true }, content, properties);
    this.messages[at] = again;
    this.#available += 1;
    if (at < this.#firstAvailable) this.#firstAvailable = at;
  }

  #remove(at: number): void {
    if (at === 0) this.messages.shift();
    else this.messages.splice(at, 1);
    if (at < this.#firstAvailable) this.#firstAvailable -= 1;
  }

  unbindConsumer(consumer: LeanConsumer, requeue = true): void {
    const at = this.#consumers.indexOf(consumer);
    if (at === -1) return;
    this.#consumers.splice(at, 1);
    this.#exclusive = false;
    consumer.stop();
    consumer.nackAll(requeue);
    this.#owner.consumerGone(consumer);
    if (!this.#consumers.length && this.options.autoDelete) this.#gone();
  }

  /** Forgets what no consumer has taken. */
  purge(): void {
    const taken = this.messages.filter(({ pending }) => pending);
    this.messages.splice(0, Infinity, ...taken);
    this.#available = 0;
    this.#firstAvailable = taken.length;
  }

  delete(): void {
    this.#stopped = true;
    for (const consumer of this.#consumers.splice(0)) this.#owner.consumerGone(consumer);
    this.messages.splice(0);
    this.#gone();
  }

  #gone(): void {
    this.#owner.queueGone(this);
    for (const binding of this.bindings.slice()) binding.close();
  }

  close(): void {
    for (const consumer of this.#consumers.slice()) this.unbindConsumer(consumer);
  }

  stop(): void {
    this.#stopped = true;
    for (const consumer of this.#consumers.slice()) consumer.stop();
  }

  getState(): QueueState {
    const state: QueueState = { name: this.name, options: { ...this.options } };
    if (this.messages.length) state.messages = this.messages.map((message) => message.getState());
    return state;
  }

  recover(state?: QueueState): this {
    this.#stopped = false;
    if (state) this.#refill(state.messages ?? []);
    for (const consumer of this.#consumers.slice()) consumer.recover();
    this.#consumeNext();
    return this;
  }

  #refill(messages: MessageState[]): void {
    this.messages.splice(0);
    for (const consumer of this.#consumers) consumer.nackAll(false);
    for (const { fields, content, properties } of messages) {
      if (properties['persistent'] === false) continue;
      const { consumerTag: _, ...own } = fields;
      const again = { ...own, redelivered: true };
      this.messages.push(new LeanMessage(this, again, content, properties));
    }
    this.#available = this.messages.length;
    this.#firstAvailable = 0;
  }
}
