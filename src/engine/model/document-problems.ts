import { idProblem } from '../rules/ids.js';
import { problem } from '../rules/rule.js';
import type { Problem } from '../rules/rule.js';
import { localType } from './moddle.js';
import type { BpmnElement, ParseWarning } from './moddle.js';
import { placeOf, readable } from './readable.js';

/** References that the way a process runs depends on; a stale one elsewhere is only a drawing's. */
const DECISIVE = new Set([
  'sourceRef',
  'targetRef',
  'default',
  'attachedToRef',
  'messageRef',
  'signalRef',
  'errorRef',
  'escalationRef',
  'activityRef',
  'eventDefinitionRef',
]);

/** What of the parser's warnings makes a file unfit to run, in words for its owner. */
export function documentProblems(warnings: readonly ParseWarning[]): Problem[] {
  return warnings.flatMap((warning) => warningProblem(warning) ?? []);
}

function warningProblem({ message, element, property, value }: ParseWarning): Problem | undefined {
  // The text was decoded before it came here.
  if (message.startsWith('unsupported document encoding')) return undefined;
  if (message.startsWith('unknown attribute') && element) {
    return problem(named(element), `the attribute "${property}" is not known on ${element.$type}`);
  }
  if (!message.startsWith('unresolved reference')) return contentProblem(message);
  if (!element || property === undefined || !DECISIVE.has(property)) return undefined;
  // A sequence flow without an end is told of by the rule for flows.
  if (localType(element) === 'sequenceFlow' || isOutside(element)) return undefined;
  return problem(element, `it refers to "${value}" (${property}), which is not in the file`);
}

/** The element, or the one it says something of. */
function named(element: BpmnElement): BpmnElement {
  let holder: BpmnElement | undefined = element;
  while (holder && !holder.id) holder = holder.$parent;
  return holder ?? element;
}

/** Message flows, associations and the diagram connect drawings, not tokens. */
function isOutside({ $type }: { $type: string }): boolean {
  return !$type.startsWith('bpmn:') || /Flow$|Association$/.test($type);
}

/** What the parser says of content it could not take, told of the element where it names one. */
export function contentProblem(message: string): Problem {
  const [id] = /(?:duplicate|illegal) ID <(.*)>/s.exec(message)?.slice(1) ?? [];
  if (id === undefined) return problem({}, readable(message));
  if (message.includes('illegal ID')) return problem({ id }, idProblem(id) ?? '');
  return problem(
    { id },
    `the id "${id}" is in the file twice, the duplicate in ${placeOf(message)}`,
  );
}
