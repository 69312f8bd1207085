import { z } from 'zod';
import { findByAddress, findByParties, findByReference } from '../../inquiries/find-inquiries.js';
import { findParties } from '../../people/find-parties.js';
import { defineRoute } from '../route.js';
import { inquirySummary } from './inquiry-schemas.js';
import { visibleTo } from './readable-inquiry.js';

const party = z
  .object({
    id: z.string(),
    kind: z.enum(['person', 'organisation']),
    name: z.string().nullable(),
    phone: z.string().nullable(),
    email: z.string().nullable(),
    match: z.enum(['exact', 'similar']),
    inquiries: z.array(inquirySummary).meta({ description: 'The newest, five at most.' }),
  })
  .meta({ id: 'FoundParty' });

const search = defineRoute({
  method: 'POST',
  path: '/api/search',
  name: 'search',
  permission: 'inquiries.read',
  summary: 'Find people and inquiries by whatever is known',
  description:
    'A name, also with a letter wrong or in another order; a phone number, an e-mail address, an ' +
    'address or a reference, or its beginning. The text is sent in the body, since addresses of ' +
    'pages are kept in logs. The front desk finds all, others what their units have.',
  tags: ['inquiries'],
  body: z.strictObject({ q: z.string().trim().min(3).max(200) }),
  returns: z.object({ parties: z.array(party), inquiries: z.array(inquirySummary) }),
  example: { as: 'agent', body: { q: 'Test Person' } },
  async run({ tx, principal, body: { q }, now }) {
    const { tenant } = principal;
    const scope = visibleTo(principal);
    const parties = await findParties(tx, tenant, q, scope);
    const ids = parties.map(({ id }) => id);
    const theirs = await findByParties(tx, tenant, ids, scope, now);
    // Four letters may be a piece of a reference and of a street alike.
    const byReference = await findByReference(tx, tenant, q, scope, now);
    const byAddress = await findByAddress(tx, tenant, q, scope, now);
    const known = new Set(byReference.map(({ reference }) => reference));
    return {
      parties: parties.map((one) => ({ ...one, inquiries: theirs.get(one.id) ?? [] })),
      inquiries: [...byReference, ...byAddress.filter(({ reference }) => !known.has(reference))],
    };
  },
});

/** One box for everything. */
export const searchRoutes = [search];
