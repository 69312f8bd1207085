import { localType } from './moddle.js';
import type { BpmnElement } from './moddle.js';
import type { ElementModel, FlowModel, ProcessModel } from './process-model.js';
import { readElement, readProperties } from './read-element.js';

/** Data, notes and drawings: nothing in them is executed. */
export const PASSIVE_TYPES: ReadonlySet<string> = new Set([
  'dataObject',
  'dataObjectReference',
  'dataStoreReference',
]);

/** One flow element and the scope it lies in. */
export interface Placed {
  element: BpmnElement;
  parentId: string;
  /** 1 directly in the process. */
  depth: number;
}

/**
 * Every flow element of a process, those in embedded sub-processes included, in the order of the
 * file. Without recursion: nesting may be as deep as a file is long.
 */
export function flowElements(scope: BpmnElement): Placed[] {
  const placed: Placed[] = [];
  const open = inside(scope, 1);
  for (let next = open.pop(); next; next = open.pop()) {
    placed.push(next);
    open.push(...inside(next.element, next.depth + 1));
  }
  return placed;
}

/** What lies directly in a scope, the last first. */
function inside({ id = '', flowElements: elements = [] }: BpmnElement, depth: number): Placed[] {
  return elements.map((element) => ({ element, parentId: id, depth })).reverse();
}

/** Turns a checked process into the model the engine acts on. */
export function readProcess(process: BpmnElement): ProcessModel {
  const lanes = laneNames(process.laneSets ?? []);
  const elements = new Map<string, ElementModel>();
  const flows: FlowModel[] = [];
  const defaults = new Set<BpmnElement>();
  const placed = flowElements(process);
  const compensations = associations(process, placed);
  for (const { element } of placed) if (element.default) defaults.add(element.default);
  for (const { element, parentId } of placed) {
    const type = localType(element);
    if (PASSIVE_TYPES.has(type)) continue;
    if (type === 'sequenceFlow') {
      flows.push(readFlow(element, parentId, defaults.has(element)));
    } else {
      const lane = lanes.get(element.id ?? '') ?? lanes.get(parentId) ?? null;
      const compensatedBy = compensations.get(element.id ?? '') ?? null;
      elements.set(element.id ?? '', readElement(element, { parentId, lane, compensatedBy }));
    }
  }
  return {
    processId: process.id ?? '',
    name: process.name ?? null,
    elements,
    flows,
  };
}

function readFlow(flow: BpmnElement, parentId: string, isDefault: boolean): FlowModel {
  return {
    id: flow.id ?? '',
    name: flow.name ?? null,
    sourceId: flow.sourceRef?.id ?? '',
    targetId: flow.targetRef?.id ?? '',
    parentId,
    condition: flow.conditionExpression?.body?.trim() ?? null,
    isDefault,
    properties: readProperties(flow),
  };
}

function laneNames(laneSets: readonly BpmnElement[]): Map<string, string> {
  const names = new Map<string, string>();
  const open = laneSets.flatMap(({ lanes }) => lanes ?? []).reverse();
  for (let lane = open.pop(); lane; lane = open.pop()) {
    for (const node of lane.flowNodeRef ?? []) {
      if (node.id && lane.name) names.set(node.id, lane.name);
    }
    open.push(...(lane.childLaneSet?.lanes ?? []).toReversed());
  }
  return names;
}

/** From a compensation boundary event to the activity it calls (BPMN 2.0.2 §10.7). */
function associations(process: BpmnElement, placed: readonly Placed[]): Map<string, string> {
  const scopes = [process, ...placed.map(({ element }) => element)];
  const drawn = scopes.flatMap(({ artifacts }) => artifacts ?? []);
  return new Map(
    drawn
      .filter((artifact) => localType(artifact) === 'association')
      .map(({ sourceRef, targetRef }) => [sourceRef?.id ?? '', targetRef?.id ?? '']),
  );
}
