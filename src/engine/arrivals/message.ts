import { InvalidError } from '../../kernel/errors.js';
import type { Arrival } from '../elements/runtime-types.js';
import { elementOf, scopeOf, valueOf } from '../step/step.js';
import type { Step } from '../step/step.js';

/** Waits for a message by name and key. */
export function arriveAtMessage(step: Step, arrival: Arrival): void {
  const { executionId, elementId } = arrival;
  const { message } = elementOf(step, arrival);
  const scope = scopeOf(step, executionId);
  const name = message && valueOf(step, message.name, scope);
  const key = message && valueOf(step, message.correlationKey, scope);
  if (typeof name !== 'string' || (typeof key !== 'string' && typeof key !== 'number')) {
    throw new InvalidError(
      'value_unusable',
      `the message "${message?.name}" needs a text or number as correlation key`,
    );
  }
  const id = step.ports.newId();
  step.changes.subscriptions.push({
    id,
    execution_id: executionId,
    element_id: elementId,
    name,
    correlation_key: String(key),
  });
  step.document.waits[executionId] = { kind: 'message', key: id, elementId };
}
