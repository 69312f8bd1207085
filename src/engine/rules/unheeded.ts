import { allowedIn } from '../model/moddle.js';
import type { BpmnElement } from '../model/moddle.js';
import { eventDefinitions } from '../model/read-trigger.js';
import { problem } from './rule.js';
import type { Problem, Rule } from './rule.js';

/** What may stand in a property without being refused; nothing when there is no list. */
export interface Unheeded {
  reason: string;
  unless?: readonly unknown[];
}

const LATEST = {
  reason: 'only the binding "latest" is run: what is named is found in its newest version',
  unless: ['latest'],
};
const LIST = { reason: 'the list to repeat over is said by zeebe:loopCharacteristics only' };
const LISTENERS = { reason: 'listeners are not run; draw a service task' };

/**
 * What BPMN and the `zeebe:` namespace let a model say, would change how it runs, and the engine does
 * not act on: by the type that declares it, and the property; '' stands for the thing itself.
 */
export const UNHEEDED: Readonly<Record<string, Readonly<Record<string, Unheeded>>>> = {
  'bpmn:Process': {
    correlationSubscriptions: { reason: 'messages are correlated by zeebe:subscription only' },
  },
  'bpmn:Activity': {
    startQuantity: { reason: 'one token starts an activity, not several', unless: [1] },
    completionQuantity: { reason: 'an activity gives one token, not several', unless: [1] },
  },
  'bpmn:UserTask': {
    resources: { reason: 'who does the task is said by zeebe:assignmentDefinition only' },
  },
  'bpmn:ReceiveTask': {
    instantiate: {
      reason: 'a receive task cannot start a process; draw a message start event',
      unless: [false],
    },
  },
  'bpmn:EventBasedGateway': {
    instantiate: { reason: 'a gateway cannot start a process; draw start events', unless: [false] },
    eventGatewayType: {
      reason: 'an event-based gateway waits for one event, not for all',
      unless: ['Exclusive'],
    },
  },
  'bpmn:MultiInstanceLoopCharacteristics': {
    loopCardinality: LIST,
    loopDataInputRef: LIST,
    loopDataOutputRef: LIST,
    inputDataItem: LIST,
    outputDataItem: LIST,
    completionCondition: { reason: 'a completion condition of a repeated task cannot be run' },
    behavior: { reason: 'a repeated task throws no events of its own', unless: ['All'] },
    complexBehaviorDefinition: { reason: 'a repeated task throws no events of its own' },
  },
  'bpmn:CompensateEventDefinition': {
    waitForCompletion: { reason: 'a compensation event waits until all is undone', unless: [true] },
  },
  'bpmn:DataAssociation': {
    assignment: { reason: 'data are mapped by zeebe:ioMapping only' },
    transformation: { reason: 'data are mapped by zeebe:ioMapping only' },
  },
  'zeebe:CalledElement': {
    bindingType: LATEST,
    processIdExpression: { reason: 'the process to call is said by processId only' },
    businessId: { reason: 'a called process is given no business id' },
  },
  'zeebe:CalledDecision': { bindingType: LATEST },
  'zeebe:FormDefinition': {
    bindingType: LATEST,
    formKey: { reason: 'a form is named by its formId, and deployed as a file of its own' },
    externalReference: { reason: 'a form is named by its formId, not by a reference' },
  },
  'zeebe:ConditionalFilter': { '': { reason: 'a condition is judged at every change' } },
  'zeebe:LinkedResources': { '': { reason: 'a job is given no linked resources' } },
  'zeebe:JobPriorityDefinition': { '': { reason: 'jobs have no priority' } },
  'zeebe:AgentDefinition': { '': { reason: 'agents are not run' } },
  'zeebe:ExecutionListeners': { '': LISTENERS },
  'zeebe:TaskListeners': { '': LISTENERS },
  'zeebe:Script': { '': { reason: 'scripts are not run' } },
};

/** Nothing that a model says is passed over in silence when it would change how the model runs. */
export const unheeded: Rule = ({ process, placed }) =>
  [process, ...placed.map(({ element }) => element)].flatMap((element) => {
    const inside = partsOf(element);
    return inside.flatMap((part) => [
      ...propertyProblems(element, part),
      ...languageProblems(element, part),
      ...placeProblems(element, part),
    ]);
  });

/** What says something of one flow element, and the events it refers to; not what lies in a scope. */
function partsOf(element: BpmnElement): BpmnElement[] {
  const parts: BpmnElement[] = [];
  const open = [element, ...eventDefinitions(element)];
  for (let next = open.pop(); next; next = open.pop()) {
    parts.push(next);
    for (const [name, value] of Object.entries(next)) {
      if (SCOPED.has(name)) continue;
      for (const child of [value].flat()) if (isPart(child, next)) open.push(child);
    }
  }
  return [...new Set(parts)];
}

const SCOPED = new Set(['flowElements', 'artifacts', 'laneSets', 'documentation']);

function isPart(value: unknown, parent: BpmnElement): value is BpmnElement {
  return typeof value === 'object' && value !== null && (value as BpmnElement).$parent === parent;
}

function propertyProblems(element: BpmnElement, part: BpmnElement): Problem[] {
  const kinds = Object.entries(UNHEEDED).filter(([type]) => part.$instanceOf?.(type));
  return kinds.flatMap(([, properties]) =>
    Object.entries(properties).flatMap(([name, { reason, unless = [] }]) => {
      const said = name === '' || Object.hasOwn(part, name);
      if (!said || unless.includes(part[name as keyof BpmnElement])) return [];
      return [problem(element, name === '' ? reason : `${reason} (${name})`)];
    }),
  );
}

/** FEEL by name, or by the address of any of its versions. */
function languageProblems(element: BpmnElement, { language }: BpmnElement): Problem[] {
  if (!language || /\bfeel\b/i.test(language)) return [];
  return [problem(element, `an expression must be FEEL, not ${language}`)];
}

/** An extension element that stands where nobody looks for it. */
function placeProblems(element: BpmnElement, part: BpmnElement): Problem[] {
  return (part.extensionElements?.values ?? []).flatMap(({ $type }) => {
    const places = allowedIn($type);
    if (!places || places.some((type) => part.$instanceOf?.(type))) return [];
    // Any task may map variables here.
    if ($type === 'zeebe:IoMapping' && part.$instanceOf?.('bpmn:Activity')) return [];
    return [problem(element, `<${$type}> has no meaning on a <${part.$type}>`)];
  });
}
