import { deskOf } from './runtime-types.js';
import type { RunningActivity, RunningMessage } from './runtime-types.js';

/**
 * The trigger of a catching event. It holds no clock and no queue of its own: the step keeps timers,
 * subscriptions and conditions, and tells the event when to go on.
 */
export class CatchDefinition {
  readonly type: string;
  readonly #activity: RunningActivity;

  constructor(activity: RunningActivity, definition: { type: string }) {
    this.type = definition.type;
    this.#activity = activity;
  }

  execute({ content }: RunningMessage): void {
    const { executionId } = content;
    const { broker, id } = this.#activity;
    const consumerTag = `_catch-${executionId}`;
    const desk = deskOf(this.#activity);
    const onApi = (_: string, { properties }: RunningMessage): void => {
      if (properties.type !== 'discard' && properties.type !== 'stop') return;
      broker.cancel(consumerTag);
      desk.leave(executionId);
      if (properties.type === 'discard') {
        broker.publish('execution', 'execute.discard', { ...content, state: 'discard' });
      }
    };
    const options = { noAck: true, consumerTag, priority: 400 };
    broker.subscribeTmp('api', `activity.#.${executionId}`, onApi, options);
    desk.arrive({
      kind: 'catch',
      elementId: id,
      executionId,
      index: null,
      repeat: content.inbound?.[0]?.repeat ?? null,
      complete: (_, repeat) => {
        broker.cancel(consumerTag);
        // A non-interrupting boundary event listens for this and waits for its next round.
        if (repeat) broker.publish('execution', 'execute.repeat', { ...content, repeat });
        broker.publish('execution', 'execute.completed', { ...content, state: 'complete' });
      },
    });
  }
}
