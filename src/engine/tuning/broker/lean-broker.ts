import type { ConsumeOptions, LeanConsumer, OnMessage } from './consumer.js';
import { LeanExchange } from './exchange.js';
import type { ExchangeOptions, ExchangeOwner } from './exchange.js';
import type { Fields, Properties } from './message.js';
import { LeanQueue } from './queue.js';
import type { QueueOptions, QueueOwner, QueueState } from './queue.js';

/** A message that nobody heard, as `broker.on('return')` gives it. */
export interface Returned {
  name: string;
  fields: Fields;
  content: unknown;
  properties: Properties;
}

type OnReturn = (message: Returned) => void;

type Subscription = QueueOptions & ConsumeOptions;

interface BrokerState {
  queues?: QueueState[];
  exchanges?: { name: string; type?: string; options: ExchangeOptions; deliveryQueue?: unknown }[];
}

let queues = 0;

/** The broker that one element of an instance has: what bpmn-elements uses of smqp's, and no more. */
export class LeanBroker implements QueueOwner, ExchangeOwner {
  readonly owner: unknown;
  readonly #exchanges = new Map<string, LeanExchange>();
  readonly #queues = new Map<string, LeanQueue>();
  readonly #consumers = new Map<string, LeanConsumer>();
  #onReturn: OnReturn[] = [];

  constructor(owner: unknown) {
    this.owner = owner;
  }

  assertExchange(name: string, type = 'topic', options?: ExchangeOptions): LeanExchange {
    const known = this.#exchanges.get(name);
    if (known) return known;
    if (type !== 'topic') throw new TypeError(`exchange ${name}: only topic exchanges are known`);
    const exchange = new LeanExchange(name, options, this);
    this.#exchanges.set(name, exchange);
    return exchange;
  }

  getExchange(name: string): LeanExchange | undefined {
    return this.#exchanges.get(name);
  }

  assertQueue(name: string | null, options?: QueueOptions): LeanQueue {
    const known = name ? this.#queues.get(name) : undefined;
    if (known) return known;
    const queue = name
      ? new LeanQueue(name, { durable: true, ...options }, this)
      : new LeanQueue(`smq.qname-${(queues += 1)}`, options, this);
    this.#queues.set(queue.name, queue);
    return queue;
  }

  getQueue(name: string): LeanQueue | undefined {
    return this.#queues.get(name);
  }

  bindQueue(name: string, exchange: string, pattern: string, options?: Subscription): void {
    this.#exchange(exchange).bindQueue(this.#queue(name), pattern, options);
  }

  unbindQueue(name: string, exchange: string, pattern: string): void {
    const queue = this.#queues.get(name);
    if (queue) this.#exchanges.get(exchange)?.unbindQueue(queue, pattern);
  }

  publish(exchange: string, routingKey: string, content: unknown, properties?: Properties): void {
    this.#exchanges.get(exchange)?.publish(routingKey, content, properties);
  }

  sendToQueue(name: string, content: unknown, properties?: Properties): void {
    this.#queue(name).queueMessage({}, content, properties);
  }

  purgeQueue(name: string): void {
    this.#queues.get(name)?.purge();
  }

  deleteQueue(name: string): void {
    this.#queues.get(name)?.delete();
  }

  consume(name: string, onMessage: OnMessage, options?: ConsumeOptions): LeanConsumer {
    return this.#queue(name).consume(onMessage, options, this.owner);
  }

  subscribe(
    exchange: string,
    pattern: string,
    name: string | null,
    onMessage: OnMessage,
    options?: Subscription,
  ): LeanConsumer {
    if (options?.consumerTag) this.#checkTag(options.consumerTag);
    const queue = this.assertQueue(name, { durable: true, ...options });
    this.assertExchange(exchange).bindQueue(queue, pattern, options);
    return queue.assertConsumer(onMessage, options, this.owner);
  }

