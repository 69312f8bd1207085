import fc from 'fast-check';

/** What smqp's broker and ours both do, as far as bpmn-elements asks for it. */
export interface AnyBroker {
  assertExchange(name: string, type: string, options: object): unknown;
  assertQueue(name: string, options: object): AnyQueue;
  bindQueue(queue: string, exchange: string, pattern: string, options: object): unknown;
  unbindQueue(queue: string, exchange: string, pattern: string): unknown;
  subscribeTmp(exchange: string, pattern: string, onMessage: OnMessage, options: object): unknown;
  subscribeOnce(exchange: string, pattern: string, onMessage: OnMessage, options: object): unknown;
  publish(exchange: string, key: string, content: object, properties?: object): unknown;
  consume(queue: string, onMessage: OnMessage, options: object): unknown;
  cancel(consumerTag: string): unknown;
  getQueue(name: string): AnyQueue | undefined;
  on(event: 'return', callback: (message: AnyMessage) => void): unknown;
  getState(onlyWithContent: boolean): object | undefined;
  recover(state: object): unknown;
}

interface AnyQueue {
  queueMessage(fields: object, content: object, properties?: object): unknown;
  purge(): unknown;
  delete(): unknown;
}

interface AnyMessage {
  fields: { routingKey?: string; redelivered?: boolean; consumerTag?: string };
  content: { n?: number };
  properties: object;
  ack(allUpTo?: boolean): void;
  nack(allUpTo: boolean, requeue: boolean): void;
}

type OnMessage = (routingKey: string, message: AnyMessage) => void;

const QUEUES = ['run-q', 'execute-q', 'tmp-q'] as const;
const queue = fc.constantFrom(...QUEUES);
const exchange = fc.constantFrom('event', 'api');
const key = fc.constantFrom('run.a', 'run.b', 'activity.stop.x1', 'activity.stop.x2');
const pattern = fc.constantFrom('#', 'run.#', 'run.a', 'activity.*.x1', 'activity.#.x2');
const any = fc.constant('#' as const);
const tag = fc.constantFrom('t1', 't2', 't3');
const priority = fc.constantFrom(0, 0, 100, 200);
/** What a consumer does with the message it hears: also publish, cancel or purge on the way. */
const reaction = fc.constantFrom(
  'ack',
  'ack all',
  'keep',
  'requeue once',
  'drop',
  'publish',
  'cancel t1',
  'purge',
);
const prefetch = fc.constantFrom(1, 2, 100);

const operation = fc.oneof(
  fc.record({ do: fc.constant('publish' as const), exchange, key, mandatory: fc.boolean() }),
  fc.record({ do: fc.constant('publish' as const), exchange, key, mandatory: fc.boolean() }),
  fc.record({ do: fc.constant('send' as const), queue, key }),
  fc.record({ do: fc.constant('send' as const), queue, key }),
  fc.record({ do: fc.constant('bind' as const), queue, exchange, pattern, priority }),
  fc.record({ do: fc.constant('unbind' as const), queue, exchange, pattern }),
  fc.record({ do: fc.constant('listen' as const), exchange, pattern, tag, priority, reaction }),
  fc.record({ do: fc.constant('once' as const), exchange, pattern, tag }),
  fc.record({ do: fc.constant('consume' as const), queue, tag, prefetch, reaction }),
  fc.record({ do: fc.constant('cancel' as const), tag }),
  fc.record({ do: fc.constant('purge' as const), queue }),
  fc.record({ do: fc.constant('delete' as const), queue }),
  fc.record({ do: fc.constant('settle' as const), reaction }),
);

type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;

/** Somebody listens from the start, so that most of what follows is heard. */
const beginning = fc.tuple(
  fc.record({ do: fc.constant('bind' as const), queue, exchange, pattern: any, priority }),
  fc.record({ do: fc.constant('consume' as const), queue, tag, prefetch, reaction }),
);

export const operations = fc
  .tuple(beginning, fc.array(operation, { minLength: 5, maxLength: 40, size: 'max' }))
  .map(([first, then]): Operation[] => [...first, ...then]);

