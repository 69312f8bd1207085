import { catcherOf } from '../model/process-model.js';
import { command } from './changes.js';
import type { Step } from './step.js';
import { trigger } from './throw-error.js';

/**
 * Raises an escalation at an element. The nearest scope that catches it reacts, else the caller is
 * told; one that nobody catches is no fault (BPMN 2.0.2 §10.5.5).
 */
export function throwEscalation(step: Step, elementId: string, code: string): void {
  const event = catcherOf(step.model, elementId, code, 'escalation');
  if (event) {
    trigger(step, event);
    return;
  }
  const { instance, ports, now, changes, variables } = step;
  const { parentId, parentExecutionId: executionId } = instance;
  if (!parentId || !executionId) return;
  const payload = { executionId, code, variables };
  changes.jobs.push(command(ports.newId(), parentId, 'child-escalated', payload, now));
}