  subscribeTmp(
    exchange: string,
    pattern: string,
    onMessage: OnMessage,
    options?: Subscription,
  ): LeanConsumer {
    if (options?.consumerTag) this.#checkTag(options.consumerTag);
    const queue = this.assertQueue(null, TEMPORARY);
    this.assertExchange(exchange).bindQueue(queue, pattern, options);
    return queue.consume(onMessage, options, this.owner);
  }

  subscribeOnce(
    exchange: string,
    pattern: string,
    onMessage: OnMessage,
    options?: Subscription,
  ): LeanConsumer {
    const once: OnMessage = (...args) => {
      consumer.queue.delete();
      onMessage(...args);
    };
    const { consumerTag, priority } = options ?? {};
    const kept = {
      noAck: true,
      ...(consumerTag && { consumerTag }),
      ...(priority && { priority }),
    };
    const consumer = this.subscribeTmp(exchange, pattern, once, kept);
    return consumer;
  }

  cancel(consumerTag: string, requeue = true): boolean {
    const consumer = this.#consumers.get(consumerTag);
    consumer?.cancel(requeue);
    return consumer !== undefined;
  }

  on(event: string, callback: OnReturn): void {
    if (event !== 'return') throw new TypeError(`only returned messages are told, not ${event}`);
    this.#onReturn = [...this.#onReturn, callback];
  }

  off(_: string, callback: OnReturn): void {
    this.#onReturn = this.#onReturn.filter((one) => one !== callback);
  }

  stop(): void {
    for (const exchange of this.#exchanges.values()) exchange.stop();
    for (const queue of this.#queues.values()) queue.stop();
  }

  /** Of durable queues with messages; between two steps there is nothing else. */
  getState(): { queues: QueueState[] } | undefined {
    for (const exchange of this.#exchanges.values()) {
      if (exchange.undeliveredCount) exchange.getState();
    }
    let states: QueueState[] | undefined;
    for (const queue of this.#queues.values()) {
      if (queue.options.durable && queue.messages.length) (states ??= []).push(queue.getState());
    }
    return states && { queues: states };
  }

  recover(state?: BrokerState): this {
    if (state) {
      for (const stored of state.queues ?? []) {
        this.assertQueue(stored.name, stored.options).recover(stored);
      }
      for (const stored of state.exchanges ?? []) {
        this.assertExchange(stored.name, stored.type, stored.options).recover(stored);
      }
      return this;
    }
    for (const queue of this.#queues.values()) if (queue.stopped) queue.recover();
    for (const exchange of this.#exchanges.values()) if (exchange.stopped) exchange.recover();
    return this;
  }

  consumerAdded(consumer: LeanConsumer): void {
    this.#checkTag(consumer.consumerTag);
    this.#consumers.set(consumer.consumerTag, consumer);
  }

  consumerGone(consumer: LeanConsumer): void {
    this.#consumers.delete(consumer.consumerTag);
  }

  queueGone(queue: LeanQueue): void {
    this.#queues.delete(queue.name);
  }

  exchangeGone(exchange: LeanExchange): void {
    this.#exchanges.delete(exchange.name);
  }

  returned(routingKey: string, content: unknown, properties: Properties): void {
    for (const callback of this.#onReturn) {
      callback({ name: 'return', fields: { routingKey }, content, properties });
    }
  }

  #checkTag(consumerTag: string): void {
    if (this.#consumers.has(consumerTag)) {
      throw new Error(`Consumer tag must be unique, ${consumerTag} is occupied`);
    }
  }

  #queue(name: string): LeanQueue {
    const queue = this.#queues.get(name);
    if (!queue) throw new Error(`Queue with name <${name}> was not found`);
    return queue;
  }

  #exchange(name: string): LeanExchange {
    const exchange = this.#exchanges.get(name);
    if (!exchange) throw new Error(`Exchange with name <${name}> was not found`);
    return exchange;
  }
}

const TEMPORARY: QueueOptions = Object.freeze({ durable: false, autoDelete: true });
