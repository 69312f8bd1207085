import type { Arrival } from '../elements/runtime-types.js';
import { BpmnError } from '../handler.js';
import { raiseIncident, reasonOf } from '../step/incidents.js';
import { elementOf } from '../step/step.js';
import type { Step } from '../step/step.js';
import { throwError } from '../step/throw-error.js';
import { evaluateMappings } from '../step/variables.js';
import { arriveAtCall } from './call.js';
import { arriveAtDecision } from './decision.js';
import { arriveAtGateway } from './gateway.js';
import { arriveAtLoop, loopElement } from './loop.js';
import { arriveAtMessage } from './message.js';
import { arriveAtService } from './service.js';
import { arriveAtTimer } from './timer.js';
import { arriveAtUserTask } from './user-task.js';

/**
 * Gives an arrival its meaning: a row to wait by, or the work itself and on. Whatever goes wrong
 * becomes an incident at the element; it never throws for the model's sake.
 */
export async function arrive(step: Step, arrival: Arrival): Promise<void> {
  try {
    await enter(step, arrival);
  } catch (error) {
    if (error instanceof BpmnError) await throwError(step, arrival, error);
    else raiseIncident(step, arrival, kindOf(step, arrival), reasonOf(error));
  }
}

async function enter(step: Step, arrival: Arrival): Promise<void> {
  if (arrival.kind === 'loop') {
    arriveAtLoop(step, arrival);
    return;
  }
  if (arrival.kind === 'timer') {
    arriveAtTimer(step, arrival);
    return;
  }
  const element = elementOf(step, arrival);
  if (arrival.kind === 'message') {
    arriveAtMessage(step, arrival);
    return;
  }
  if (element.inputs.length || arrival.index !== null) {
    const item = loopElement(step, arrival);
    const inputs = evaluateMappings(step, element.inputs, { ...step.variables, ...item });
    step.document.locals[arrival.executionId] = { ...item, ...inputs };
  }
  switch (element.type) {
    case 'userTask': {
      arriveAtUserTask(step, arrival, element);
      return;
    }
    case 'callActivity':
      return arriveAtCall(step, arrival, element);
    case 'receiveTask': {
      arriveAtMessage(step, arrival);
      return;
    }
    case 'exclusiveGateway':
    case 'inclusiveGateway': {
      arriveAtGateway(step, arrival, element);
      return;
    }
    default:
      return element.decision
        ? arriveAtDecision(step, arrival, element)
        : arriveAtService(step, arrival, element);
  }
}

function kindOf(step: Step, arrival: Arrival): 'handler_failed' | 'evaluation_failed' {
  const { type } = elementOf(step, arrival);
  return type === 'serviceTask' || type === 'sendTask' ? 'handler_failed' : 'evaluation_failed';
}
