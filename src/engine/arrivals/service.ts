import { InvalidError } from '../../kernel/errors.js';
import type { JsonObject } from '../../kernel/json.js';
import type { Arrival } from '../elements/runtime-types.js';
import type { HandlerDeclaration } from '../handler.js';
import type { ElementModel } from '../model/process-model.js';
import { finish } from '../step/finish.js';
import { withSavepoint } from '../step/savepoint.js';
import { nameOf, scopeOf, valueOf } from '../step/step.js';
import type { Step } from '../step/step.js';

/** Does the work at once when it only touches our rows; else leaves a job for it. */
export async function arriveAtService(
  step: Step,
  arrival: Arrival,
  element: ElementModel,
): Promise<void> {
  const scope = scopeOf(step, arrival.executionId);
  const type = nameOf(step, element.job?.type ?? '', scope);
  const handler = step.ports.handlers(type);
  if (handler?.runs === 'in-step') {
    finish(step, arrival, await runInStep(step, arrival, element, handler));
    return;
  }
  const id = step.ports.newId();
  step.changes.jobs.push({
    id,
    instance_id: step.instance.id,
    execution_id: arrival.executionId,
    element_id: element.id,
    kind: handler ? 'handler' : 'external',
    type,
    payload: {
      headers: element.headers,
      locals: step.document.locals[arrival.executionId] ?? {},
      ...(handler && { input: inputOf(handler, element, scope) }),
    },
    available_at: step.now.toISOString(),
    retries: retriesIn(element, step, scope),
  });
  step.document.waits[arrival.executionId] = { kind: 'job', key: id, elementId: element.id };
}

/** Runs a handler in the step's own transaction; what it wrote before it failed is undone. */
async function runInStep(
  step: Step,
  { executionId, elementId }: Arrival,
  element: ElementModel,
  handler: HandlerDeclaration & { runs: 'in-step' },
): Promise<JsonObject> {
  const { tenant, now, actor, instance, ports } = step;
  const input = inputOf(handler, element, scopeOf(step, executionId));
  return withSavepoint(step.tx, (tx) =>
    handler.run(input, {
      tx,
      tenant,
      now,
      actor,
      elementId,
      headers: element.headers,
      instanceId: instance.id,
      processId: instance.processId,
      definitionId: instance.definitionId,
      decide: (decisionId, context) => ports.decide(tx, tenant, decisionId, context, now),
    }),
  );
}

/** What the handler declares, from the variables in scope or else from the task's headers. */
function inputOf(
  handler: HandlerDeclaration,
  element: ElementModel,
  scope: JsonObject,
): JsonObject {
  const input: JsonObject = {};
  for (const { name, required } of handler.inputs) {
    const value = scope[name] ?? element.headers[name];
    if (value !== undefined) input[name] = value;
    else if (required) {
      throw new InvalidError('input_missing', `"${handler.name}" lacks its input "${name}"`);
    }
  }
  return input;
}

function retriesIn(element: ElementModel, step: Step, scope: JsonObject): number {
  const retries = Number(element.job ? valueOf(step, element.job.retries, scope) : 3);
  if (!Number.isInteger(retries) || retries < 1 || retries > 100) {
    throw new InvalidError('value_unusable', 'the retries must be a whole number from 1 to 100');
  }
  return retries;
}
