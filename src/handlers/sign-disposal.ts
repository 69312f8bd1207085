import type { HandlerDeclaration } from '../engine/handler.js';
import { signDisposal } from '../privacy/disposals.js';
import { textInput } from './case-handler.js';

/** Signs a disposal list in the name of whoever completed the task before it. */
export function signDisposalHandler(): HandlerDeclaration {
  return {
    name: 'sign-disposal',
    title: { nb: 'Signer kassasjonsliste', en: 'Sign the disposal list' },
    runs: 'in-step',
    inputs: [
      {
        name: 'disposalId',
        type: 'string',
        required: true,
        title: { nb: 'Listens id', en: 'Id of the list' },
      },
    ],
    outputs: [{ name: 'signedBy', type: 'string', title: { nb: 'Signert av', en: 'Signed by' } }],
    run: async (input, { tx, tenant, now, actor }) => {
      await signDisposal(tx, tenant, { id: textInput(input, 'disposalId'), by: actor, at: now });
      return { signedBy: actor };
    },
  };
}
