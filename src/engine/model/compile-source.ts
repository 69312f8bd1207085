import { BpmnModdle } from 'bpmn-moddle';
import serialize, { TypeResolver } from 'moddle-context-serializer';
import { elements } from '../elements/elements.js';
import { indexSource } from './indexed-source.js';
import type { CompiledSource } from './indexed-source.js';
import type { ElementModel, FlowModel, ProcessModel } from './process-model.js';

/** Stands for the length of a repeated activity's list, which the live instance knows. */
export const LOOP_COUNT = 'saksflyt:loop-count';

/**
 * What the engine does by itself; all else rests, and the step says how it goes on. Also what only
 * passes a token on: the engine follows a chain of those by calling itself, until the stack is full.
 */
const PASSING: ReadonlySet<string> = new Set(['startEvent', 'endEvent']);

/**
 * Compiles an expanded model into what the engine loads: bare structure, without expressions,
 * scripts, texts or pools, so that nothing in a drawing can reach an evaluator by accident. Without
 * the start events that this kind of instance does not begin at, and what only they lead to, since
 * the engine would begin everywhere at once.
 */
export async function compileSource(
  model: ProcessModel,
  without: ReadonlySet<string> = new Set(),
): Promise<CompiledSource> {
  const moddle = new BpmnModdle();
  const parsed = await moddle.fromXML(structure(model, without));
  const resolver = TypeResolver(elements as never);
  return indexSource(serialize(parsed, resolver as never) as never);
}

function structure(model: ProcessModel, without: ReadonlySet<string>): string {
  const reached = reachable(partsOf([...model.elements.values()], model.flows), model, without);
  const part = partsOf(
    [...model.elements.values()].filter(({ id }) => reached.has(id)),
    model.flows.filter(({ sourceId, targetId }) => reached.has(sourceId) && reached.has(targetId)),
  );
  return `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="definitions" targetNamespace="saksflyt">
<process id="${model.processId}" isExecutable="true">${scope(part, model.processId)}</process>
</definitions>`;
}

/** A model by what lies where: looked up once for each element, a large one would take a second. */
interface Parts {
  inside: ReadonlyMap<string | null, ElementModel[]>;
  attached: ReadonlyMap<string | null, ElementModel[]>;
  flowsInside: ReadonlyMap<string | null, FlowModel[]>;
  flowsFrom: ReadonlyMap<string | null, FlowModel[]>;
}

function partsOf(elements: readonly ElementModel[], flows: readonly FlowModel[]): Parts {
  return {
    inside: groupBy(elements, ({ parentId }) => parentId),
    attached: groupBy(elements, ({ attachedTo }) => attachedTo),
    flowsInside: groupBy(flows, ({ parentId }) => parentId),
    flowsFrom: groupBy(flows, ({ sourceId }) => sourceId),
  };
}

function groupBy<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string | null,
): Map<string | null, Item[]> {
  const groups = new Map<string | null, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

function reachable(
  parts: Parts,
  { processId }: ProcessModel,
  without: ReadonlySet<string>,
): Set<string> {
  const reached = new Set<string>();
  const open = beginnings(parts, processId, without);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    for (const event of parts.attached.get(id) ?? []) open.push(event.id);
    for (const begin of beginnings(parts, id, without)) open.push(begin);
    for (const { targetId } of parts.flowsFrom.get(id) ?? []) open.push(targetId);
  }
  return reached;
}

function beginnings(parts: Parts, scopeId: string, without: ReadonlySet<string>): string[] {
  return (parts.inside.get(scopeId) ?? [])
    .filter(({ id, type }) => type === 'startEvent' && !without.has(id))
    .map(({ id }) => id);
}

function scope(parts: Parts, scopeId: string): string {
  const inside = parts.inside.get(scopeId) ?? [];
  const flows = parts.flowsInside.get(scopeId) ?? [];
  return [...inside.map((element) => node(parts, element)), ...flows.map(flow)].join('');
}

function node(parts: Parts, element: ElementModel): string {
  const attached = element.attachedTo
    ? ` attachedToRef="${element.attachedTo}" cancelActivity="${element.interrupting}"`
    : '';
  const type = engineType(element);
  return `<${type} id="${element.id}"${attached}>${trigger(element, type)}${loop(element)}${scope(parts, element.id)}</${type}>`;
}

function engineType({ type, trigger, inputs, outputs, job }: ElementModel): string {
  switch (type) {
    case 'boundaryEvent':
    case 'intermediateCatchEvent':
    case 'subProcess':
    case 'eventBasedGateway':
      return type;
    case 'endEvent':
      if (trigger?.kind === 'terminate') return type;
      return trigger || job || inputs.length || outputs.length ? 'serviceTask' : type;
    default:
      return PASSING.has(type) ? type : 'serviceTask';
  }
}

/** Every catching event waits in the same way; what for is the step's to know. */
function trigger(element: ElementModel, type: string): string {
  if (type === 'boundaryEvent' || type === 'intermediateCatchEvent')
    return '<messageEventDefinition/>';
  return type === 'endEvent' && element.trigger ? '<terminateEventDefinition/>' : '';
}

function loop(element: ElementModel): string {
  if (!element.loop) return '';
  return `<multiInstanceLoopCharacteristics isSequential="${element.loop.sequential}"><loopCardinality>${LOOP_COUNT}</loopCardinality></multiInstanceLoopCharacteristics>`;
}

function flow({ id, sourceId, targetId }: FlowModel): string {
  return `<sequenceFlow id="${id}" sourceRef="${sourceId}" targetRef="${targetId}"/>`;
}
