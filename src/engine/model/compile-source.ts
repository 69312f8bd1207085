import { BpmnModdle } from 'bpmn-moddle';
import serialize, { TypeResolver } from 'moddle-context-serializer';
import { elements } from '../elements/elements.js';
import { boundaryEvents } from './process-model.js';
import type { ElementModel, FlowModel, ProcessModel } from './process-model.js';

/** Stands for the length of a repeated activity's list, which the live instance knows. */
export const LOOP_COUNT = 'saksflyt:loop-count';

/** What the engine is built from; shared by all instances of a version. */
export interface CompiledSource {
  id: string;
  type: string;
}

/** What the engine does by itself; all else rests, and the step says how it goes on. */
const PASSING: ReadonlySet<string> = new Set(['startEvent', 'endEvent', 'task', 'manualTask']);

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
  return serialize(parsed, resolver as never) as unknown as CompiledSource;
}

function structure(model: ProcessModel, without: ReadonlySet<string>): string {
  const reached = reachable(model, without);
  const part = {
    ...model,
    elements: new Map([...model.elements].filter(([id]) => reached.has(id))),
    flows: model.flows.filter(
      ({ sourceId, targetId }) => reached.has(sourceId) && reached.has(targetId),
    ),
  };
  return `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="definitions" targetNamespace="saksflyt">
<process id="${model.processId}" isExecutable="true">${scope(part, model.processId)}</process>
</definitions>`;
}

function reachable(model: ProcessModel, without: ReadonlySet<string>): Set<string> {
  const reached = new Set<string>();
  const open = beginnings(model, model.processId, without);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    open.push(...boundaryEvents(model, id).map((event) => event.id));
    open.push(...beginnings(model, id, without));
    open.push(
      ...model.flows.filter(({ sourceId }) => sourceId === id).map((flow) => flow.targetId),
    );
  }
  return reached;
}

function beginnings(model: ProcessModel, scopeId: string, without: ReadonlySet<string>): string[] {
  return [...model.elements.values()]
    .filter(
      ({ id, type, parentId }) => type === 'startEvent' && parentId === scopeId && !without.has(id),
    )
    .map(({ id }) => id);
}

function scope(model: ProcessModel, scopeId: string): string {
  const inside = [...model.elements.values()].filter(({ parentId }) => parentId === scopeId);
  const flows = model.flows.filter(({ parentId }) => parentId === scopeId);
  return [...inside.map((element) => node(model, element)), ...flows.map(flow)].join('');
}

function node(model: ProcessModel, element: ElementModel): string {
  const attached = element.attachedTo
    ? ` attachedToRef="${element.attachedTo}" cancelActivity="${element.interrupting}"`
    : '';
  const type = engineType(element);
  return `<${type} id="${element.id}"${attached}>${trigger(element, type)}${loop(element)}${scope(model, element.id)}</${type}>`;
}

function engineType({ type, trigger }: ElementModel): string {
  switch (type) {
    case 'boundaryEvent':
    case 'intermediateCatchEvent':
    case 'subProcess':
    case 'eventBasedGateway':
      return type;
    case 'endEvent':
      return trigger === null || trigger.kind === 'terminate' ? type : 'serviceTask';
    case 'intermediateThrowEvent':
      return trigger === null ? 'task' : 'serviceTask';
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
