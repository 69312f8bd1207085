import type { Arrival } from '../elements/runtime-types.js';
import { outgoing } from '../model/process-model.js';
import type { ElementModel, FlowModel } from '../model/process-model.js';
import { finish } from '../step/finish.js';
import { raiseIncident } from '../step/incidents.js';
import { scopeOf, valueOf } from '../step/step.js';
import type { Step } from '../step/step.js';

/**
 * Chooses among the outgoing flows: a parallel gateway all, an exclusive one the first whose condition
 * is true, an inclusive one all of those, and the default flow when there is none (BPMN 2.0.2
 * §13.3.1–13.3.3).
 */
export function arriveAtGateway(step: Step, arrival: Arrival, element: ElementModel): void {
  const flows = outgoing(step.model, element.id);
  const taken = choose(step, arrival, element, flows);
  if (flows.length && !taken.length) {
    const conditions = flows.map(({ name, id, condition }) => `${name ?? id}: ${condition}`);
    const message = `No outgoing flow is taken, none of these is true: ${conditions.join('; ')}`;
    raiseIncident(step, arrival, 'no_flow_taken', message);
    return;
  }
  const outbound = flows.map((flow) => ({
    id: flow.id,
    action: taken.includes(flow) ? ('take' as const) : ('discard' as const),
  }));
  finish(step, arrival, {}, outbound.length ? { outbound } : undefined);
}

function choose(
  step: Step,
  arrival: Arrival,
  element: ElementModel,
  flows: readonly FlowModel[],
): FlowModel[] {
  if (element.type === 'parallelGateway') return [...flows];
  if (element.standardLoop) return chooseRound(step, element, flows);
  const scope = scopeOf(step, arrival.executionId);
  const holds = ({ condition, isDefault }: FlowModel): boolean =>
    !isDefault && (condition === null || valueOf(step, condition, scope) === true);
  if (element.type === 'exclusiveGateway') {
    const first = flows.find(holds) ?? flows.find(({ isDefault }) => isDefault);
    return first ? [first] : [];
  }
  const all = flows.filter(holds);
  return all.length ? all : flows.filter(({ isDefault }) => isDefault);
}

/** One more round of a standard loop, or out of it. */
function chooseRound(step: Step, element: ElementModel, flows: readonly FlowModel[]): FlowModel[] {
  const { testBefore = false, maximum = null } = element.standardLoop ?? {};
  const { rounds } = step.document;
  const done = (rounds[element.id] ?? 0) + (testBefore ? 0 : 1);
  const [again, out] = flows;
  const scope = { ...step.variables, loopCounter: done };
  const goesOn =
    (maximum === null || done < maximum) &&
    again !== undefined &&
    valueOf(step, again.condition ?? '=true', scope) === true;
  if (goesOn) rounds[element.id] = testBefore ? done + 1 : done;
  else delete rounds[element.id];
  const taken = goesOn ? again : out;
  return taken ? [taken] : [];
}
