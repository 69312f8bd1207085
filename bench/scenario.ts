/** One process, as our dialect has it and as bpmn-engine reads it unaided. */
export interface Scenario {
  readonly name: string;
  readonly processId: string;
  readonly title: string;
  /** In the `zeebe:` dialect, with FEEL. */
  readonly deployed: string;
  /** The same elements with bpmn-engine's own expressions and services. */
  readonly raw: string;
}

/** An escalation timer beside the task `work`, non-interrupting, three days. */
export const DEADLINE = `<bpmn:boundaryEvent id="late" attachedToRef="work" cancelActivity="false">
  <bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">P3D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>
  <bpmn:endEvent id="escalated"/>${flow('late', 'escalated')}`;

export const TASK_EXTENSIONS = `<bpmn:extensionElements><zeebe:userTask/>
  <zeebe:assignmentDefinition candidateGroups="VEI"/></bpmn:extensionElements>`;

/** A sequence flow, named after its ends. */
export function flow(source: string, target: string, condition = ''): string {
  const inside = condition
    ? `<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${condition}</bpmn:conditionExpression>`
    : '';
  return `<bpmn:sequenceFlow id="${source}_${target}" sourceRef="${source}" targetRef="${target}">${inside}</bpmn:sequenceFlow>`;
}

/** A BPMN file with one process. */
export function file(processId: string, body: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="definitions" targetNamespace="bench">
<bpmn:process id="${processId}" isExecutable="true">${body}</bpmn:process></bpmn:definitions>`;
}

function five(taskExtensions: string): string {
  return file(
    'five',
    `<bpmn:startEvent id="start"/><bpmn:userTask id="work">${taskExtensions}</bpmn:userTask>
    ${DEADLINE}<bpmn:endEvent id="done"/>${flow('start', 'work')}${flow('work', 'done')}`,
  );
}

interface Flavour {
  taskExtensions: string;
  condition: string;
  /** A service task that does nothing and is done at once. */
  service: (id: string) => string;
}

function ten({ taskExtensions, condition, service }: Flavour): string {
  return file(
    'ten',
    `<bpmn:startEvent id="start"/>${service('register')}
    <bpmn:userTask id="work">${taskExtensions}</bpmn:userTask>${DEADLINE}
    <bpmn:exclusiveGateway id="choice" default="choice_reject"/>${service('accept')}${service('reject')}
    <bpmn:endEvent id="done"/>${flow('start', 'register')}${flow('register', 'work')}${flow('work', 'choice')}
    ${flow('choice', 'accept', condition)}${flow('choice', 'reject')}${flow('accept', 'done')}${flow('reject', 'done')}`,
  );
}

/** The name of the service that does nothing, in either flavour. */
export const NOTHING = 'nothing';

export const scenarios: readonly Scenario[] = [
  {
    name: 'five',
    processId: 'five',
    title: 'five elements: start, user task with an escalation timer, end',
    deployed: five(TASK_EXTENSIONS),
    raw: five(''),
  },
  {
    name: 'ten',
    processId: 'ten',
    title: 'ten elements: service, user task with an escalation timer, gateway, two services',
    deployed: ten({
      taskExtensions: TASK_EXTENSIONS,
      condition: '=accepted',
      service: nothing,
    }),
    raw: ten({
      taskExtensions: '',
      condition: '${environment.output.work.accepted}',
      service: (id) =>
        `<bpmn:serviceTask id="${id}" implementation="\${environment.services.${NOTHING}}"/>`,
    }),
  },
];

/** A service task of our own that does nothing and is done at once. */
function nothing(id: string): string {
  return `<bpmn:serviceTask id="${id}"><bpmn:extensionElements><zeebe:taskDefinition type="${NOTHING}"/></bpmn:extensionElements></bpmn:serviceTask>`;
}

/** The ten elements with all the exceptions that a real process knows and most cases never meet. */
const large: Scenario = {
  name: 'sixty',
  processId: 'ten',
  title: 'sixty elements, of which a case passes ten',
  deployed: (scenarios[1]?.deployed ?? '').replace(
    '</bpmn:process>',
    `${Array.from({ length: 13 }, (_, n) => exception(n)).join('')}</bpmn:process>`,
  ),
  raw: '',
};

function exception(n: number): string {
  const [task, first, then, end] = [`task${n}`, `first${n}`, `then${n}`, `end${n}`] as const;
  return `<bpmn:userTask id="${task}">${TASK_EXTENSIONS}</bpmn:userTask>${nothing(first)}${nothing(then)}<bpmn:endEvent id="${end}"/>
  ${flow('choice', task, '=false')}${flow(task, first)}${flow(first, then)}${flow(then, end)}`;
}

export function scenarioNamed(name: string): Scenario {
  const found = [...scenarios, large].find((scenario) => scenario.name === name);
  if (!found) throw new TypeError(`there is no scenario ${name}`);
  return found;
}

/** What an inquiry carries into its process: ids and choices, never persons. */
export const STARTED_WITH = {
  inquiryId: '7301440198676480001',
  service: 'VEI',
  unit: 'VEI',
  channel: 'phone',
  expectedBy: '2026-03-05T12:00:00Z',
};

export const COMPLETED_WITH = { accepted: true };
