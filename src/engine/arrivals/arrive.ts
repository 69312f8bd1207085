import type { Arrival } from '../elements/runtime-types.js';
import { BpmnError } from '../handler.js';
import { isJoin } from '../model/process-model.js';
import type { ElementModel } from '../model/process-model.js';
import type { IncidentKind } from '../step/changes.js';
import { finish } from '../step/finish.js';
import { isLimit, raiseIncident, reasonOf } from '../step/incidents.js';
import type { Pending } from '../step/pending.js';
import { EngineFailure, Overrun } from '../step/step-fault.js';
import { elementOf } from '../step/step.js';
import type { Step } from '../step/step.js';
import { throwError } from '../step/throw-error.js';
import { evaluateMappings, keepLocals } from '../step/variables.js';
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
 * becomes an incident at the element; only a budget that is used up goes further.
 */
export function arrive(step: Step, arrival: Arrival): Pending {
  try {
    return caught(step, arrival, enter(step, arrival));
  } catch (error) {
    return fail(step, arrival, error);
  }
}

/** The same for what comes later. */
function caught(step: Step, arrival: Arrival, pending: Pending): Pending {
  return pending?.then(
    (goOn) => () => {
      try {
        return caught(step, arrival, goOn());
      } catch (error) {
        return fail(step, arrival, error);
      }
    },
    (error: unknown) => () => fail(step, arrival, error),
  );
}

function fail(step: Step, arrival: Arrival, error: unknown): Pending {
  if (error instanceof Overrun || error instanceof EngineFailure) throw error;
  if (error instanceof BpmnError) return throwError(step, arrival, error);
  raiseIncident(step, arrival, kindOf(step, arrival, error), reasonOf(error));
  return undefined;
}

function enter(step: Step, arrival: Arrival): Pending {
  const element = elementOf(step, arrival);
  if (arrival.kind === 'loop') {
    arriveAtLoop(step, arrival);
    return undefined;
  }
  if (arrival.kind === 'catch') {
    arriveAtCatch(step, arrival, element);
    return undefined;
  }
  if (element.inputs.length || arrival.index !== null) {
    const item = loopElement(step, arrival);
    const inputs = evaluateMappings(step, element.inputs, { ...step.variables, ...item });
    keepLocals(step, arrival.executionId, { ...item, ...inputs });
  }
  return enterActivity(step, arrival, element);
}

function enterActivity(step: Step, arrival: Arrival, element: ElementModel): Pending {
  switch (element.type) {
    case 'task':
    case 'manualTask':
      finish(step, arrival, {});
      return undefined;
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

function kindOf(step: Step, arrival: Arrival, error: unknown): IncidentKind {
  if (isLimit(error)) return 'limit_exceeded';
  const { type } = elementOf(step, arrival);
  return type === 'serviceTask' || type === 'sendTask' ? 'handler_failed' : 'evaluation_failed';
}
