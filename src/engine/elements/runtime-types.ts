import type { JsonObject } from '../../kernel/json.js';

/** The parts of a bpmn-elements activity that our behaviours touch. */
export interface RunningActivity {
  id: string;
  type: string;
  broker: RunningBroker;
  environment: { options: { desk?: WaitDesk } };
  behaviour: { loopCharacteristics?: { Behaviour: LoopConstructor } };
}

export interface RunningBroker {
  publish(exchange: string, routingKey: string, content: object, properties?: object): void;
  subscribeTmp(
    exchange: string,
    pattern: string,
    onMessage: (routingKey: string, message: RunningMessage) => void,
    options: object,
  ): void;
  cancel(consumerTag: string): void;
}

export interface RunningMessage {
  fields: { redelivered?: boolean; routingKey: string };
  content: RunningContent;
  properties: { type?: string };
}

export interface RunningContent {
  id: string;
  executionId: string;
  isRootScope?: boolean;
  isRecovered?: boolean;
  /** Set on each single execution of a repeated activity. */
  index?: number;
  inbound?: { repeat?: JsonObject }[];
}

type LoopConstructor = new (
  activity: RunningActivity,
  loop: object,
) => { execute(message: RunningMessage): void };

/** What an element may answer when its wait is over. */
export interface Completion {
  /** Of a gateway: every outgoing flow, and whether a token takes it. */
  outbound?: { id: string; action: 'take' | 'discard' }[];
}

/** An element that has come to rest and waits to be told how to go on. */
export interface Arrival {
  kind: 'activity' | 'loop' | 'catch';
  elementId: string;
  executionId: string;
  /** For one of many executions of a repeated activity: its number from 0. */
  index: number | null;
  /** What the previous round of a repeating timer left behind. */
  repeat: JsonObject | null;
  /** Goes on; a repeating boundary event waits again with `repeat`. */
  complete(completion?: Completion, repeat?: JsonObject): void;
}

/** Where elements report; implemented by the live instance. */
export interface WaitDesk {
  arrive(arrival: Arrival): void;
  /** A token passes a sequence flow. */
  pass(flowId: string): void;
  /** The engine took the token away: the wait is void. */
  leave(executionId: string): void;
}

export function deskOf(activity: RunningActivity): WaitDesk {
  const { desk } = activity.environment.options;
  if (!desk) throw new TypeError('the engine was built without a desk');
  return desk;
}
