import type { Arrival } from '../elements/runtime-types.js';
import { BpmnError } from '../handler.js';
import { isJoin } from '../model/process-model.js';
import type { ElementModel } from '../model/process-model.js';
import { raiseIncident, reasonOf } from '../step/incidents.js';
import { elementOf } from '../step/step.js';
import type { Step } from '../step/step.js';
import { throwError } from '../step/throw-error.js';
import { evaluateMappings } from '../step/variables.js';
import { arriveAtCall } from './call.js';
import { arriveAtCatch } from './catch.js';
import { arriveAtDecision } from './decision.js';
import { arriveAtGateway } from './gateway.js';
import { arriveAtJoin } from './join.js';
import { arriveAtLoop, loopElement } from './loop.js';
import { arriveAtService } from './service.js';
import { arriveAtThrow } from './throw.js';
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
  const element = elementOf(step, arrival);
  if (arrival.kind === 'loop') {
    arriveAtLoop(step, arrival);
    return;
  }
  if (arrival.kind === 'catch') {
    arriveAtCatch(step, arrival, element);
    return;
  }
  if (element.inputs.length || arrival.index !== null) {
    const item = loopElement(step, arrival);
    const inputs = evaluateMappings(step, element.inputs, { ...step.variables, ...item });
    step.document.locals[arrival.executionId] = { ...item, ...inputs };
  }
  return enterActivity(step, arrival, element);
}

function enterActivity(
  step: Step,
  arrival: Arrival,
  element: ElementModel,
): Promise<void> | undefined {
  switch (element.type) {
    case 'userTask':
      arriveAtUserTask(step, arrival, element);
      return undefined;
    case 'callActivity':
      return arriveAtCall(step, arrival, element);
    case 'receiveTask':
      arriveAtCatch(step, arrival, element);
      return undefined;
    case 'exclusiveGateway':
    case 'inclusiveGateway':
    case 'parallelGateway':
      if (isJoin(step.model, element)) arriveAtJoin(step, arrival, element);
      else arriveAtGateway(step, arrival, element);
      return undefined;
    case 'endEvent':
    case 'intermediateThrowEvent':
      return arriveAtThrow(step, arrival, element);
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
