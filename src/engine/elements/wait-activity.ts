import { Activity } from 'bpmn-elements';
import { deskOf } from './runtime-types.js';
import type {
  Completion,
  RunningActivity,
  RunningContent,
  RunningMessage,
} from './runtime-types.js';

/** An activity or gateway that rests at once and goes on when the step says so. */
export function WaitActivity(definition: object, context: object): unknown {
  return new (Activity as unknown as ActivityConstructor)(WaitBehaviour, definition, context);
}

type ActivityConstructor = new (behaviour: unknown, definition: object, context: object) => unknown;

class WaitBehaviour {
  readonly id: string;
  readonly type: string;
  readonly #activity: RunningActivity;
  readonly loopCharacteristics: { execute(message: RunningMessage): void } | undefined;

  constructor(activity: RunningActivity) {
    this.id = activity.id;
    this.type = activity.type;
    this.#activity = activity;
    const loop = activity.behaviour.loopCharacteristics;
    this.loopCharacteristics = loop && new loop.Behaviour(activity, loop);
  }

  execute(message: RunningMessage): void {
    const { content } = message;
    const repeated = this.loopCharacteristics;
    if (repeated && content.isRootScope) {
      this.#arrive(content, 'loop', () => repeated.execute(message));
    } else {
      this.#arrive(content, 'activity', (completion) =>
        this.#publish('execute.completed', { ...content, ...completion, state: 'complete' }),
      );
    }
  }

  #arrive(
    content: RunningContent,
    kind: 'activity' | 'loop',
    goOn: (completion?: Completion) => void,
  ): void {
    const { executionId } = content;
    const { broker } = this.#activity;
    const consumerTag = `_wait-${executionId}`;
    const desk = deskOf(this.#activity);
    const onApi = (_: string, { properties }: RunningMessage): void => {
      if (properties.type !== 'discard' && properties.type !== 'stop') return;
      broker.cancel(consumerTag);
      desk.leave(executionId);
      if (properties.type === 'discard') this.#publish('execute.discard', { ...content });
    };
    // Heard before the engine's own consumers: after them a second token may be at work here already.
    const options = { noAck: true, consumerTag, priority: 400 };
    broker.subscribeTmp('api', `activity.#.${executionId}`, onApi, options);
    desk.arrive({
      kind,
      elementId: this.id,
      executionId,
      index: kind === 'activity' ? (content.index ?? null) : null,
      repeat: null,
      complete: (completion) => {
        broker.cancel(consumerTag);
        goOn(completion);
      },
    });
  }

  #publish(routingKey: string, content: object): void {
    this.#activity.broker.publish('execution', routingKey, content);
  }
}
