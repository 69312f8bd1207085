import type { LeanMessage } from './message.js';

export type OnMessage = (
  routingKey: string | undefined,
  message: LeanMessage,
  owner: unknown,
) => unknown;

export interface ConsumeOptions {
  consumerTag?: string;
  prefetch?: number;
  priority?: number;
  noAck?: boolean;
  exclusive?: boolean;
}

/** The queue that is consumed, as far as its consumer asks. */
interface Consumed {
  readonly name: string;
  unbindConsumer(consumer: LeanConsumer): void;
  delete(): void;
}

let consumers = 0;

/** Hands a queue's messages to one callback, one at a time, as many held at once as `prefetch`. */
export class LeanConsumer {
  readonly queue: Consumed;
  readonly onMessage: OnMessage;
  readonly owner: unknown;
  readonly consumerTag: string;
  readonly priority: number;
  readonly exclusive: boolean;
  readonly noAck: boolean;
  readonly #prefetch: number;
  /** Taken from the queue and not settled; the first `#started` were given to the callback. */
  readonly #held: LeanMessage[] = [];
  #started = 0;
  #consuming = false;
  #stopped = false;

  constructor(
    queue: Consumed,
    onMessage: OnMessage,
    options: ConsumeOptions | undefined,
    owner: unknown,
  ) {
    this.queue = queue;
    this.onMessage = onMessage;
    this.owner = owner;
    this.consumerTag = options?.consumerTag || `smq.ctag-${(consumers += 1)}`;
    this.priority = options?.priority ?? 0;
    this.exclusive = options?.exclusive ?? false;
    this.noAck = options?.noAck ?? false;
    this.#prefetch = options?.prefetch ?? 1;
  }

  get queueName(): string {
    return this.queue.name;
  }

  get ready(): boolean {
    return !this.#stopped && this.#held.length < this.#prefetch;
  }

  get capacity(): number {
    return this.#prefetch - this.#held.length;
  }

  /** Nothing at hand: a message that needs no answer may be given to the callback directly. */
  get idle(): boolean {
    return !this.#consuming && !this.#stopped && this.#held.length === 0;
  }

  /** A message of an empty queue, for an idle consumer without acknowledgement. */
  giveDirectly(message: LeanMessage): void {
    this.#consuming = true;
    try {
      message.fields.consumerTag = this.consumerTag;
      this.onMessage(message.fields.routingKey, message, this.owner);
      if (this.#held.length && !this.#stopped) this.#consume();
    } finally {
      this.#consuming = false;
    }
  }

  push(messages: LeanMessage[]): void {
    for (const message of messages) this.#held.push(message);
    if (this.#consuming) return;
    this.#consuming = true;
    try {
      this.#consume();
    } finally {
      this.#consuming = false;
    }
  }

  #consume(): void {
    let message: LeanMessage | undefined;
    while ((message = this.#held[this.#started])) {
      this.#started += 1;
      message.pending = true;
      message.fields.consumerTag = this.consumerTag;
      message.holder = this;
      if (this.noAck) message.ack();
      this.onMessage(message.fields.routingKey, message, this.owner);
      if (this.#stopped) break;
    }
  }

  release(message: LeanMessage): void {
    const at = this.#held.indexOf(message);
    if (at === -1) return;
    this.#held.splice(at, 1);
    if (at < this.#started) this.#started -= 1;
  }

  nackAll(requeue: boolean): void {
    for (const message of this.#held.slice()) message.nack(false, requeue);
  }

  cancel(requeue = true): void {
    this.stop();
    if (!requeue) this.nackAll(false);
    this.queue.unbindConsumer(this);
  }

  stop(): void {
    this.#stopped = true;
  }

  recover(): void {
    this.#stopped = false;
  }
}
