import type { HandlerDeclaration } from '../engine/handler.js';
import { writeDisposal } from '../privacy/disposals.js';
import type { HandlerDependencies } from './case-handler.js';
import { textInput } from './case-handler.js';

/** Writes the list of the cases that were de-identified: by which rule, how many, and its checksum. */
export function listDisposalHandler({ newId }: HandlerDependencies): HandlerDeclaration {
  return {
    name: 'list-disposal',
    title: { nb: 'Skriv kassasjonsliste', en: 'Write the disposal list' },
    runs: 'in-step',
    inputs: [
      {
        name: 'caseIds',
        type: 'string',
        required: true,
        title: { nb: 'Sakenes id-er, med komma', en: 'Ids of the cases, with commas' },
      },
    ],
    outputs: [
      { name: 'disposalId', type: 'string', title: { nb: 'Listens id', en: 'Id of the list' } },
      { name: 'disposalCount', type: 'number', title: { nb: 'Antall', en: 'Count' } },
      { name: 'disposalHash', type: 'string', title: { nb: 'Kontrollsum', en: 'Checksum' } },
    ],
    run: async (input, { tx, tenant, now }) => {
      const inquiryIds = textInput(input, 'caseIds').split(',');
      const { id, count, hash } = await writeDisposal(tx, tenant, {
        id: newId(),
        at: now,
        inquiryIds,
      });
      return { disposalId: id, disposalCount: count, disposalHash: hash };
    },
  };
}
