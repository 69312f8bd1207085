import type { ElementModel, ProcessModel } from '../../src/engine/model/process-model.js';

/** How often an instance entered an element, left it, and was taken away from it. */
export interface Passages {
  enter: number;
  leave: number;
  cancel: number;
}

/** What the element log of one ended instance says, by element id. */
export type PassageCounts = ReadonlyMap<string, Passages>;

const NEVER: Passages = { enter: 0, leave: 0, cancel: 0 };

/** Where one of several ways is chosen, the log tells which only by what is entered next. */
const CHOOSES = new Set(['exclusiveGateway', 'inclusiveGateway', 'eventBasedGateway']);

/**
 * Where the log of an ended instance breaks the rules of the token game (BPMN 2.0.2 §7.1.1, §13):
 * whatever is entered is left or cancelled as often; what leaves an element enters the next; a
 * boundary event waits once with its host, and again only when it may repeat. Knows what the models
 * of this test use: no sub-processes, no loops back, at most one instance of any cycle at a time.
 */
export function tokenFaults(model: ProcessModel, counts: PassageCounts): string[] {
  const of = (id: string): Passages => counts.get(id) ?? NEVER;
  const left = (element: ElementModel) => leavesOf(model, element, of);
  const cutOff = wasTerminated(model, counts);
  const faults = [...model.elements.values()].flatMap((element) => {
    const { enter, cancel } = of(element.id);
    const over = left(element) + cancel;
    const balanced = enter === over || (cutOff && enter > over);
    return balanced
      ? []
      : [`${element.id} was entered ${enter} times, ${JSON.stringify(of(element.id))}`];
  });
  return [...faults, ...boundaryFaults(model, of), ...flowFaults(model, of, left)];
}

/** Whether an end event has terminated the process: the log does not tell what stood elsewhere then. */
export function wasTerminated(model: ProcessModel, counts: PassageCounts): boolean {
  return [...model.elements.values()].some(
    ({ id, trigger }) => trigger?.kind === 'terminate' && (counts.get(id)?.enter ?? 0) > 0,
  );
}

/** An end event that terminates the process comes before the news that its predecessor was left. */
function leavesOf(model: ProcessModel, { id }: ElementModel, of: (id: string) => Passages): number {
  const terminated = model.flows
    .filter(({ sourceId }) => sourceId === id)
    .filter(({ targetId }) => model.elements.get(targetId)?.trigger?.kind === 'terminate');
  const told = of(id).leave;
  return terminated.length > 0 && told === 0 ? of(terminated[0]!.targetId).enter : told;
}

function mayRepeat({ trigger }: ElementModel): boolean {
  return trigger?.kind === 'message' || (trigger?.kind === 'timer' && trigger.type === 'cycle');
}

function boundaryFaults(model: ProcessModel, of: (id: string) => Passages): string[] {
  return [...model.elements.values()].flatMap((event) => {
    if (event.attachedTo === null) return [];
    const host = of(event.attachedTo);
    const { enter, leave, cancel } = of(event.id);
    const repeats = !event.interrupting && mayRepeat(event);
    // A cycle that has had its last round does not wait again.
    const expected = repeats ? host.enter + leave : host.enter;
    const isRight = repeats
      ? enter === expected || (cancel === 0 && enter === expected - host.enter)
      : enter === expected;
    const interrupts = event.interrupting && leave > host.cancel;
    return isRight && !interrupts
      ? []
      : [`${event.id} on ${event.attachedTo}: ${JSON.stringify({ host, own: of(event.id) })}`];
  });
}

/** How often each sequence flow was taken, as far as the log tells; and where that cannot be. */
function flowFaults(
  model: ProcessModel,
  of: (id: string) => Passages,
  left: (element: ElementModel) => number,
): string[] {
  const taken = new Map<string, number>();
  const equations = [...model.elements.values()].flatMap((element) =>
    equationsOf(model, element, of, left),
  );
  for (let solved = true; solved;) {
    solved = false;
    for (const { flows, sum } of equations) {
      const unknown = flows.filter((id) => !taken.has(id));
      if (unknown.length !== 1) continue;
      const known = flows.reduce((total, id) => total + (taken.get(id) ?? 0), 0);
      taken.set(unknown[0]!, sum - known);
      solved = true;
    }
  }
  const broken = equations.filter(
    ({ flows, sum }) => flows.reduce((total, id) => total + (taken.get(id) ?? NaN), 0) !== sum,
  );
  const negative = [...taken]
    .filter(([, times]) => times < 0)
    .map(([id]) => `${id} was never left`);
  return [...broken.map(({ what }) => what), ...negative];
}

interface Equation {
  /** The flows that were taken so often together. */
  flows: string[];
  sum: number;
  what: string;
}

function equationsOf(
  model: ProcessModel,
  element: ElementModel,
  of: (id: string) => Passages,
  left: (element: ElementModel) => number,
): Equation[] {
  const { id, type } = element;
  const incoming = model.flows.filter(({ targetId }) => targetId === id).map((flow) => flow.id);
  const outgoing = model.flows.filter(({ sourceId }) => sourceId === id).map((flow) => flow.id);
  const told = JSON.stringify(of(id));
  const afterRace = model.flows.some(
    ({ sourceId, targetId }) =>
      targetId === id && model.elements.get(sourceId)?.type === 'eventBasedGateway',
  );
  const equations: Equation[] = [];
  const add = (flows: string[], sum: number, what: string) => {
    if (flows.length > 0) equations.push({ flows, sum, what: `${id} ${what}: ${told}` });
  };
  // A join is passed by one token of each flow, which go on as one.
  const joined = type === 'parallelGateway' ? Math.max(1, incoming.length) : 1;
  if (joined > 1) {
    for (const flow of incoming) add([flow], of(id).enter / joined, `waits for ${flow}`);
  } else if (afterRace) {
    add(incoming, of(id).leave, 'won its race');
  } else {
    add(incoming, of(id).enter, 'was entered');
  }
  if (CHOOSES.has(type)) add(outgoing, left(element), 'was left');
  else for (const flow of outgoing) add([flow], left(element) / joined, `was left by ${flow}`);
  return equations;
}
