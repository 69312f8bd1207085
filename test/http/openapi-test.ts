import { Validator } from '@seriousme/openapi-schema-validator';
import { expect } from 'chai';
import { z } from 'zod';
import { PERMISSIONS } from '../../src/access/policy.js';
import { openApiDocument } from '../../src/http/openapi.js';
import { defineRoute } from '../../src/http/route.js';
import { API_INFO, apiRoutes } from '../../src/http/routes/api.js';

const common = {
  permission: 'self.read',
  summary: 'Does it.',
  tags: [],
  example: { as: 'agent' },
  run: () => Promise.resolve(undefined),
} as const;

describe('the OpenAPI document', () => {
  const document = openApiDocument(API_INFO, apiRoutes) as {
    openapi: string;
    paths: Record<string, Record<string, { operationId: string; parameters?: object[] }>>;
    components: { schemas: Record<string, object> };
  };

  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(structuredClone(document));
    expect(errors ?? []).to.deep.equal([]);
    expect(valid).to.equal(true);
    expect(document.openapi).to.equal('3.1.0');
  });

  it('has every route that is declared, and refers to nothing that is not there', () => {
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
    expect(operations).to.have.lengthOf(apiRoutes.length);
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)];
    expect(references.length).to.be.greaterThan(20);
    for (const [, pointer = ''] of references) {
      const target = pointer.split('/').reduce<unknown>((at, key) => (at as never)[key], document);
      expect(target, pointer).to.be.an('object');
    }
  });

  for (const route of apiRoutes) {
    it(`${route.method} ${route.path} says what it is, who may, and shows an example`, () => {
      expect(PERMISSIONS).to.include(route.permission);
      expect(route.summary).to.match(/^\p{Lu}.{5,70}$/u);
      const tags = API_INFO.tags.map(({ name }) => name);
      expect(route.tags).to.have.lengthOf(1);
      expect(tags).to.include(route.tags[0]);
      expect(route.example.as).to.be.a('string');
      for (const part of ['params', 'query', 'body'] as const) {
        const given = route.example[part];
        if (given !== undefined) expect(route[part]?.parse(given)).not.to.equal(undefined);
        else if (part !== 'query')
          expect(route[part]?.safeParse(undefined).success).not.to.equal(false);
      }
    });
  }

  it('does not take two routes of one name, nor two schemas of one id', () => {
    const one = defineRoute({ ...common, method: 'GET', path: '/a', name: 'same' });
    const two = defineRoute({ ...common, method: 'GET', path: '/b', name: 'same' });
    expect(() => openApiDocument(API_INFO, [one, two])).to.throw(TypeError, 'same');
    const thing = (type: z.ZodType) => z.object({ type }).meta({ id: 'Thing' });
    const a = defineRoute({
      ...common,
      method: 'GET',
      path: '/a',
      name: 'a',
      returns: z.object({ thing: thing(z.string()) }),
      run: () => Promise.resolve({ thing: { type: 'x' } }),
    });
    const b = defineRoute({
      ...common,
      method: 'GET',
      path: '/b',
      name: 'b',
      returns: z.object({ thing: thing(z.int()) }),
      run: () => Promise.resolve({ thing: { type: 1 } }),
    });
    expect(() => openApiDocument(API_INFO, [a, b])).to.throw(TypeError, 'Thing');
  });

  it('and no route names other parameters in its path than in its schema', () => {
    const params = z.object({ reference: z.string() });
    const declare = () =>
      defineRoute({ ...common, method: 'GET', path: '/a/{id}', name: 'a', params });
    expect(declare).to.throw(TypeError, 'the path names (id), its schema names (reference)');
  });
});
