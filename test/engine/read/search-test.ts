import { expect } from 'chai';
import type { Db } from '../../../src/db/database.js';
import type { Condition } from '../../../src/engine/read/conditions.js';
import { search } from '../../../src/engine/read/search.js';
import type { Search, SearchTable } from '../../../src/engine/read/search.js';
import { testDatabase } from '../../helpers/database.js';
import { rejection } from '../../helpers/rejection.js';

/** Rows as they could lie in any table: names repeat, and some things are not known. */
const TABLE: SearchTable = {
  from: `(VALUES
      ('t', 1::bigint, 'Anna',   timestamptz '2026-03-01T08:00Z', 5,    '{VEI,VAR}'::text[], '{"a": "x"}'::jsonb, 'open'),
      ('t', 2,         'Bo_b',   '2026-03-02T08:00Z',             NULL, '{}',                '{"a": 1}',          'open'),
      ('t', 3,         'Bo%b',   NULL,                            5,    '{SERV}',            '{}',                'shut'),
      ('t', 4,         NULL,     '2026-03-01T08:00Z',             7,    '{VAR}',             '{"a": null}',       'shut'),
      ('t', 5,         'Anna',   NULL,                            NULL, '{VEI}',             '{"a": ["x"]}',      'open'),
      ('u', 6,         'Anna',   NULL,                            5,    '{VEI}',             '{}',                'open')
    ) AS r(tenant, id, name, at, size, groups, variables, state) WHERE r.tenant = $1`,
  columns: 'r.id',
  key: 'id',
  fields: {
    id: { type: 'key', sql: 'r.id' },
    name: { type: 'text', sql: 'r.name' },
    at: { type: 'time', sql: 'r.at' },
    size: { type: 'integer', sql: 'r.size' },
    groups: { type: 'texts', sql: 'r.groups' },
    variables: { type: 'variables', sql: 'r.variables' },
    state: {
      type: 'choice',
      sql: 'r.state',
      choices: { OPEN: `r.state = 'open'`, SHUT: `r.state = 'shut'` },
    },
  },
};

describe('search', () => {
  let db: Db;
  before(async function () {
    this.timeout(60_000);
    db = await testDatabase();
  });

  async function find(asked: Partial<Search>) {
    const found = await search<{ id: string }>(db, TABLE, 't', {
      conditions: [],
      sort: [],
      page: { limit: 10 },
      ...asked,
    });
    return { ...found, ids: found.rows.map(({ id }) => id).join('') };
  }

  const FINDS: [what: string, condition: Condition, ids: string][] = [
    ['a text', { field: 'name', operator: 'eq', value: 'Anna' }, '15'],
    ['all but a text, and what has none', { field: 'name', operator: 'neq', value: 'Anna' }, '234'],
    ['what has a text', { field: 'name', operator: 'exists', value: true }, '1235'],
    ['what has none', { field: 'name', operator: 'exists', value: false }, '4'],
    ['one of several', { field: 'name', operator: 'in', value: ['Anna', 'Bo_b'] }, '125'],
    ['none of several', { field: 'name', operator: 'notIn', value: ['Anna', 'Bo_b'] }, '34'],
    ['one of none', { field: 'name', operator: 'in', value: [] }, ''],
    ['not one of none', { field: 'name', operator: 'notIn', value: [] }, '12345'],
    ['any text after', { field: 'name', operator: 'like', value: 'Bo*' }, '23'],
    ['any character', { field: 'name', operator: 'like', value: '?nna' }, '15'],
    ['a sign that means something in SQL', { field: 'name', operator: 'like', value: 'Bo_b' }, '2'],
    ['a backslash at the end', { field: 'name', operator: 'like', value: 'Anna\\' }, ''],
    ['a star itself', { field: 'name', operator: 'like', value: '\\*' }, ''],
    ['what is larger', { field: 'size', operator: 'gt', value: 5 }, '4'],
    ['what is not smaller', { field: 'size', operator: 'gte', value: 5 }, '134'],
    ['times', { field: 'at', operator: 'lt', value: '2026-03-02T09:00:00+01:00' }, '14'],
    ['a group', { field: 'groups', operator: 'eq', value: 'VAR' }, '14'],
    ['one of several groups', { field: 'groups', operator: 'in', value: ['VEI', 'SERV'] }, '135'],
    ['not a group', { field: 'groups', operator: 'neq', value: 'VEI' }, '234'],
    ['no group at all', { field: 'groups', operator: 'exists', value: false }, '2'],
    ['groups like this', { field: 'groups', operator: 'like', value: 'V*' }, '145'],
    ['a variable', { field: 'variables', name: 'a', operator: 'eq', value: 'x' }, '1'],
    [
      'a variable that is null',
      { field: 'variables', name: 'a', operator: 'eq', value: null },
      '4',
    ],
    [
      'a variable that is a list',
      { field: 'variables', name: 'a', operator: 'eq', value: ['x'] },
      '5',
    ],
    [
      'a variable there is',
      { field: 'variables', name: 'a', operator: 'exists', value: true },
      '1245',
    ],
    ['a state', { field: 'state', operator: 'eq', value: 'SHUT' }, '34'],
    ['not a state', { field: 'state', operator: 'neq', value: 'SHUT' }, '125'],
    ['a state that nothing has', { field: 'state', operator: 'in', value: ['LOST'] }, ''],
  ];
  for (const [what, condition, ids] of FINDS) {
    it(`finds by ${what}`, async () => {
      const found = await find({ conditions: [condition] });
      expect(found).to.include({ ids, total: ids.length, hasMore: false });
    });
  }

  const ORDERS: [sort: [field: string, descending: boolean][], ids: string][] = [
    [[], '12345'],
    [[['id', true]], '54321'],
    [[['name', false]], '15324'],
    [[['at', true]], '21435'],
    [
      [
        ['size', true],
        ['name', true],
      ],
      '43125',
    ],
    [
      [
        ['name', false],
        ['at', false],
      ],
      '15324',
    ],
  ];
  for (const [sort, ids] of ORDERS) {
    it(`walks forwards and back by ${JSON.stringify(sort)}, what is not known last`, async () => {
      const sorted = { sort: sort.map(([field, descending]) => ({ field, descending })) };
      const names = (all: string) => [...all].map((id) => ORDER_KEYS[id]).join();
      const whole = await find(sorted);
      expect(names(whole.ids)).to.equal(names(ids));
      for (const limit of [1, 2, 3]) {
        let forwards = '';
        let cursor: string | null = null;
        let last = whole;
        do {
          const page = { limit, ...(cursor !== null && { after: cursor }) };
          const next = await find({ ...sorted, page });
          forwards += next.ids;
          cursor = next.end;
          if (next.ids) last = next;
        } while (cursor !== null);
        expect(forwards).to.equal(whole.ids);
        const back = await find({ ...sorted, page: { limit: 10, before: last.start! } });
        expect(back.ids + last.ids).to.equal(whole.ids);
      }
    });
  }
  /** Collations differ in where they put signs: the two Bobs count as one here. */
  const ORDER_KEYS: Record<string, string> = { 1: '1', 2: 'b', 3: 'b', 4: '4', 5: '5' };

  it('refuses a cursor of another order', async () => {
    const { end } = await find({ page: { limit: 2 } });
    const sort = [{ field: 'name', descending: false }];
    const refused = await rejection(find({ sort, page: { limit: 2, after: end! } }));
    expect(refused).to.include({ code: 'cursor_invalid' });
  });
});
