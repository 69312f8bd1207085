/** What the engine room knows of one executable process: everything it acts on, nothing else. */
export interface ProcessModel {
  processId: string;
  name: string | null;
  /** Set when the process begins with a message (BPMN 2.0.2 §10.5.2, message start event). */
  startMessage: string | null;
  elements: ReadonlyMap<string, ElementModel>;
  flows: readonly FlowModel[];
}

export type ElementType =
  | 'startEvent'
  | 'endEvent'
  | 'intermediateCatchEvent'
  | 'intermediateThrowEvent'
  | 'boundaryEvent'
  | 'userTask'
  | 'serviceTask'
  | 'sendTask'
  | 'businessRuleTask'
  | 'receiveTask'
  | 'manualTask'
  | 'task'
  | 'callActivity'
  | 'subProcess'
  | 'exclusiveGateway'
  | 'inclusiveGateway'
  | 'parallelGateway'
  | 'eventBasedGateway';

/** A text that is FEEL when it begins with `=` and itself otherwise, as in every `zeebe:` field. */
export type ValueText = string;

export interface Mapping {
  source: ValueText;
  target: string;
}

export interface UserTaskModel {
  assignee: ValueText | null;
  candidateGroups: ValueText | null;
  candidateUsers: ValueText | null;
  formId: string | null;
  dueDate: ValueText | null;
  followUpDate: ValueText | null;
  priority: ValueText | null;
}

export interface LoopModel {
  sequential: boolean;
  inputCollection: ValueText;
  inputElement: string | null;
  outputCollection: string | null;
  outputElement: ValueText | null;
}

export interface ElementModel {
  id: string;
  type: ElementType;
  name: string | null;
  /** The process or the embedded sub-process it lies in. */
  parentId: string;
  lane: string | null;
  properties: Readonly<Record<string, string>>;
  inputs: readonly Mapping[];
  outputs: readonly Mapping[];
  headers: Readonly<Record<string, string>>;
  job: { type: ValueText; retries: ValueText } | null;
  userTask: UserTaskModel | null;
  decision: { decisionId: ValueText; resultVariable: string } | null;
  call: { processId: ValueText; propagateAllChildVariables: boolean } | null;
  loop: LoopModel | null;
  timer: { kind: 'duration' | 'date' | 'cycle'; value: ValueText } | null;
  message: { name: ValueText; correlationKey: ValueText } | null;
  /** On a boundary event: an empty code catches every error. On an end event: the code thrown. */
  error: { code: string } | null;
  terminate: boolean;
  attachedTo: string | null;
  interrupting: boolean;
}

export interface FlowModel {
  id: string;
  name: string | null;
  sourceId: string;
  targetId: string;
  parentId: string;
  condition: ValueText | null;
  isDefault: boolean;
  properties: Readonly<Record<string, string>>;
}

/** The flows that leave an element, the default flow last. */
export function outgoing(model: ProcessModel, elementId: string): FlowModel[] {
  return model.flows
    .filter((flow) => flow.sourceId === elementId)
    .sort((a, b) => Number(a.isDefault) - Number(b.isDefault));
}

/** The boundary events on an element. */
export function boundaryEvents(model: ProcessModel, elementId: string): ElementModel[] {
  return [...model.elements.values()].filter((element) => element.attachedTo === elementId);
}

/**
 * The boundary event that catches an error code thrown at an element: the nearest scope first, an
 * exact code before a catch-all (BPMN 2.0.2 §10.5.6).
 */
export function catcherOf(
  model: ProcessModel,
  elementId: string,
  code: string,
): ElementModel | undefined {
  for (let id: string | undefined = elementId; id; id = model.elements.get(id)?.parentId) {
    const catchers = boundaryEvents(model, id).filter((event) => event.error);
    const caught =
      catchers.find((event) => event.error?.code === code) ??
      catchers.find((event) => event.error?.code === '');
    if (caught) return caught;
  }
  return undefined;
}
