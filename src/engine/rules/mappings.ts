import type { ElementModel } from '../model/process-model.js';
import { aType, isName, problem } from './rule.js';
import type { Rule } from './rule.js';

/** A mapping names a source and a variable, and stands where it is carried out. */
export const mappings: Rule = ({ model }) =>
  [...model.elements.values()].flatMap((element) => {
    const isEventStart = model.elements.get(element.parentId)?.triggeredByEvent === true;
    const reasons = [...element.inputs, ...element.outputs].flatMap(({ source, target }) => [
      ...(source ? [] : [`the mapping to "${target}" has no source`]),
      ...(target.split('.').every(isName) ? [] : [`"${target}" is not a variable name`]),
    ]);
    const misplaced = placeFault(element, isEventStart);
    if (misplaced !== null) reasons.push(misplaced);
    return reasons.map((reason) => problem(element, reason));
  });

/** What rests maps its variables; what catches an event has only what the event brings. */
function placeFault(element: ElementModel, isEventStart: boolean): string | null {
  const { type, inputs, outputs, trigger } = element;
  if (!inputs.length && !outputs.length) return null;
  switch (type) {
    case 'subProcess':
      return 'a sub-process cannot map variables; map them on its tasks';
    case 'exclusiveGateway':
    case 'inclusiveGateway':
    case 'parallelGateway':
    case 'eventBasedGateway':
      return `${aType(type)} cannot map variables; map them on a task`;
    case 'startEvent':
      if (!isEventStart) return 'a start event cannot map variables; map them on the first task';
      return inputs.length ? 'an event that is caught has no inputs to map' : null;
    case 'intermediateCatchEvent':
    case 'boundaryEvent':
      if (trigger?.kind === 'link') return 'a link cannot map variables; map them on a task';
      return inputs.length ? 'an event that is caught has no inputs to map' : null;
    default:
      return trigger?.kind === 'terminate' || trigger?.kind === 'link'
        ? `a ${trigger.kind} event cannot map variables; map them on a task`
        : null;
  }
}
