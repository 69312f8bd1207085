import type { ProcessModel } from '../model/process-model.js';
import { expandCompensation } from './compensation.js';
import { expandDoubleFlows } from './double-flows.js';
import { Draft } from './draft.js';
import { expandEventSubProcesses } from './event-sub-processes.js';
import { expandLinks } from './links.js';
import { expandStandardLoops } from './standard-loops.js';

/**
 * What is drawn, said with fewer words: links, double flows, standard loops, event sub-processes and compensation
 * become flows, gateways, sub-processes and boundary events, which the engine runs correctly. Drawn
 * elements keep their ids.
 */
export function expandProcess(model: ProcessModel): ProcessModel {
  const draft = new Draft(model);
  expandLinks(draft);
  expandDoubleFlows(draft);
  expandStandardLoops(draft);
  expandEventSubProcesses(draft);
  expandCompensation(draft);
  const { processId, name, elements, flows } = draft;
  return { processId, name, elements, flows };
}
