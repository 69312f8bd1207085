import type { LeanConsumer } from './consumer.js';
import type { LeanQueue } from './queue.js';

export interface Fields {
  routingKey?: string;
  exchange?: string;
  consumerTag?: string;
  redelivered?: boolean;
}

export type Properties = Record<string, unknown>;

/** What lies in a stored state of a message. */
export interface MessageState {
  fields: Fields;
  content: unknown;
  properties: Properties;
}

const NO_PROPERTIES: Properties = Object.freeze({});

/**
 * A message in a queue. Unlike smqp's it gets no id and no time of its own, which nothing in
 * bpmn-elements asks for, and shares its properties with whoever published it.
 */
export class LeanMessage {
  readonly fields: Fields;
  content: unknown;
  readonly properties: Properties;
  pending = false;
  readonly queue: LeanQueue;
  /** Who holds it since it was handed to the callback. */
  holder: LeanConsumer | null = null;

  /** `fields` become the message's own. */
  constructor(
    queue: LeanQueue,
    fields: Fields,
    content: unknown,
    properties: Properties | undefined,
  ) {
    this.queue = queue;
    this.fields = fields;
    this.content = content;
    this.properties = properties ?? NO_PROPERTIES;
  }

  ack(allUpTo = false): void {
    if (this.pending) this.#settle(allUpTo, false, true);
  }

  nack(allUpTo = false, requeue = true): void {
    if (this.pending) this.#settle(allUpTo, requeue, false);
  }

  reject(requeue = true): void {
    this.nack(false, requeue);
  }

  #settle(allUpTo: boolean, requeue: boolean, done: boolean): void {
    this.holder?.release(this);
    this.queue.settle(this, allUpTo, requeue, done);
    this.pending = false;
  }

  getState(): MessageState {
    return { fields: this.fields, content: this.content, properties: this.properties };
  }
}