/** Everything that was heard and returned, and the state that is left. */
export function perform(broker: AnyBroker, asked: Operation[]): unknown[] {
  const trace: unknown[] = [];
  const kept: AnyMessage[] = [];
  let n = 0;
  const content = () => ({ n: (n += 1) });
  const react = (how: string, message: AnyMessage): void => {
    if (how === 'ack' || how === 'ack all') message.ack(how === 'ack all');
    else if (how === 'requeue once') message.nack(false, !message.fields.redelivered);
    else if (how === 'drop') message.nack(false, false);
    else kept.push(message);
    if (how === 'publish' && n < 60) broker.publish('event', 'run.b', content());
    if (how === 'cancel t1') broker.cancel('t1');
    if (how === 'purge') broker.getQueue('run-q')?.purge();
  };
  const hearing =
    (who: string, how: string): OnMessage =>
    (routingKey, message) => {
      const { redelivered, consumerTag } = message.fields;
      trace.push([who, routingKey, message.content.n, Boolean(redelivered), consumerTag]);
      if (n < 80) react(how, message);
    };
  for (const name of ['event', 'api']) {
    broker.assertExchange(name, 'topic', { autoDelete: false, durable: false });
  }
  for (const name of QUEUES) broker.assertQueue(name, { autoDelete: false, durable: true });
  broker.on('return', (message) => trace.push(['returned', message.fields.routingKey]));
  for (const next of asked) {
    trace.push(
      next.do,
      attempt(() => carryOut(broker, next, { content, hearing, kept, react })),
    );
  }
  return [...trace, bare(broker.getState(true))];
}

interface Hands {
  content(): object;
  hearing(who: string, how: string): OnMessage;
  kept: AnyMessage[];
  react(how: string, message: AnyMessage): void;
}

function carryOut(broker: AnyBroker, asked: Operation, hands: Hands): void {
  const { content, hearing, kept, react } = hands;
  switch (asked.do) {
    case 'publish':
      return void broker.publish(asked.exchange, asked.key, content(), {
        mandatory: asked.mandatory,
      });
    case 'send':
      return void broker.getQueue(asked.queue)?.queueMessage({ routingKey: asked.key }, content());
    case 'bind':
      return void broker.bindQueue(asked.queue, asked.exchange, asked.pattern, {
        priority: asked.priority,
      });
    case 'unbind':
      return void broker.unbindQueue(asked.queue, asked.exchange, asked.pattern);
    case 'listen':
      return void broker.subscribeTmp(
        asked.exchange,
        asked.pattern,
        hearing(asked.tag, asked.reaction),
        { noAck: true, consumerTag: asked.tag, priority: asked.priority },
      );
    case 'once':
      return void broker.subscribeOnce(asked.exchange, asked.pattern, hearing(asked.tag, 'keep'), {
        consumerTag: asked.tag,
      });
    case 'consume':
      return void broker.consume(asked.queue, hearing(asked.tag, asked.reaction), {
        consumerTag: asked.tag,
        prefetch: asked.prefetch,
      });
    case 'cancel':
      return void broker.cancel(asked.tag);
    case 'purge':
      return void broker.getQueue(asked.queue)?.purge();
    case 'delete':
      return void broker.getQueue(asked.queue)?.delete();
    case 'settle': {
      const message = asked.reaction === 'ack all' ? kept.pop() : kept.shift();
      if (message) react(asked.reaction === 'publish' ? 'ack' : asked.reaction, message);
    }
  }
}

/** Whether it was refused; the words may differ. */
function attempt(run: () => void): string {
  try {
    run();
    return 'done';
  } catch {
    return 'refused';
  }
}

/** A state without the ids and times that only smqp gives to messages. */
function bare(state: object | undefined): unknown {
  if (!state) return undefined;
  const plain = JSON.stringify(state, (name, value: unknown) =>
    name === 'messageId' || name === 'timestamp' || name === 'exchanges' ? undefined : value,
  );
  return JSON.parse(plain) as unknown;
}
