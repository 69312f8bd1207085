import * as Elements from 'bpmn-elements';
import { CatchDefinition } from './catch-definition.js';
import { SubProcess } from './sub-process.js';
import { TokenFlow } from './token-flow.js';
import { WaitActivity } from './wait-activity.js';

/**
 * How the elements of a compiled source behave. Whatever asks for a decision or for the outside
 * world is one waiting activity, and every catching event waits alike; the step gives them their
 * meaning. The engine is left with what it does well: tokens, scopes and attachment.
 */
export const elements: Record<string, unknown> = {
  ...Elements,
  ServiceTask: WaitActivity,
  SubProcess,
  ManualTask: Elements.Task,
  SequenceFlow: TokenFlow,
  MessageEventDefinition: CatchDefinition,
};
