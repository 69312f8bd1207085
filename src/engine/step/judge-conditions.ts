import { triggerOf } from '../model/process-model.js';
import { finish } from './finish.js';
import { raiseIncident, reasonOf } from './incidents.js';
import { elementOf, scopeOf, valueOf } from './step.js';
import type { Step } from './step.js';

/**
 * Fires the conditional events whose condition has become true since the variables last changed
 * (BPMN 2.0.2 §10.5.5). Tells whether any did.
 */
export function judgeConditions(step: Step): boolean {
  if (step.judged === step.variables) return false;
  step.judged = step.variables;
  let fired = false;
  for (const [executionId, wait] of Object.entries(step.document.waits)) {
    const arrival = wait.kind === 'condition' ? step.live.standing.get(executionId) : undefined;
    if (!arrival) continue;
    const element = elementOf(step, arrival);
    try {
      const holds = isMet(step, executionId, triggerOf(element, 'conditional')?.condition ?? '');
      const fires = holds && wait.met !== true;
      wait.met = holds;
      if (!fires) continue;
    } catch (error) {
      raiseIncident(step, arrival, 'evaluation_failed', reasonOf(error));
      continue;
    }
    fired = true;
    const again = element.type === 'boundaryEvent' && !element.interrupting;
    finish(step, arrival, {}, undefined, again ? { met: true } : undefined);
  }
  return fired;
}

function isMet(step: Step, executionId: string, condition: string): boolean {
  return valueOf(step, condition, scopeOf(step, executionId)) === true;
}
