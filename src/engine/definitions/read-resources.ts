import { createHash } from 'node:crypto';
import { readDecisionModel } from '../../decisions/read-decision-model.js';
import { InvalidError } from '../../kernel/errors.js';
import type { JsonObject } from '../../kernel/json.js';
import { checkDocument, detailsOf, refused } from '../model/check-document.js';
import type { ResourceProblem } from '../model/check-document.js';
import { contentProblem } from '../model/document-problems.js';
import type { ProcessModel } from '../model/process-model.js';
import { problem } from '../rules/rule.js';
import { readForm } from './read-form.js';

export interface Resource {
  name: string;
  content: string;
}

/** What a deployment holds, checked. */
export interface ReadResources {
  processes: (Source & { model: ProcessModel })[];
  decisions: (Source & { decisionId: string; decisionName: string; requirementsId: string })[];
  forms: (Source & { formId: string; schema: JsonObject })[];
}

/** As long as a file system's. */
const MAX_FILE_NAME_LENGTH = 255;

interface Source extends Resource {
  checksum: string;
}

/**
 * Reads all files of a deployment. Throws one InvalidError `model_refused` with every problem of
 * every file, or `model_unreadable` when a lone file is no BPMN at all.
 */
export async function readResources(resources: readonly Resource[]): Promise<ReadResources> {
  const read: ReadResources = { processes: [], decisions: [], forms: [] };
  const problems: ResourceProblem[] = [];
  for (const resource of resources) {
    if (!isStorable(resource.name)) {
      problems.push(fault('', 'a file name is too long, or has characters that cannot be stored'));
      continue;
    }
    const checksum = createHash('sha256').update(resource.content).digest('hex');
    try {
      problems.push(...(await readResource(read, { ...resource, checksum })));
    } catch (error) {
      if (!(error instanceof InvalidError)) throw error;
      const found = problemsOf(resource.name, error);
      if (resources.length === 1 && error.code === 'model_unreadable') {
        throw new InvalidError(error.code, error.message, { details: detailsOf(found) });
      }
      problems.push(...found);
    }
  }
  problems.push(...twice(read));
  if (!resources.length) problems.push(fault('', 'the deployment holds no file'));
  if (problems.length) throw refused(problems);
  return read;
}

async function readResource(read: ReadResources, source: Source): Promise<ResourceProblem[]> {
  if (source.name.endsWith('.bpmn')) {
    const { models, problems } = await checkDocument(source.content);
    read.processes.push(...models.map((model) => ({ ...source, model })));
    return problems.map((found) => ({ ...found, resource: source.name }));
  }
  if (source.name.endsWith('.dmn')) {
    const model = await readDecisionModel(source.content);
    for (const { id, name } of model.decisions.values()) {
      const decision = { decisionId: id, decisionName: name, requirementsId: model.id };
      read.decisions.push({ ...source, ...decision });
    }
    return [];
  }
  if (source.name.endsWith('.form')) {
    const schema = readForm(source.content);
    read.forms.push({ ...source, formId: schema.id, schema });
    return [];
  }
  return [fault(source.name, 'only .bpmn, .dmn and .form files can be deployed')];
}

function problemsOf(resource: string, error: InvalidError): ResourceProblem[] {
  if (!error.details.length) return [fault(resource, error.message)];
  return error.details.map(({ elementId: id, elementName: name, reason }) => {
    const where = { ...(id !== undefined && { id }), ...(name !== undefined && { name }) };
    // The parser's own words come without an element, and may name one.
    const found = id === undefined ? contentProblem(reason) : problem(where, reason);
    return { resource, ...found };
  });
}

function fault(resource: string, reason: string): ResourceProblem {
  return { resource, ...problem({}, reason) };
}

function isStorable(name: string): boolean {
  return name.length <= MAX_FILE_NAME_LENGTH && !/[\0\p{Surrogate}]/u.test(name);
}

/** One id may stand in one file of a deployment only. */
function twice({ processes, decisions, forms }: ReadResources): ResourceProblem[] {
  const named = [
    ...processes.map(({ name, model }) => ({ name, id: model.processId, what: 'process' })),
    ...decisions.map(({ name, decisionId }) => ({ name, id: decisionId, what: 'decision' })),
    ...forms.map(({ name, formId }) => ({ name, id: formId, what: 'form' })),
  ];
  const seen = new Set<string>();
  return named.flatMap(({ name, id, what }) => {
    const key = `${what} ${id}`;
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [fault(name, `the ${what} "${id}" is in this deployment twice`)];
  });
}
