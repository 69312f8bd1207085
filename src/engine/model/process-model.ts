/** What the engine room knows of one executable process: everything it acts on, nothing else. */
export interface ProcessModel {
  processId: string;
  name: string | null;
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

export interface CallModel {
  processId: ValueText;
  /** Without: only what is mapped comes back. */
  propagateAllChildVariables: boolean;
  /** Without: the called process is given only what is mapped for it. */
  propagateAllParentVariables: boolean;
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
  call: CallModel | null;
  loop: LoopModel | null;
  /** The repetition of a standard loop (BPMN 2.0.2 §10.3.6). */
  standardLoop: StandardLoopModel | null;
  /** What an event waits for or throws; of a receive task, its message. */
  trigger: Trigger | null;
  attachedTo: string | null;
  /** Of a boundary event, or of the start event of an event sub-process. */
  interrupting: boolean;
  /** An event sub-process: begun by its start event's trigger, not by a sequence flow. */
  triggeredByEvent: boolean;
  /** An activity that undoes another one, reached by an association only. */
  isForCompensation: boolean;
  /** On a compensation boundary event: the activity its association leads to. */
  compensatedBy: string | null;
  /** Not drawn: made when the model was expanded for the engine. */
  synthetic: boolean;
}

export interface StandardLoopModel {
  condition: ValueText | null;
  testBefore: boolean;
  maximum: number | null;
}

/** An event's trigger (BPMN 2.0.2 §10.5.5). An empty error or escalation code catches every one. */
export type Trigger =
  | { kind: 'timer'; type: 'duration' | 'date' | 'cycle'; value: ValueText }
  | { kind: 'message'; name: ValueText; correlationKey: ValueText }
  | { kind: 'signal'; name: ValueText }
  | { kind: 'conditional'; condition: ValueText }
  | { kind: 'error'; code: string }
  | { kind: 'escalation'; code: string }
  /** Thrown for one activity, or for all of the scope; caught for the activity it is drawn on. */
  | { kind: 'compensation'; activityId: string | null }
  | { kind: 'link'; name: string }
  | { kind: 'terminate' };

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

/** The trigger of an element when it is of a kind. */
export function triggerOf<Kind extends Trigger['kind']>(
  element: ElementModel | undefined,
  kind: Kind,
): (Trigger & { kind: Kind }) | undefined {
  const trigger = element?.trigger;
  return trigger?.kind === kind ? (trigger as Trigger & { kind: Kind }) : undefined;
}

/** The events a process can begin with. */
export function startEvents(model: ProcessModel): ElementModel[] {
  return [...model.elements.values()].filter(
    ({ type, parentId }) => type === 'startEvent' && parentId === model.processId,
  );
}

/**
 * The boundary event that catches an error or escalation thrown at an element: the nearest scope
 * first, an exact code before a catch-all (BPMN 2.0.2 §10.5.6).
 */
export function catcherOf(
  model: ProcessModel,
  elementId: string,
  code: string,
  kind: 'error' | 'escalation' = 'error',
): ElementModel | undefined {
  for (let id: string | undefined = elementId; id; id = model.elements.get(id)?.parentId) {
    const catchers = boundaryEvents(model, id).map((event) => ({
      event,
      caught: triggerOf(event, kind)?.code,
    }));
    const found =
      catchers.find(({ caught }) => caught === code) ??
      catchers.find(({ caught }) => caught === '');
    if (found) return found.event;
  }
  return undefined;
}

/** Every element of a scope, also of the sub-processes in it. */
export function elementsWithin(model: ProcessModel, scopeId: string): ElementModel[] {
  const inside = [...model.elements.values()].filter(({ parentId }) => parentId === scopeId);
  return inside.flatMap((element) => [element, ...elementsWithin(model, element.id)]);
}

/** A parallel or inclusive gateway that waits for the tokens of several flows. */
export function isJoin(model: ProcessModel, element: ElementModel | undefined): boolean {
  if (element?.type !== 'parallelGateway' && element?.type !== 'inclusiveGateway') return false;
  return model.flows.filter(({ targetId }) => targetId === element.id).length > 1;
}
