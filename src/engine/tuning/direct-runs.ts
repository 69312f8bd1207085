import type { Prototypes } from './prototypes.js';

const kFlows = Symbol.for('flows');

interface Content {
  parent?: object;
  message?: unknown;
}

interface Flow {
  id: string;
  targetId: string;
  isDefault?: boolean;
  behaviour?: { conditionExpression?: object };
}

type Outbound = { id: string; targetId: string; action: 'take'; result: true; message?: unknown };

interface Activity {
  broker: {
    getQueue(name: string): { messageCount: number } | undefined;
    publish(exchange: string, routingKey: string, content: object, properties: object): void;
  };
  [kFlows]: { outboundSequenceFlows: Flow[] };
  _continueRunMessage(routingKey: string, message: object): unknown;
}

type OnRunMessage = (this: Activity, routingKey: string, message: object) => unknown;
type OnEvaluated = (error: unknown, outbound: Outbound[]) => unknown;
type EvaluateOutbound = (
  this: Activity,
  from: { content: Content },
  onlyOne: boolean | undefined,
  callback: OnEvaluated,
) => unknown;

/** What an activity goes through that neither its scope, nor its border, nor a gateway asks about. */
const UNHEARD: ReadonlySet<string> = new Set(['init', 'start', 'execution.completed']);

/**
 * An activity goes from phase to phase without asking when there is nothing to ask. bpmn-elements
 * sends each of six phases through an empty formatting queue, each flow without a condition through
 * an evaluation, and tells each phase to listeners that are not there. See
 * docs/upstream/bpmn-elements-runs.md.
 */
export function useDirectRuns({ activity }: Prototypes): void {
  const formatted = activity['_onRunMessage'] as unknown as OnRunMessage;
  const evaluated = activity['evaluateOutbound'] as unknown as EvaluateOutbound;
  Object.assign(activity, {
    _onRunMessage(this: Activity, routingKey: string, message: object) {
      if (routingKey === 'run.resume' || this.broker.getQueue('format-run-q')?.messageCount) {
        return formatted.call(this, routingKey, message);
      }
      return this._continueRunMessage(routingKey, message);
    },
    evaluateOutbound(...[from, onlyOne, callback]: Parameters<EvaluateOutbound>) {
      const self = this as unknown as Activity;
      const flows = self[kFlows].outboundSequenceFlows;
      if (onlyOne || !flows.every(isUnconditional)) {
        return evaluated.call(self, from, onlyOne, callback);
      }
      const { message } = from.content;
      return callback(
        null,
        flows.map((flow) => taken(flow, message)),
      );
    },
    _publishEvent(this: Activity, state: string, content: Content, properties?: object) {
      if (UNHEARD.has(state)) return;
      const told = { ...content, parent: { ...content.parent }, state };
      const mandatory = state === 'error';
      this.broker.publish('event', `activity.${state}`, told, {
        ...properties,
        type: state,
        mandatory,
      });
    },
  });
}

function isUnconditional({ isDefault, behaviour }: Flow): boolean {
  return !isDefault && !behaviour?.conditionExpression;
}

function taken({ id, targetId }: Flow, message: unknown): Outbound {
  const outbound: Outbound = { id, targetId, action: 'take', result: true };
  return message === undefined ? outbound : { ...outbound, message };
}
