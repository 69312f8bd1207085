import { InvalidError } from '../../kernel/errors.js';
import type { JsonObject } from '../../kernel/json.js';
import type { Arrival } from '../elements/runtime-types.js';
import { resultOf, withDeadline } from '../handler-result.js';
import type { HandlerDeclaration } from '../handler.js';
import type { ElementModel } from '../model/process-model.js';
import { finish } from '../step/finish.js';
import { when } from '../step/pending.js';
import type { Pending } from '../step/pending.js';
import { withSavepoint } from '../step/savepoint.js';
import { Overrun } from '../step/step-fault.js';
import { nameOf, scopeOf, valueOf } from '../step/step.js';
import type { Step } from '../step/step.js';

/** Does the work at once when it only touches our rows; else leaves a job for it. */
export function arriveAtService(step: Step, arrival: Arrival, element: ElementModel): Pending {
  const scope = scopeOf(step, arrival.executionId);
  const type = nameOf(step, element.job?.type ?? '', scope);
  const handler = step.ports.handlers(type);
  if (handler?.runs === 'in-step') {
    return when(runInStep(step, arrival, element, handler), (result) => {
      finish(step, arrival, result);
      return undefined;
    });
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
  return undefined;
}

/** Runs a handler in the step's own transaction; what it wrote before it failed is undone. */
async function runInStep(
  step: Step,
  { executionId, elementId }: Arrival,
  element: ElementModel,
  handler: HandlerDeclaration & { runs: 'in-step' },
): Promise<JsonObject> {
  const { tenant, now, actor, instance, ports, limits, spent } = step;
  const left = limits.stepMs - (performance.now() - spent.begunMs);
  const input = inputOf(handler, element, scopeOf(step, executionId));
  const answer = withSavepoint(step.tx, async (tx) => {
    const given = handler.run(input, {
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
    });
    return resultOf(handler.name, await given, limits.variables);
  });
  const late = () => new Overrun(`the handler "${handler.name}" did not answer in time`);
  return withDeadline(left, answer, late);
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
