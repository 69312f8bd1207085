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
}

/** Every flow element of a process, those in embedded sub-processes included, outermost first. */
export function flowElements(scope: BpmnElement): Placed[] {
  return (scope.flowElements ?? []).flatMap((element) => [
    { element, parentId: scope.id ?? '' },
    ...flowElements(element),
  ]);
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
      flows.push(readFlow(element, parentId, defaults.has(element), flows.length));
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

/** Flows may lack an id (it is optional in the schema), and the engine needs one. */
function readFlow(
  flow: BpmnElement,
  parentId: string,
  isDefault: boolean,
  index: number,
): FlowModel {
  return {
    id: flow.id ?? `flow_${index}_${flow.sourceRef?.id}_${flow.targetRef?.id}`,
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
  const visit = (lane: BpmnElement): void => {
    for (const node of lane.flowNodeRef ?? []) {
      if (node.id && lane.name) names.set(node.id, lane.name);
    }
    lane.childLaneSet?.lanes?.forEach(visit);
  };
  for (const laneSet of laneSets) laneSet.lanes?.forEach(visit);
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
