import type { HandlerDeclaration } from '../../src/engine/handler.js';
import type { JsonObject } from '../../src/kernel/json.js';
import { file, flow } from '../scenario.js';

/** Something that goes on beside a neighbour, as often as it can. */
export interface HostileCase {
  readonly title: string;
  readonly processId: string;
  /** The process, or what would be one. */
  readonly xml: string;
  readonly variables: JsonObject;
  /** Only its deployment is tried. */
  readonly deployOnly?: boolean;
}

const ELEMENTS = 480;

const START = '<bpmn:startEvent id="start"/>';
const END = '<bpmn:endEvent id="end"/>';

const ids = Array.from({ length: ELEMENTS }, (_, index) => `e${index}`);

function service(id: string, type: string): string {
  return `<bpmn:serviceTask id="${id}"><bpmn:extensionElements><zeebe:taskDefinition type="${type}"/></bpmn:extensionElements></bpmn:serviceTask>`;
}

function chain(...elements: string[]): string {
  return elements
    .slice(1)
    .map((id, index) => flow(elements[index] ?? '', id))
    .join('');
}

function one(processId: string, element: string): string {
  return file(processId, START + element + END + chain('start', 'it', 'end'));
}

const task = (id: string, extensions = '', inside = ''): string =>
  `<bpmn:userTask id="${id}"><bpmn:extensionElements><zeebe:userTask/>${extensions}</bpmn:extensionElements>${inside}</bpmn:userTask>`;

const input = (source: string): string =>
  `<zeebe:ioMapping><zeebe:input source="${source}" target="given"/></zeebe:ioMapping>`;

const EACH = `<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=items" inputElement="item"/></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>`;

const LOOP =
  '<bpmn:exclusiveGateway id="join"/><bpmn:exclusiveGateway id="choose" default="choose_end"/>' +
  service('turn', 'turn') +
  chain('start', 'join', 'turn', 'choose') +
  flow('choose', 'join', '=true') +
  flow('choose', 'end');

const WIDE =
  '<bpmn:parallelGateway id="split"/>' +
  ids.map((id) => task(id)).join('') +
  flow('start', 'split') +
  ids.map((id) => flow('split', id)).join('');

const tasks = ids.map((id) => `<bpmn:task id="${id}"/>`).join('');

export const HOSTILE_CASES: readonly HostileCase[] = [
  {
    title: `${ELEMENTS} tasks in a row`,
    processId: 'row',
    xml: file('row', START + tasks + END + chain('start', ...ids, 'end')),
    variables: {},
  },
  {
    title: `a gateway that splits ${ELEMENTS} ways`,
    processId: 'wide',
    xml: file('wide', START + WIDE),
    variables: {},
  },
  {
    title: 'a list of 1,000 items',
    processId: 'list',
    xml: one('list', task('it', '', EACH)),
    variables: { items: Array.from({ length: 1000 }, (_, index) => index) },
  },
  {
    title: 'a list of 100,000 items',
    processId: 'long',
    xml: one('long', task('it', '', EACH)),
    variables: { items: Array.from({ length: 100_000 }, () => 1) },
  },
  {
    title: 'a process that calls itself',
    processId: 'self',
    xml: one(
      'self',
      '<bpmn:callActivity id="it"><bpmn:extensionElements><zeebe:calledElement processId="self"/></bpmn:extensionElements></bpmn:callActivity>',
    ),
    variables: {},
  },
  {
    title: 'a loop without an end, of a service that runs at once',
    processId: 'loop',
    xml: file('loop', START + END + LOOP),
    variables: {},
  },
  {
    title: 'a FEEL loop over a thousand million',
    processId: 'feel',
    xml: one('feel', task('it', input('=for i in 1..n return i'))),
    variables: { n: 1e9 },
  },
  {
    title: 'a FEEL loop as long as it may be',
    processId: 'most',
    xml: one('most', task('it', input('=count(for i in 1..n return i * 2)'))),
    variables: { n: 49_000 },
  },
  {
    title: 'variables of 0.9 MB',
    processId: 'large',
    xml: one('large', task('it')),
    variables: { text: 'x'.repeat(900_000) },
  },
  {
    title: 'a handler that never answers',
    processId: 'mute',
    xml: one('mute', service('it', 'mute')),
    variables: {},
  },
  {
    title: 'a handler that loops for ever',
    processId: 'stuck',
    xml: one('stuck', service('it', 'stuck')),
    variables: {},
  },
  {
    title: `the deployment of ${ELEMENTS} elements`,
    processId: 'row',
    xml: file('row', START + tasks + END + chain('start', ...ids, 'end')),
    variables: {},
    deployOnly: true,
  },
];

const declared = { runs: 'in-step' as const, inputs: [], outputs: [] };

export const HOSTILE_HANDLERS: readonly HandlerDeclaration[] = [
  { ...declared, name: 'turn', title: { nb: 'Runde', en: 'Turn' }, run: () => Promise.resolve({}) },
  {
    ...declared,
    name: 'mute',
    title: { nb: 'Stum', en: 'Mute' },
    run: () => new Promise<never>(() => {}),
  },
  {
    ...declared,
    name: 'stuck',
    title: { nb: 'Fast', en: 'Stuck' },
    run: () => {
      for (;;);
    },
  },
];
