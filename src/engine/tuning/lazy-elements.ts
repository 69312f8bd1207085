import type { CompiledSource, Part } from '../model/indexed-source.js';
import type { Prototypes } from './prototypes.js';

const EXECUTION = Symbol('execution of a context');
const CONTEXT = Symbol('context of a flow');
const CHILDREN = Symbol('children by id');
const kElements = Symbol.for('elements');
const kActivated = Symbol.for('activated');
const kMessageHandlers = Symbol.for('messageHandlers');

interface Broker {
  subscribeTmp(exchange: string, pattern: string, onMessage: unknown, options: object): void;
}

interface Flow {
  id: string;
  targetId: string;
  parent: { id: string };
  broker: Broker;
  [CONTEXT]?: Context;
}

interface Activity {
  id: string;
  broker: Broker;
  inbound: Flow[];
  outbound: Flow[];
  activate(): void;
}

interface Context {
  definitionContext: CompiledSource & { getActivityById(id: string): Part | undefined };
  refs: Map<string, Map<string, Flow>>;
  upsertActivity(part: Part): Activity;
  [EXECUTION]?: Execution;
}

interface Execution {
  id: string;
  context: Context;
  [kElements]: { children: Activity[]; flows: Flow[] };
  [kActivated]: boolean;
  [kMessageHandlers]: { onActivityEvent: unknown };
  [CHILDREN]: Map<string, Activity> | undefined;
}

const LISTENING = { noAck: true, priority: 200 };

/**
 * An instance builds the elements that a token reaches, when it reaches them; bpmn-elements builds
 * the whole drawing at each start and each recovery. See docs/upstream/bpmn-elements-lazy.md.
 */
export function useLazyElements({ context, processExecution, sequenceFlow }: Prototypes): void {
  const eager = { ...context };
  const upsertSequenceFlow = eager['upsertSequenceFlow'] as unknown as Method<Context, Flow>;
  const getActivities = eager['getActivities'] as unknown as Method<Context, Activity[]>;
  const activate = processExecution['_activate'] as unknown as Method<Execution>;
  const take = sequenceFlow['take'] as unknown as Method<Flow>;
  Object.assign(context, {
    upsertSequenceFlow(this: Context, part: Part) {
      const flow = upsertSequenceFlow.call(this, part);
      flow[CONTEXT] = this;
      return flow;
    },
    getActivities(this: Context, scopeId?: string) {
      if (!scopeId) return getActivities.call(this);
      return this.definitionContext.getBeginnings(scopeId).map((part) => this.upsertActivity(part));
    },
    getSequenceFlows(this: Context, scopeId: string) {
      const made = [...(this.refs.get('sequenceFlowRefs')?.values() ?? [])];
      return made.filter(({ parent }) => parent.id === scopeId);
    },
  });
  Object.assign(processExecution, {
    _activate(this: Execution) {
      this.context[EXECUTION] = this;
      return activate.call(this);
    },
    getActivityById(this: Execution, id: string) {
      return reach(this, id);
    },
  });
  Object.assign(sequenceFlow, {
    take(this: Flow, content: object) {
      const execution = this[CONTEXT]?.[EXECUTION];
      if (execution) reach(execution, this.targetId);
      return take.call(this, content);
    },
  });
}

type Method<This, Result = unknown> = (this: This, ...args: unknown[]) => Result;

/** The element of a scope, built with its flows and its boundary events when it is the first time. */
function reach(execution: Execution, id: string): Activity | undefined {
  const { children } = execution[kElements];
  const known = (execution[CHILDREN] ??= new Map(children.map((child) => [child.id, child])));
  const child = known.get(id);
  if (child) return child;
  const { definitionContext } = execution.context;
  const part = definitionContext.getActivityById(id);
  if (!part || part.parent.id !== execution.id) return undefined;
  const activity = execution.context.upsertActivity(part);
  known.set(id, activity);
  children.push(activity);
  for (const flow of [...activity.inbound, ...activity.outbound]) addFlow(execution, flow);
  if (execution[kActivated]) listenTo(execution, activity);
  for (const event of definitionContext.getAttachedTo(id)) reach(execution, event.id);
  return activity;
}

function addFlow(execution: Execution, flow: Flow): void {
  const { flows } = execution[kElements];
  if (flows.includes(flow)) return;
  flows.push(flow);
  if (!execution[kActivated]) return;
  const { onActivityEvent } = execution[kMessageHandlers];
  const consumerTag = '_process-flow-controller';
  flow.broker.subscribeTmp('event', '#', onActivityEvent, { ...LISTENING, consumerTag });
}

function listenTo(execution: Execution, activity: Activity): void {
  activity.activate();
  const { onActivityEvent } = execution[kMessageHandlers];
  const consumerTag = '_process-activity-consumer';
  activity.broker.subscribeTmp('event', '#', onActivityEvent, { ...LISTENING, consumerTag });
}
