import { arriveAtGateway } from '../arrivals/gateway.js';
import type { Arrival } from '../elements/runtime-types.js';
import { boundaryEvents } from '../model/process-model.js';
import type { ElementModel, FlowModel, ProcessModel } from '../model/process-model.js';
import { raiseIncident, reasonOf } from './incidents.js';
import { EngineFailure } from './step-fault.js';
import { elementOf } from './step.js';
import type { Step } from './step.js';

/** Lets go the joins that have what they wait for. Tells whether any did. */
export function releaseJoins(step: Step): boolean {
  let released = false;
  for (const [executionId, { kind }] of Object.entries(step.document.waits)) {
    const arrival = kind === 'join' ? step.live.standing.get(executionId) : undefined;
    if (arrival && isReady(step, arrival)) {
      release(step, arrival);
      released = true;
    }
  }
  return released;
}

function isReady(step: Step, arrival: Arrival): boolean {
  const { id, type } = elementOf(step, arrival);
  const incoming = step.model.flows.filter(({ targetId }) => targetId === id);
  const empty = incoming.filter((flow) => !step.document.tokens[flow.id]);
  if (type === 'parallelGateway') return empty.length === 0;
  const full = incoming.filter((flow) => step.document.tokens[flow.id]);
  return full.length > 0 && !mayStillCome(step, id, empty, full);
}

/**
 * Whether an inclusive join must wait (BPMN 2.0.2 §13.3.3): some token can reach a flow that has
 * none yet without passing the gateway, and cannot reach one that has.
 */
function mayStillCome(
  step: Step,
  gatewayId: string,
  empty: readonly FlowModel[],
  full: readonly FlowModel[],
): boolean {
  const { model, document } = step;
  const parentId = model.elements.get(gatewayId)?.parentId;
  return Object.keys(document.active).some((id) => {
    const element = model.elements.get(id);
    const holdsToken = element?.parentId === parentId && element?.type !== 'boundaryEvent';
    if (!holdsToken || id === gatewayId) return false;
    const reached = flowsFrom(model, id, gatewayId);
    return empty.some((flow) => reached.has(flow.id)) && !full.some((flow) => reached.has(flow.id));
  });
}

/** Every flow a token at an element may still take without passing a gateway. */
function flowsFrom(model: ProcessModel, elementId: string, gatewayId: string): Set<string> {
  const flows = new Set<string>();
  const open = [elementId];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const sources = [id, ...boundaryEvents(model, id).map((event) => event.id)];
    for (const flow of model.flows) {
      if (!sources.includes(flow.sourceId) || flows.has(flow.id)) continue;
      flows.add(flow.id);
      if (flow.targetId !== gatewayId) open.push(flow.targetId);
    }
  }
  return flows;
}

/** Goes on, unless it cannot choose: then every token is still there when it tries again. */
function release(step: Step, arrival: Arrival): void {
  const { waits } = step.document;
  delete waits[arrival.executionId];
  const consume = consumer(step, elementOf(step, arrival));
  try {
    arriveAtGateway(step, arrival, elementOf(step, arrival));
  } catch (error) {
    if (error instanceof EngineFailure) throw error;
    raiseIncident(step, arrival, 'evaluation_failed', reasonOf(error));
  }
  if (waits[arrival.executionId]?.kind !== 'incident') consume();
}

/** Takes one token of each flow that has one; the engine still brings all but the first. */
function consumer(step: Step, element: ElementModel): () => void {
  const { document } = step;
  const full = step.model.flows.filter(
    (flow) => flow.targetId === element.id && document.tokens[flow.id],
  );
  return () => {
    for (const { id } of full) {
      const left = (document.tokens[id] ?? 0) - 1;
      if (left > 0) document.tokens[id] = left;
      else delete document.tokens[id];
    }
    if (full.length > 1) document.absorb[element.id] = full.length - 1;
  };
}
