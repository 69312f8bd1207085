import type { ElementModel, ElementType, FlowModel } from '../model/process-model.js';

/** An element that nobody drew. A dot is in no drawn id, so that its own can never meet one. */
export function syntheticElement(
  id: string,
  type: ElementType,
  parentId: string,
  more: Partial<ElementModel> = {},
): ElementModel {
  return {
    id,
    type,
    parentId,
    name: null,
    lane: null,
    properties: {},
    inputs: [],
    outputs: [],
    headers: {},
    job: null,
    userTask: null,
    decision: null,
    call: null,
    loop: null,
    standardLoop: null,
    trigger: null,
    attachedTo: null,
    interrupting: true,
    triggeredByEvent: false,
    isForCompensation: false,
    compensatedBy: null,
    synthetic: true,
    ...more,
  };
}

export function syntheticFlow(
  sourceId: string,
  targetId: string,
  parentId: string,
  more: Partial<FlowModel> = {},
): FlowModel {
  return {
    id: `${sourceId}.to.${targetId}`,
    name: null,
    sourceId,
    targetId,
    parentId,
    condition: null,
    isDefault: false,
    properties: {},
    ...more,
  };
}
