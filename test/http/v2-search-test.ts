import { expect } from 'chai';
import { DEMO_USERS } from '../../src/access/demo-users.js';
import type { Db } from '../../src/db/database.js';
import { openApiDocument } from '../../src/http/openapi.js';
import type { Route, RouteRequest } from '../../src/http/route.js';
import { v2Routes } from '../../src/http/routes/v2/routes.js';
import { validate } from '../../src/http/validate.js';
import { testDatabase } from '../helpers/database.js';

const INFO = { title: 'v2', version: '1', description: '', tags: [] };

const SAMPLES = {
  text: ['a', { $eq: 'a' }, { $neq: 'a' }, { $exists: true }, { $in: ['a'] }, { $like: '*a?%\\*' }],
  lists: [{ $in: [] }, { $notIn: [] }, { $notIn: ['a'] }],
  number: [1, { $gt: 1, $lte: 2 ** 40 }, { $in: [1, 2] }, { $exists: false }],
  time: ['2026-03-02T09:00:00+02:00', { $gte: '0001-01-01T00:00:00Z' }, { $exists: true }],
  key: ['9223372036854775807', { $neq: '1' }, { $in: ['1'], $notIn: ['2'] }],
  json: [[{ name: 'a', value: '"b"' }], [{ name: 'a', value: { $in: ['1', 'null'] } }]],
  other: [true, 'ACTIVE', 'CREATED', { $in: ['RESOLVED', 'ACTIVE'] }, 'UNKNOWN', '<default>'],
};

type Properties = Record<string, { properties?: Properties; items?: unknown; enum?: string[] }>;

/** Every filter and order that is declared must also be SQL that runs. */
describe('searches of /v2', () => {
  let db: Db;
  before(async () => {
    db = await testDatabase();
  });

  const admin = DEMO_USERS.find(({ username }) => username === 'admin')!;
  const caseworker = DEMO_USERS.find(({ username }) => username === 'caseworker')!;
  const document = openApiDocument(INFO, v2Routes) as {
    paths: Record<
      string,
      { post: { requestBody: { content: Record<string, { schema: { properties: Properties } }> } } }
    >;
  };
  const searches = v2Routes.filter(({ path }) => /^\/v2\/[\w-]+\/search$/.test(path));

  async function run(
    route: Route,
    body: object,
    principal = admin,
  ): Promise<{ items: unknown[]; page: unknown }> {
    const input = validate(route, { params: {}, query: {}, body });
    const request = { ...input, principal, tx: db } as unknown as RouteRequest;
    return route.run(request) as Promise<{ items: unknown[]; page: unknown }>;
  }

  function bodyOf(route: Route): { filters: string[]; orders: string[] } {
    const { schema } = document.paths[route.path]!.post.requestBody.content['application/json']!;
    const { properties } = schema;
    return {
      filters: Object.keys(properties['filter']!.properties!),
      orders: (properties['sort']!.items as { properties: Properties }).properties['field']!.enum!,
    };
  }

  for (const route of searches) {
    it(`${route.path} takes every filter it declares, in at least one way`, async () => {
      const { filters } = bodyOf(route);
      expect(filters).to.include('tenantId');
      for (const filter of filters) {
        let taken = 0;
        for (const value of Object.values(SAMPLES).flat()) {
          const body = { filter: { [filter]: value } };
          const isTaken = route.body!.safeParse(body).success;
          if (isTaken) {
            expect((await run(route, body)).items, filter).to.deep.equal([]);
            taken += 1;
          }
        }
        expect(taken, filter).to.be.greaterThan(0);
      }
    });

    it(`${route.path} can be sorted by everything it declares, both ways`, async () => {
      for (const field of bodyOf(route).orders) {
        for (const order of ['ASC', 'DESC']) {
          const found = await run(route, { sort: [{ field, order }] }, caseworker);
          expect(found.page).to.deep.equal({ totalItems: 0, hasMoreTotalItems: false });
        }
      }
    });
  }
});
