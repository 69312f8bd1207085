import { InvalidError } from '../../kernel/errors.js';
import type { InvalidReason } from '../../kernel/errors.js';
import { events } from '../rules/events.js';
import { expressions } from '../rules/expressions.js';
import { flows } from '../rules/flows.js';
import { ids } from '../rules/ids.js';
import { loops } from '../rules/loops.js';
import { problem } from '../rules/rule.js';
import type { Problem, Rule } from '../rules/rule.js';
import { scopes } from '../rules/scopes.js';
import { supportedElements } from '../rules/supported-elements.js';
import { tasks } from '../rules/tasks.js';
import { localType, parseBpmn } from './moddle.js';
import type { ProcessModel } from './process-model.js';
import { flowElements, readProcess } from './read-process.js';

const RULES: readonly Rule[] = [
  ids,
  supportedElements,
  events,
  tasks,
  flows,
  scopes,
  loops,
  expressions,
];

/** What was read from one BPMN file. */
export interface CheckedDocument {
  models: ProcessModel[];
  problems: Problem[];
}

/**
 * Reads a BPMN file and finds everything that cannot be run correctly, all at once. Only executable
 * processes count; pools without a process are drawings. Throws InvalidError `model_unreadable`
 * when the file is no BPMN at all.
 */
export async function checkDocument(xml: string): Promise<CheckedDocument> {
  const { rootElement, warnings } = await parseBpmn(xml);
  const problems = warnings.map(({ message, element }) =>
    problem(element ?? {}, message.replace(/\s+/g, ' ').trim().slice(0, 300)),
  );
  const processes = (rootElement.rootElements ?? []).filter(
    (root) => localType(root) === 'process' && root.isExecutable === true,
  );
  if (!processes.length) problems.push(problem({}, 'the file has no executable process'));
  const models = processes.map((process) => {
    const model = readProcess(process);
    const subject = { process, placed: flowElements(process), model };
    problems.push(...RULES.flatMap((rule) => rule(subject)));
    return model;
  });
  return { models, problems };
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

/** Problems as an error tells them. */
export function detailsOf(problems: readonly ResourceProblem[]): InvalidReason[] {
  return problems.map(({ resource, elementId, elementName, reason }) => ({
    path: resource,
    ...(elementId !== null && { elementId }),
    ...(elementName !== null && { elementName }),
    reason,
  }));
}
