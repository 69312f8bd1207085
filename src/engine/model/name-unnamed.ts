import { localType } from './moddle.js';
import type { BpmnElement } from './moddle.js';
import { flowElements } from './read-process.js';

/**
 * Gives an id to every flow element without one, since ids are optional in the schema and the engine
 * needs them: the same one whenever the file is read. Resolves to the ids that are in no file.
 */
export function nameUnnamed(process: BpmnElement): Set<string> {
  const placed = flowElements(process);
  const taken = new Set(placed.map(({ element }) => element.id));
  const given = new Set<string>();
  let number = 0;
  for (const { element } of placed) {
    if (element.id) continue;
    do number += 1;
    while (taken.has(idOf(element, number)));
    element.id = idOf(element, number);
    given.add(element.id);
  }
  return given;
}

function idOf(element: BpmnElement, number: number): string {
  return `${localType(element)}_${number}`;
}
