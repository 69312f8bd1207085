import { ConflictError, InvalidError } from '../../kernel/errors.js';
import type { Id } from '../../kernel/ids.js';
import { arrive } from '../arrivals/arrive.js';
import { nextRound } from '../arrivals/timer.js';
import type { Arrival } from '../elements/runtime-types.js';
import { BpmnError } from '../handler.js';
import type { Wait } from '../live/instance-document.js';
import type { Command } from './commands.js';
import { closeWait, finish } from './finish.js';
import type { Pending } from './pending.js';
import { elementOf } from './step.js';
import type { Step } from './step.js';
import { ifCaught, throwError } from './throw-error.js';
import { throwEscalation } from './throw-escalation.js';
import { addVariables, demandVariables } from './variables.js';

/**
 * Carries out one command on the live instance. Throws ConflictError `wait_over` when what it names
 * no longer waits, so that nothing is done twice.
 */
export function act(step: Step, command: Command): Pending {
  demandRoom(step, command);
  switch (command.kind) {
    case 'complete-task': {
      finish(step, standing(step, 'task', command.taskId), command.variables);
      return undefined;
    }
    case 'fail-task':
      return failTask(step, standing(step, 'task', command.taskId), command);
    case 'timer-due': {
      fire(step, standing(step, 'timer', command.jobId), command);
      return undefined;
    }
    case 'message': {
      receive(step, standing(step, 'message', command.subscriptionId), command);
      return undefined;
    }
    case 'job-done': {
      finish(step, standing(step, 'job', command.jobId), command.variables);
      return undefined;
    }
    case 'job-error': {
      const arrival = standing(step, 'job', command.jobId);
      closeWait(step, arrival.executionId, 'completed');
      const { code, message, variables } = command;
      return throwError(step, arrival, new BpmnError(code, message, variables));
    }
    case 'child-ended': {
      endCall(step, command);
      return undefined;
    }
    case 'child-escalated': {
      escalateCall(step, command);
      return undefined;
    }
    case 'child-failed':
      return failCall(step, command);
    case 'set-variables':
      addVariables(step, command.variables);
      return undefined;
    case 'resolve-incident':
      return resolve(step, standing(step, 'incident', command.incidentId), command.incidentId);
    case 'skip-incident': {
      skip(step, standing(step, 'incident', command.incidentId), command);
      return undefined;
    }
  }
}

/** What somebody sent is refused when it is too much; what comes by itself becomes an incident. */
function demandRoom({ variables, limits }: Step, command: Command): void {
  if (!('variables' in command) || command.kind.startsWith('child-')) return;
  if (command.kind === 'message' && !command.isAsked) return;
  demandVariables(command.variables, limits.variables, variables);
}

/** The element that waits by a row. */
function standing(step: Step, kind: Wait['kind'], key: Id): Arrival {
  for (const [executionId, wait] of Object.entries(step.document.waits)) {
    if (wait.kind !== kind || wait.key !== key) continue;
    const arrival = step.live.standing.get(executionId);
    if (arrival) return arrival;
  }
  throw new ConflictError('wait_over', `The instance no longer waits for this ${kind}.`);
}

function failTask(
  step: Step,
  arrival: Arrival,
  { code, variables }: Command & { kind: 'fail-task' },
): Pending {
  return ifCaught(step, arrival, code, (caught) => {
    if (!caught) {
      throw new InvalidError('error_not_caught', `Nothing in the process catches "${code}" here.`);
    }
    closeWait(step, arrival.executionId, 'canceled');
    const error = new BpmnError(code, `the task was answered with ${code}`, variables);
    return throwError(step, arrival, error);
  });
}

/** A non-interrupting cycle waits for its next round; every other timer fires once. */
function fire(step: Step, arrival: Arrival, { round }: Command & { kind: 'timer-due' }): void {
  finish(step, arrival, {}, undefined, nextRound(round));
}

/** A non-interrupting boundary message can come again (BPMN 2.0.2 §10.5.4). */
function receive(step: Step, arrival: Arrival, { variables }: Command & { kind: 'message' }): void {
  const { type, interrupting } = elementOf(step, arrival);
  const again = type === 'boundaryEvent' && !interrupting ? { again: true } : undefined;
  finish(step, arrival, variables, undefined, again);
}

function endCall(step: Step, { executionId, variables }: Command & { kind: 'child-ended' }): void {
  const arrival = step.live.standing.get(executionId);
  if (!arrival || step.document.waits[executionId]?.kind !== 'call') return;
  const element = elementOf(step, arrival);
  const inherits = element.call?.propagateAllChildVariables !== false;
  const result = inherits || element.outputs.length ? variables : {};
  finish(step, arrival, result);
}

/** The called process goes on, unless the reaction takes the call away. */
function escalateCall(
  step: Step,
  { executionId, code }: Command & { kind: 'child-escalated' },
): void {
  const arrival = step.live.standing.get(executionId);
  if (arrival) throwEscalation(step, arrival.elementId, code);
}

function failCall(
  step: Step,
  { executionId, code, variables }: Command & { kind: 'child-failed' },
): Pending {
  const arrival = step.live.standing.get(executionId);
  if (!arrival || step.document.waits[executionId]?.kind !== 'call') return undefined;
  closeWait(step, executionId, 'completed');
  return throwError(
    step,
    arrival,
    new BpmnError(code, 'the called process ended by it', variables),
  );
}

/** Tries again; when the work was done and only its completion failed, only that. */
function resolve(step: Step, arrival: Arrival, id: Id): Pending {
  const { result } = step.document.waits[arrival.executionId] ?? {};
  end(step, id, 'retried', null);
  delete step.document.waits[arrival.executionId];
  if (!result) return arrive(step, arrival);
  finish(step, arrival, result);
  return undefined;
}

function skip(
  step: Step,
  arrival: Arrival,
  { incidentId, reason, variables }: Command & { kind: 'skip-incident' },
): void {
  const { type } = elementOf(step, arrival);
  if (type === 'exclusiveGateway' || type === 'inclusiveGateway') {
    throw new InvalidError('incident_not_skippable', 'A gateway must choose; mend its variables.');
  }
  end(step, incidentId, 'skipped', reason);
  delete step.document.waits[arrival.executionId];
  finish(step, arrival, variables);
}

function end(step: Step, id: Id, resolution: 'retried' | 'skipped', reason: string | null): void {
  step.changes.endedIncidents.push({ id, resolution, reason });
}
