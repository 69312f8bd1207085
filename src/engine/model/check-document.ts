import { withinTime } from '../../decisions/watchdog.js';
import { InvalidError } from '../../kernel/errors.js';
import type { InvalidReason } from '../../kernel/errors.js';
import { events } from '../rules/events.js';
import { expressions } from '../rules/expressions.js';
import { flows } from '../rules/flows.js';
import { ids } from '../rules/ids.js';
import { loops } from '../rules/loops.js';
import { mappings } from '../rules/mappings.js';
import { references } from '../rules/references.js';
import { problem } from '../rules/rule.js';
import type { Problem, Rule } from '../rules/rule.js';
import { scopes } from '../rules/scopes.js';
import { sizeProblems } from '../rules/size.js';
import { supportedElements } from '../rules/supported-elements.js';
import { tasks } from '../rules/tasks.js';
import { unheeded } from '../rules/unheeded.js';
import { documentProblems } from './document-problems.js';
import { localType, parseBpmn, unreadable } from './moddle.js';
import type { BpmnElement } from './moddle.js';
import { nameUnnamed } from './name-unnamed.js';
import type { ProcessModel } from './process-model.js';
import { flowElements, readProcess } from './read-process.js';

const RULES: readonly Rule[] = [
  ids,
  supportedElements,
  events,
  tasks,
  mappings,
  flows,
  references,
  scopes,
  loops,
  expressions,
  unheeded,
];

/** What was read from one BPMN file. */
export interface CheckedDocument {
  models: ProcessModel[];
  problems: Problem[];
}

/** No file that is small enough takes a tenth of it. */
const CHECK_MS = 4000;

/**
 * Reads a BPMN file and finds everything that cannot be run correctly, all at once. Only executable
 * processes count; pools without a process are drawings. Throws InvalidError `model_unreadable`
 * when the file is no BPMN at all.
 */
export async function checkDocument(xml: string): Promise<CheckedDocument> {
  const { rootElement, warnings } = await parseBpmn(xml);
  try {
    return withinTime(CHECK_MS, () => {
      // Before anything without an id is given one that is not in the file.
      const ofDocument = documentProblems(warnings);
      const processes = executable(rootElement).map(checkProcess);
      const problems = [
        ...ofDocument,
        ...extensionProblems(rootElement),
        ...(processes.length ? [] : [problem({}, 'the file has no executable process')]),
        ...processes.flatMap((checked) => checked.problems),
      ];
      return { models: processes.flatMap(({ models }) => models), problems };
    });
  } catch (error) {
    if (error instanceof RangeError) throw unreadable('it takes too long to check');
    throw error;
  }
}

/** BPMN 2.0.2 §8.3.3: whoever does not understand such an extension may not run the model. */
function extensionProblems({ extensions = [] }: BpmnElement): Problem[] {
  return extensions.some(({ mustUnderstand }) => mustUnderstand)
    ? [problem({}, 'the file has an extension that must be understood, and is not')]
    : [];
}

function executable({ rootElements = [] }: BpmnElement): BpmnElement[] {
  return rootElements.filter((root) => localType(root) === 'process' && root.isExecutable === true);
}

function checkProcess(process: BpmnElement): CheckedDocument {
  const tooLarge = sizeProblems(process, flowElements(process));
  if (tooLarge.length) return { models: [], problems: tooLarge };
  const made = nameUnnamed(process);
  const model = readProcess(process);
  const subject = { process, placed: flowElements(process), model };
  const problems = RULES.flatMap((rule) => rule(subject));
  return {
    models: [model],
    problems: problems.map((found) =>
      made.has(found.elementId ?? '') ? { ...found, elementId: null } : found,
    ),
  };
}

/**
 * The models of a file that was found in order when it was deployed, and stays so whatever is
 * refused since. Throws InvalidError `model_unreadable`.
 */
export async function readAccepted(xml: string): Promise<ProcessModel[]> {
  const { rootElement } = await parseBpmn(xml);
  return executable(rootElement).map((process) => {
    nameUnnamed(process);
    return readProcess(process);
  });
}

/** The models of a file that must be in order. Throws InvalidError `model_refused`. */
export async function readDocument(xml: string, resource: string): Promise<ProcessModel[]> {
  const { models, problems } = await checkDocument(xml);
  if (problems.length) throw refused(problems.map((found) => ({ resource, ...found })));
  return models;
}

/** All problems of a deployment in one error, each with its file and element. */
export function refused(problems: readonly ResourceProblem[]): InvalidError {
  const count = problems.length === 1 ? 'one problem' : `${problems.length} problems`;
  return new InvalidError('model_refused', `The model cannot be run: ${count}.`, {
    details: detailsOf(problems),
  });
}

/** A problem and the file it was found in. */
export type ResourceProblem = Problem & { resource: string };

/** Nobody reads more; a hostile file has a hundred thousand. */
const MOST_TOLD = 500;

/** Problems as an error tells them. */
export function detailsOf(problems: readonly ResourceProblem[]): InvalidReason[] {
  const told = problems.slice(0, MOST_TOLD).map(({ resource, elementId, elementName, reason }) => ({
    path: resource,
    ...(elementId !== null && { elementId }),
    ...(elementName !== null && { elementName }),
    reason,
  }));
  const [last] = problems.slice(MOST_TOLD);
  if (!last) return told;
  const more = problems.length - MOST_TOLD;
  return [...told, { path: last.resource, reason: `and there are ${more} problems more` }];
}
