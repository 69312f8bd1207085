import { InvalidError } from '../../kernel/errors.js';
import type { Arrival } from '../elements/runtime-types.js';
import type { Trigger } from '../model/process-model.js';
import { nameOf, scopeOf, valueOf } from '../step/step.js';
import type { Step } from '../step/step.js';

/** Waits for a message by name and key, or for a signal by name. */
export function arriveAtMessage(
  step: Step,
  { executionId, elementId }: Arrival,
  trigger: Trigger & { kind: 'message' | 'signal' },
): void {
  const scope = scopeOf(step, executionId);
  const key = trigger.kind === 'message' ? valueOf(step, trigger.correlationKey, scope) : '';
  if (typeof key !== 'string' && typeof key !== 'number') {
    throw new InvalidError(
      'value_unusable',
      `the message "${trigger.name}" needs a text or number as correlation key`,
    );
  }
  const id = step.ports.newId();
  step.changes.subscriptions.push({
    id,
    kind: trigger.kind,
    execution_id: executionId,
    element_id: elementId,
    name: nameOf(step, trigger.name, scope),
    correlation_key: String(key),
  });
  step.document.waits[executionId] = { kind: 'message', key: id, elementId };
}
