import {
  boundary,
  catchEvent,
  compensateTrigger,
  conditionTrigger,
  errorTrigger,
  escalationTrigger,
  eventSubProcess,
  flow,
  messageTrigger,
  serviceTask,
  signalTrigger,
  standardLoop,
  subProcess,
  throwEvent,
  timer,
  undoneBy,
  userTask,
} from '../bpmn.js';
import type { NodeSpec, ScopeSpec } from './runnable-model.js';

type Call = (id: string, processId: string) => string;

const REPEATED = (sequential: boolean): string =>
  `<bpmn:multiInstanceLoopCharacteristics isSequential="${sequential}"><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=[1, 2]" inputElement="item" outputCollection="items" outputElement="=item"/></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>`;

/** What a drawn node is made of: where flows come in, where they leave, and whether it ends there. */
interface Drawn {
  xml: string;
  entry: string;
  exits: string[];
  type: 'exclusive' | 'inclusive' | 'other';
}

/** The content of a process or sub-process; ids begin with `prefix`. */
export function renderScope(
  { nodes, more, events }: ScopeSpec,
  prefix: string,
  call: Call,
): string {
  const startId = `${prefix}-start`;
  const drawn = nodes.map((node, index) => draw(node, `${prefix}-${index}`, call));
  const out = new Map<string, string[]>([[startId, []]]);
  for (const { exits } of drawn) for (const exit of exits) out.set(exit, []);
  const connect = (from: string, to: string): void => void out.get(from)?.push(to);
  drawn.forEach(({ entry }, index) => {
    const before = [startId, ...drawn.slice(0, index).flatMap(({ exits }) => exits.slice(0, 1))];
    connect(before[nodes[index]!.from % before.length]!, entry);
  });
  const exits = drawn.flatMap((node) => node.exits.slice(0, 1));
  for (const [from, to] of more) {
    const source = exits[from % Math.max(1, exits.length)];
    if (source !== undefined) connect(source, drawn[to % drawn.length]!.entry);
  }
  const borders = nodes.map((node, index) => drawBorder(node, drawn, `${prefix}-${index}`));
  const ends = nodes.map((node, index) =>
    drawEnd(node, drawn[index]!, `${prefix}-${index}-end`, out),
  );
  const choosing = new Map(drawn.map(({ entry, type }) => [entry, type]));
  return [
    `<bpmn:startEvent id="${startId}"/>`,
    ...drawn.map(({ xml }) => xml),
    ...borders,
    ...ends,
    ...[...out].map(([from, targets]) => drawFlows(from, targets, choosing.get(from))),
    ...events.map(({ trigger, interrupting, inner }, index) =>
      drawEventScope(trigger, interrupting, inner, `${prefix}-e${index}`, call),
    ),
  ].join('');
}

function draw(node: NodeSpec, id: string, call: Call): Drawn {
  const plain = (xml: string): Drawn => ({ xml, entry: id, exits: [id], type: 'other' });
  const inside = loopOf(node);
  const undo = node.undone && !inside ? undoneBy(id, `${id}-undo`) : '';
  switch (node.kind) {
    case 'user':
      return plain(userTask(id, '', inside) + undo);
    case 'at-once':
    case 'as-job':
    case 'refuse':
    case 'external':
      return plain(serviceTask(id, node.kind, header('code', 'NO')) + undo);
    case 'exclusive':
    case 'inclusive':
      return {
        ...plain(`<bpmn:${node.kind}Gateway id="${id}" default="${id}-default"/>`),
        type: node.kind,
      };
    case 'parallel':
      return plain(`<bpmn:parallelGateway id="${id}"/>`);
    case 'timer':
    case 'message':
    case 'signal':
    case 'condition':
      return plain(catchEvent(id, triggerOf(node.kind)));
    case 'throw-signal':
      return plain(throwEvent(id, signalTrigger('sig')));
    case 'throw-escalation':
      return plain(throwEvent(id, escalationTrigger('esc')));
    case 'throw-compensation':
      return plain(throwEvent(id, compensateTrigger()));
    case 'choice':
      return drawChoice(id);
    case 'call':
      return plain(call(id, 'called') + undo);
    case 'receive':
      return plain(`<bpmn:receiveTask id="${id}" messageRef="m"/>`);
    case 'scope':
      if (node.inner) return plain(subProcess(id, renderScope(node.inner, id, call)));
      return plain(`<bpmn:task id="${id}"/>`);
    default:
      return plain(`<bpmn:task id="${id}"/>`);
  }
}

