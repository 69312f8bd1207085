import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

interface Descriptor {
  prefix: string;
  types: {
    name: string;
    isAbstract?: boolean;
    superClass?: string[];
    properties?: Property[];
  }[];
}

/** What moddle knows of one property of a type. */
export interface Property {
  name: string;
  type?: string;
  isAttr?: boolean;
  isBody?: boolean;
  isReference?: boolean;
}

const { resolve } = createRequire(import.meta.url);
const BPMN = descriptor('bpmn-moddle/resources/bpmn/json/bpmn.json');
const ZEEBE = descriptor('zeebe-bpmn-moddle/resources/zeebe.json');

/** Every type that the parser knows, with all properties it inherits. */
export const BPMN_TYPES: ReadonlyMap<string, readonly Property[]> = typesOf(BPMN);
export const ZEEBE_TYPES: ReadonlyMap<string, readonly Property[]> = typesOf(ZEEBE);

/** A copy of one's own: moddle writes prefixes into the one that it is given. */
function descriptor(path: string): Descriptor {
  return JSON.parse(readFileSync(resolve(path), 'utf8')) as Descriptor;
}

function typesOf({ types }: Descriptor): Map<string, Property[]> {
  const byName = new Map(types.map((type) => [type.name, type]));
  const propertiesOf = (name: string): Property[] => {
    const type = byName.get(name.replace(/^.*:/, ''));
    if (!type) return [];
    return [...(type.superClass ?? []).flatMap(propertiesOf), ...(type.properties ?? [])];
  };
  return new Map(types.map(({ name }) => [name, propertiesOf(name)]));
}

/** `UserTask` → `bpmn:userTask`. */
export function tagOf(prefix: string, type: string): string {
  return `${prefix}:${type.charAt(0).toLowerCase()}${type.slice(1)}`;
}
