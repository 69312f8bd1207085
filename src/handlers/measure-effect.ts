import type { HandlerDeclaration } from '../engine/handler.js';
import { FINDING_KINDS, countAgain } from '../insight/learning.js';
import { choiceInput, textInput } from './case-handler.js';
import { LEARNING_PERIOD_MS } from './find-repeats.js';

/** Counts anew what a measure was to make rarer, over as long a time as before it. */
export function measureEffectHandler(): HandlerDeclaration {
  return {
    name: 'measure-effect',
    title: { nb: 'Mål virkningen', en: 'Measure the effect' },
    runs: 'in-step',
    inputs: [
      {
        name: 'kind',
        type: 'string',
        required: true,
        choices: FINDING_KINDS,
        title: { nb: 'Hva som gjentar seg', en: 'What repeats itself' },
      },
      { name: 'service', type: 'string', required: true, title: { nb: 'Tjeneste', en: 'Service' } },
      { name: 'cell', type: 'string', title: { nb: 'Rute på kartet', en: 'Cell on the map' } },
    ],
    outputs: [
      { name: 'countAfter', type: 'number', title: { nb: 'Antall etter', en: 'Count after' } },
    ],
    run: async (input, { tx, tenant, now }) => {
      const { cell } = input;
      const finding = {
        kind: choiceInput(input, 'kind', FINDING_KINDS),
        service: textInput(input, 'service'),
        cell: typeof cell === 'string' ? cell : null,
      };
      const from = new Date(now.getTime() - LEARNING_PERIOD_MS);
      return { countAfter: await countAgain(tx, tenant, finding, { from, to: now }) };
    },
  };
}