function header(key: string, value: string): string {
  return `<zeebe:taskHeaders><zeebe:header key="${key}" value="${value}"/></zeebe:taskHeaders>`;
}

function loopOf({ loop }: NodeSpec): string {
  if (loop === '') return '';
  if (loop === 'standard') return standardLoop('=loopCounter &lt; 2'.replace('&lt;', '<'));
  if (loop === 'before') return standardLoop('=count = null', { testBefore: true, maximum: 2 });
  return REPEATED(loop === 'sequential');
}

function drawChoice(id: string): Drawn {
  const [first, second] = [`${id}-a`, `${id}-b`];
  const xml = `<bpmn:eventBasedGateway id="${id}"/>${catchEvent(first, triggerOf('message'))}${catchEvent(second, triggerOf('timer'))}${flow(id, first)}${flow(id, second)}`;
  return { xml, entry: id, exits: [first, second], type: 'other' };
}

function triggerOf(kind: string): string {
  switch (kind) {
    case 'timer':
      return timer('PT1H');
    case 'cycle':
      return timer('R3/PT1H', 'timeCycle');
    case 'message':
      return messageTrigger('m');
    case 'signal':
      return signalTrigger('sig');
    case 'condition':
      return conditionTrigger('=count > 1');
    case 'escalation':
      return escalationTrigger('esc');
    default:
      return errorTrigger('err');
  }
}

const HOSTS = new Set([
  'user',
  'at-once',
  'as-job',
  'refuse',
  'external',
  'call',
  'receive',
  'scope',
]);

function drawBorder(
  { kind, border, inner }: NodeSpec,
  drawn: readonly Drawn[],
  id: string,
): string {
  if (!border || !HOSTS.has(kind) || (kind === 'scope' && !inner)) return '';
  const { trigger, interrupting, target } = border;
  const eventId = `${id}-on`;
  const interrupts = trigger === 'cycle' ? false : trigger === 'error' || interrupting;
  const event = boundary(eventId, id, triggerOf(trigger), interrupts);
  if (target !== null) return event + flow(eventId, drawn[target % drawn.length]!.entry);
  return event + userTask(`${id}-handle`) + flow(eventId, `${id}-handle`);
}

/** An end event behind a node, unless it just stops there as BPMN allows. */
function drawEnd(
  { end }: NodeSpec,
  { exits, type }: Drawn,
  id: string,
  out: Map<string, string[]>,
): string {
  const [exit] = exits;
  const open = exit !== undefined && (!out.get(exit)?.length || type !== 'other');
  if (!open || (end === null && type === 'other')) return '';
  out.get(exit)?.push(id);
  const triggers = {
    '': '',
    terminate: '<bpmn:terminateEventDefinition/>',
    error: errorTrigger('err'),
    escalation: escalationTrigger('esc'),
    signal: signalTrigger('sig'),
    compensation: compensateTrigger(),
  };
  return `<bpmn:endEvent id="${id}">${triggers[end ?? '']}</bpmn:endEvent>`;
}

/** Two conditions that differ, and a default flow, where the source chooses. */
function drawFlows(from: string, targets: readonly string[], type = 'other'): string {
  const ids = new Set<string>();
  return targets
    .map((target, index) => {
      const isDefault = index === targets.length - 1 && type !== 'other';
      const condition = type !== 'other' && !isDefault ? `=count > ${index}` : undefined;
      const xml = flow(from, target, condition);
      let id = isDefault ? `${from}-default` : `${from}_${target}`;
      while (ids.has(id)) id += '-too';
      ids.add(id);
      return xml.replace(/id="[^"]*"/, `id="${id}"`);
    })
    .join('');
}

function drawEventScope(
  trigger: string,
  interrupting: boolean,
  inner: ScopeSpec,
  id: string,
  call: Call,
): string {
  const begin = eventSubProcess(
    id,
    triggerOf(trigger),
    '',
    '',
    trigger === 'error' || interrupting,
  );
  const content = renderScope(inner, id, call).replace(/<bpmn:startEvent id="[^"]*"\/>/, '');
  return begin.replace('</bpmn:subProcess>', () => `${content}</bpmn:subProcess>`);
}
