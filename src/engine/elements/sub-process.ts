import * as Elements from 'bpmn-elements';
import type { RunningActivity, RunningMessage } from './runtime-types.js';

type Behaviour = new (activity: RunningActivity, context: object) => RunningSubProcess;

interface RunningSubProcess {
  readonly executions: { getActivities(): Inner[] }[];
  execute(message: RunningMessage): void;
}

interface Inner {
  readonly broker: { getQueue(name: 'inbound-q'): { purge(): unknown } | undefined };
}

interface SubProcessActivity {
  Behaviour: Behaviour;
}

const TAG = '_sub-process-discard';

/**
 * An embedded sub-process that takes its tokens with it when it is interrupted. In bpmn-elements two
 * consumers of one priority hear the interruption; after a recovery the wrong one comes first and
 * ends the sub-process without telling what waits inside. Ours is heard before both, and takes away
 * the tokens that stand in line for an activity, which would have begun when the one before was told.
 */
export function SubProcess(definition: object, context: object): unknown {
  const usual = Elements.SubProcess as unknown as (
    definition: object,
    context: object,
  ) => SubProcessActivity;
  const activity = usual(definition, context);
  activity.Behaviour = discardingFirst(activity.Behaviour);
  return activity;
}

function discardingFirst(Usual: Behaviour): Behaviour {
  return class extends Usual {
    readonly #broker: RunningActivity['broker'];

    constructor(activity: RunningActivity, context: object) {
      super(activity, context);
      this.#broker = activity.broker;
    }

    override execute(message: RunningMessage): void {
      if (message.content.isRootScope) this.#listen(message);
      super.execute(message);
    }

    #listen({ content }: RunningMessage): void {
      const onApi = (_: string, { properties }: RunningMessage): void => {
        if (properties.type !== 'discard' && properties.type !== 'stop') return;
        this.#broker.cancel(TAG);
        if (properties.type === 'discard') {
          this.#forgetQueued();
          this.#broker.publish('execution', 'execute.discard', { ...content, state: 'discard' });
        }
      };
      const options = { noAck: true, consumerTag: TAG, priority: 300 };
      this.#broker.cancel(TAG);
      this.#broker.subscribeTmp('api', `activity.*.${content.executionId}`, onApi, options);
    }

    #forgetQueued(): void {
      for (const execution of this.executions) {
        for (const { broker } of execution.getActivities()) broker.getQueue('inbound-q')?.purge();
      }
    }
  };
}
