import { createRequire } from 'node:module';
import { BpmnModdle } from 'bpmn-moddle';
import { withinTime } from '../../decisions/watchdog.js';
import { InvalidError } from '../../kernel/errors.js';
import { isXmlText } from '../../kernel/xml-text.js';
import { readable } from './readable.js';

const zeebe = createRequire(import.meta.url)('zeebe-bpmn-moddle/resources/zeebe.json') as {
  types: { name: string; meta?: { allowedIn?: string[] } }[];
};
const PLACES = new Map(zeebe.types.map(({ name, meta }) => [`zeebe:${name}`, meta?.allowedIn]));

/** A node of the parsed document. Only the fields that some rule or reader asks for are named. */
export interface BpmnElement {
  $type: string;
  $attrs?: Record<string, unknown>;
  $parent?: BpmnElement;
  $instanceOf?: (type: string) => boolean;
  id?: string;
  name?: string;
  rootElements?: BpmnElement[];
  extensions?: BpmnElement[];
  mustUnderstand?: boolean;
  isExecutable?: boolean;
  flowElements?: BpmnElement[];
  laneSets?: BpmnElement[];
  lanes?: BpmnElement[];
  childLaneSet?: BpmnElement;
  flowNodeRef?: BpmnElement[];
  sourceRef?: BpmnElement;
  targetRef?: BpmnElement;
  default?: BpmnElement;
  conditionExpression?: BpmnElement;
  language?: string;
  body?: string;
  eventDefinitions?: BpmnElement[];
  eventDefinitionRef?: BpmnElement[];
  attachedToRef?: BpmnElement;
  cancelActivity?: boolean;
  triggeredByEvent?: boolean;
  isForCompensation?: boolean;
  loopCharacteristics?: BpmnElement;
  isSequential?: boolean;
  messageRef?: BpmnElement;
  errorRef?: BpmnElement;
  errorCode?: string;
  signalRef?: BpmnElement;
  escalationRef?: BpmnElement;
  escalationCode?: string;
  activityRef?: BpmnElement;
  condition?: BpmnElement;
  isInterrupting?: boolean;
  testBefore?: boolean;
  loopMaximum?: number;
  loopCondition?: BpmnElement;
  artifacts?: BpmnElement[];
  timeDuration?: BpmnElement;
  timeDate?: BpmnElement;
  timeCycle?: BpmnElement;
  extensionElements?: { values?: ZeebeElement[] };
}

/** A `zeebe:` extension element: attributes by name, children by the descriptor's list names. */
export interface ZeebeElement {
  $type: string;
  [attribute: string]: unknown;
}

interface ParsedDocument {
  rootElement: BpmnElement;
  warnings: ParseWarning[];
}

/** What the parser passed over; the reference it could not resolve, if that is what it is about. */
export interface ParseWarning {
  message: string;
  element?: BpmnElement;
  property?: string;
  value?: string;
}

/** The largest model that is read; the biggest real ones we know are a tenth of it. */
export const MAX_MODEL_BYTES = 2 * 1024 * 1024;

/** Every warning costs the parser a look at the whole file: a hostile one takes minutes. */
const PARSE_MS = 2000;

/**
 * Reads BPMN XML. A DOCTYPE is refused before parsing (entities are a way to attack, BPMN needs
 * none). Throws InvalidError `model_unreadable`.
 */
export async function parseBpmn(xml: string): Promise<ParsedDocument> {
  if (Buffer.byteLength(xml) > MAX_MODEL_BYTES) throw unreadable('the file is larger than 2 MB');
  if (/<!(?:DOCTYPE|ENTITY)/i.test(xml)) throw unreadable('a DOCTYPE is not allowed');
  if (!isXmlText(xml)) throw unreadable('it holds characters that XML does not allow');
  try {
    const moddle = new BpmnModdle({ zeebe });
    return (await withinTime(PARSE_MS, () => moddle.fromXML(xml))) as ParsedDocument;
  } catch (error) {
    if (error instanceof RangeError) throw unreadable('too much in it is no BPMN');
    throw unreadable(readable(error instanceof Error ? error.message : String(error)));
  }
}

/** The refusal of a file that cannot even be looked at. */
export function unreadable(reason: string): InvalidError {
  const short = reason.replace(/\.$/, '').slice(0, 300);
  return new InvalidError('model_unreadable', `The file is not readable BPMN: ${short}.`, {
    details: [{ reason: short }],
  });
}

/** `bpmn:UserTask` → `userTask`. */
export function localType(element: { $type: string }): string {
  const name = element.$type.slice(element.$type.indexOf(':') + 1);
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** The types that a `zeebe:` extension element has a meaning on; undefined when on any. */
export function allowedIn(type: string): readonly string[] | undefined {
  return PLACES.get(type);
}

/** The first extension element of a type, such as `zeebe:TaskDefinition`. */
export function extension(element: BpmnElement, type: string): ZeebeElement | undefined {
  return element.extensionElements?.values?.find((value) => value.$type === `zeebe:${type}`);
}

/** An attribute as text, or null when it is absent or empty. */
export function text(element: ZeebeElement | undefined, attribute: string): string | null {
  const value = element?.[attribute];
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}

/** The child elements that an extension element lists under a name. */
export function children(element: ZeebeElement | undefined, list: string): ZeebeElement[] {
  const values = element?.[list];
  return Array.isArray(values) ? (values as ZeebeElement[]) : [];
}
