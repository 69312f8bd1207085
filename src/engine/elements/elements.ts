import * as Elements from 'bpmn-elements';
import { catchDefinition } from './catch-definition.js';
import { TokenFlow } from './token-flow.js';
import { WaitActivity } from './wait-activity.js';

/**
 * How each BPMN element behaves. Whatever asks for a decision or for the outside world is one
 * waiting activity, whose meaning the step gives; the engine is left with what it does well:
 * tokens, scopes and attachment.
 */
export const elements: Record<string, unknown> = {
  ...Elements,
  UserTask: WaitActivity,
  ServiceTask: WaitActivity,
  SendTask: WaitActivity,
  BusinessRuleTask: WaitActivity,
  ReceiveTask: WaitActivity,
  CallActivity: WaitActivity,
  ExclusiveGateway: WaitActivity,
  InclusiveGateway: WaitActivity,
  ManualTask: Elements.Task,
  SequenceFlow: TokenFlow,
  TimerEventDefinition: catchDefinition('timer'),
  MessageEventDefinition: catchDefinition('message'),
};
