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

/** Who was handed a message and has not settled it. */
interface Holder {
  release(message: LeanMessage): void;
}

/** Where a message lies until it is settled. */
interface Place {
  settle(message: LeanMessage, allUpTo: boolean, requeue: boolean, done: boolean): void;
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
  readonly #place: Place;
  holder: Holder | null = null;

  /** `fields` become the message's own. */
  constructor(place: Place, fields: Fields, content: unknown, properties: Properties | undefined) {
    this.#place = place;
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

  #settle(allUpTo: boolean, requeue: boolean, done: boolean): void {
    this.holder?.release(this);
    this.#place.settle(this, allUpTo, requeue, done);
    this.pending = false;
  }

  getState(): MessageState {
    return { fields: this.fields, content: this.content, properties: this.properties };
  }
}
