import fc from 'fast-check';
import { BPMN_TYPES, tagOf, ZEEBE_TYPES } from './descriptors.js';
import type { Property } from './descriptors.js';
import { wildId, wildText } from './texts.js';
import { definitions } from './xml.js';
import type { Node } from './xml.js';

/** Types that processes are made of stand oftener than the rest of the standard. */
const USUAL = [
  'StartEvent',
  'EndEvent',
  'UserTask',
  'ServiceTask',
  'CallActivity',
  'SubProcess',
  'ExclusiveGateway',
  'ParallelGateway',
  'BoundaryEvent',
  'IntermediateCatchEvent',
  'IntermediateThrowEvent',
  'EventBasedGateway',
  'SequenceFlow',
  'TimerEventDefinition',
  'MessageEventDefinition',
  'ErrorEventDefinition',
  'ExtensionElements',
  'Process',
];

const type = fc.oneof(fc.constantFrom(...USUAL), fc.constantFrom(...BPMN_TYPES.keys()));

/** A thing in a flat list; `parent` picks which earlier one it lies in. */
interface Part {
  tag: string;
  attributes: Record<string, string | undefined>;
  text: string | undefined;
  parent: number;
}

const value = fc.oneof(
  { weight: 3, arbitrary: wildId },
  { weight: 2, arbitrary: wildText },
  { weight: 1, arbitrary: fc.constantFrom('true', 'false', '0', '-1', '3', 'abc', '1e999') },
);

function attributesOf(properties: readonly Property[]): fc.Arbitrary<Record<string, string>> {
  const known = properties.filter(({ isAttr, isReference }) => isAttr ?? isReference);
  const fields = Object.fromEntries(known.map(({ name }) => [name, value]));
  const odd = fc.constantFrom('zeebe:modelerTemplate', 'other:colour', 'xsi:type', 'made-up', 'id');
  return fc
    .tuple(fc.record(fields, { requiredKeys: [] }), fc.dictionary(odd, value, { maxKeys: 1 }))
    .map(([usual, extra]) => ({ ...usual, ...extra }) as Record<string, string>);
}

const bpmnPart = type.chain((name) =>
  fc.record({
    tag: fc.oneof(
      { weight: 9, arbitrary: fc.constant(tagOf('bpmn', name)) },
      { weight: 1, arbitrary: childTag(name) },
    ),
    attributes: fc
      .tuple(attributesOf(BPMN_TYPES.get(name) ?? []), fc.option(wildId, { freq: 12 }))
      .map(([attributes, id]) => ({ ...attributes, id: id ?? undefined })),
    text: fc.option(wildText, { nil: undefined, freq: 3 }),
    parent: fc.nat(),
  }),
);

/** A property written as a child element: `bpmn:timeDuration` and the like. */
function childTag(name: string): fc.Arbitrary<string> {
  const names = (BPMN_TYPES.get(name) ?? []).map((property) => `bpmn:${property.name}`);
  return names.length ? fc.constantFrom(...names) : fc.constant(tagOf('bpmn', name));
}

const zeebePart = fc.constantFrom(...ZEEBE_TYPES.keys()).chain((name) =>
  fc.record({
    tag: fc.constant(tagOf('zeebe', name)),
    attributes: attributesOf(ZEEBE_TYPES.get(name) ?? []),
    text: fc.option(wildText, { nil: undefined, freq: 5 }),
    parent: fc.nat(),
  }),
);

const part: fc.Arbitrary<Part> = fc.oneof(
  { weight: 4, arbitrary: bpmnPart },
  { weight: 1, arbitrary: zeebePart },
);

/**
 * Well-formed BPMN of any structure: elements of every type the parser knows, in any container,
 * with flows to anywhere and texts of any kind.
 */
export const wildModel: fc.Arbitrary<string> = fc
  .tuple(fc.array(part, { maxLength: 60, size: 'max' }), wildId)
  .map(([parts, processId]) => definitions(...assemble(parts, processId)));

function assemble(parts: readonly Part[], processId: string): Node[] {
  const root = { tag: 'root', children: [] as (Node | string)[] };
  const attributes = { id: processId, isExecutable: 'true' };
  const process = { tag: 'bpmn:process', attributes, children: [] as (Node | string)[] };
  root.children.push(process);
  const containers = [process, root];
  for (const { tag, attributes: own, text, parent } of parts) {
    const node = { tag, attributes: own, children: text === undefined ? [] : [text] };
    // The first is the usual place; the others only half of the time.
    const index = parent % (2 * containers.length);
    (containers[index] ?? process).children.push(node);
    containers.push(node);
  }
  return root.children.filter((child) => typeof child !== 'string');
}
