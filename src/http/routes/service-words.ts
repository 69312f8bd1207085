import { z } from 'zod';
import {
  addServiceWord,
  readServiceWords,
  removeServiceWord,
} from '../../catalogue/service-words.js';
import { findService } from '../../catalogue/services.js';
import { suggestServices } from '../../catalogue/suggest-services.js';
import { proposeWords } from '../../catalogue/word-proposals.js';
import { NotFoundError } from '../../kernel/errors.js';
import { defineRoute } from '../route.js';

const A_YEAR_MS = 365 * 86_400_000;

const source = z.enum(['name', 'los', 'everyday', 'learned']);

export const serviceSuggestions = z
  .object({
    items: z.array(
      z.object({
        service: z.string(),
        score: z.number().meta({ description: 'How sure, 0 to 1.' }),
        reasons: z
          .array(z.object({ word: z.string(), source }))
          .meta({ description: 'Words of the catalogue that the text has.' }),
      }),
    ),
  })
  .meta({ id: 'ServiceSuggestions' });

const suggest = defineRoute({
  method: 'POST',
  path: '/api/services/suggestions',
  name: 'suggestServices',
  permission: 'services.read',
  summary: 'What a text is about',
  description: 'Three services at most, the likeliest first, with reasons. Nothing is kept.',
  tags: ['services'],
  writes: false,
  body: z.strictObject({ text: z.string().max(20_000) }),
  returns: serviceSuggestions,
  example: { as: 'agent', body: { text: 'Det er et stort hull i veien' } },
  async run({ tx, principal, body, services }) {
    const vocabulary = await services.vocabulary();
    return { items: await suggestServices(tx, principal.tenant, body.text, vocabulary) };
  },
});

const word = z.string().trim().min(2).max(100);
const wordList = z.object({ items: z.array(z.object({ word: z.string(), source })) });

const change = defineRoute({
  method: 'POST',
  path: '/api/services/{code}/words',
  name: 'changeServiceWords',
  permission: 'services.teach',
  summary: 'Teach a service words, or take taught ones away',
  description: 'Never a name of anybody: what is taught here is kept.',
  tags: ['services'],
  params: z.strictObject({ code: z.string().max(20) }),
  body: z.strictObject({
    add: z.array(word).max(100).default([]),
    remove: z.array(word).max(100).default([]),
  }),
  returns: wordList,
  failures: ['not_found'],
  example: { as: 'owner', params: { code: 'GATELYS' }, body: { add: ['lyktepåle'] } },
  async run({ tx, principal, params: { code }, body, now, services }) {
    const { tenant, username: by } = principal;
    const service = await findService(tx, tenant, code);
    if (!service) throw new NotFoundError('service_not_found', 'There is no such service.');
    for (const one of body.add) {
      await addServiceWord(tx, tenant, { service: code, word: one, by, now });
    }
    for (const one of body.remove)
      await removeServiceWord(tx, tenant, { service: code, word: one });
    const words = await readServiceWords(tx, tenant, [service], await services.vocabulary());
    return { items: words.filter((one) => one.service === code) };
  },
});

const proposals = defineRoute({
  method: 'GET',
  path: '/api/services/word-proposals',
  name: 'proposeServiceWords',
  permission: 'services.teach',
  summary: 'Words that citizens use and no service has yet',
  description:
    'From the texts of the last year’s closed inquiries that are still kept. A person decides ' +
    'which are taught.',
  tags: ['services'],
  returns: z.object({
    items: z.array(
      z.object({
        service: z.string(),
        word: z.string(),
        inquiries: z.int(),
        share: z.number(),
      }),
    ),
  }),
  example: { as: 'owner' },
  async run({ tx, principal, now, services }) {
    const since = new Date(now.getTime() - A_YEAR_MS);
    const vocabulary = await services.vocabulary();
    return { items: await proposeWords(tx, principal.tenant, vocabulary, since) };
  },
});

export const serviceWordRoutes = [suggest, proposals, change];
