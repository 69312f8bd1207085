import { localType, parseBpmn } from '../../../src/engine/model/moddle.js';
import type { BpmnElement } from '../../../src/engine/model/moddle.js';

type Node = BpmnElement & Record<string, unknown>;

/** References to elements that are drawn elsewhere. */
const REFERENCES = /^(\$|source|target|attachedTo|default$|incoming|outgoing|.*Ref$)/;

/** The keys of the document's rows that a BPMN file shows. */
export async function elementsIn(xml: string): Promise<Set<string>> {
  const { rootElement } = await parseBpmn(xml);
  const keys = new Set<string>();
  visit(rootElement as Node, undefined, keys);
  return keys;
}

function visit(node: Node, parent: Node | undefined, keys: Set<string>): void {
  for (const key of keysOf(node, parent)) keys.add(key);
  for (const [name, value] of Object.entries(node)) {
    if (REFERENCES.test(name)) continue;
    for (const child of [value].flat()) {
      if (isNode(child)) visit(child, node, keys);
    }
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && '$type' in value;
}

function keysOf(node: Node, parent: Node | undefined): string[] {
  const keys = keysOfType(node, localType(node), parent);
  if (node.isForCompensation) keys.push('isForCompensation');
  if (node.default) keys.push('default');
  if (node.conditionExpression) keys.push('conditionExpression');
  for (const name of ['timeDuration', 'timeDate', 'timeCycle']) if (node[name]) keys.push(name);
  return keys;
}

function keysOfType(node: Node, type: string, parent: Node | undefined): string[] {
  if (type.endsWith('Event')) return eventKeys(node, type, parent);
  if (type === 'subProcess' && node.triggeredByEvent) return ['eventSubProcess'];
  if (type === 'multiInstanceLoopCharacteristics') {
    return [node.isSequential ? 'multiInstance:sequential' : 'multiInstance'];
  }
  return [type.replace('LoopCharacteristics', 'Loop')];
}

function eventKeys(node: Node, type: string, parent: Node | undefined): string[] {
  const references = node.eventDefinitionRef ?? [];
  const definitions = [...(node.eventDefinitions ?? []), ...references];
  const role = type === 'startEvent' && parent?.triggeredByEvent ? 'eventStart' : type;
  const beside = node.cancelActivity === false || node.isInterrupting === false ? ':beside' : '';
  const triggers = definitions.map((definition) =>
    localType(definition).replace('EventDefinition', ''),
  );
  return [
    ...(triggers.length ? triggers.map((trigger) => `${role}:${trigger}${beside}`) : [role]),
    ...(references.length ? ['eventDefinitionRef'] : []),
    ...(triggers.length > 1 ? ['multiple'] : []),
  ];
}
