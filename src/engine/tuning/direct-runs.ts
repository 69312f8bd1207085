import type { Prototypes } from './prototypes.js';

interface Activity {
  broker: { getQueue(name: string): { messageCount: number } | undefined };
  _continueRunMessage(routingKey: string, message: object): unknown;
}

type OnRunMessage = (this: Activity, routingKey: string, message: object) => unknown;

/**
 * An element whose message nobody formats goes on at once. bpmn-elements publishes a message to an
 * empty queue, consumes it and cancels the consumer before each of an activity's six phases.
 */
export function useDirectRuns({ activity }: Prototypes): void {
  const formatted = activity['_onRunMessage'] as unknown as OnRunMessage;
  Object.assign(activity, {
    _onRunMessage(this: Activity, routingKey: string, message: object) {
      if (routingKey === 'run.resume' || this.broker.getQueue('format-run-q')?.messageCount) {
        return formatted.call(this, routingKey, message);
      }
      return this._continueRunMessage(routingKey, message);
    },
  });
}
