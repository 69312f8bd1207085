import { z } from 'zod';
import { COUNT_LIMIT } from '../../../engine/read/search.js';
import type { Found, Search } from '../../../engine/read/search.js';
import type { Asked } from './filters.js';

const MAX_PAGE = 1000;

const cursor = z.string().max(4000);

const page = z
  .strictObject({
    from: z.int().min(0).max(COUNT_LIMIT).optional(),
    limit: z.int().min(1).max(MAX_PAGE).default(100),
    after: cursor.optional(),
    before: cursor.optional(),
  })
  .refine(
    ({ from, after, before }) =>
      [from, after, before].filter((one) => one !== undefined).length < 2,
    'takes one of from, after and before',
  );

type FilterShape = Record<string, z.ZodType<Asked>>;

interface Renames {
  /** Names of fields that the list itself knows by another name. */
  names?: Readonly<Record<string, string>>;
}

/** The body of a search: nothing, or a filter, an order and a page. Resolves to what to search for. */
export function searchBody<Field extends string>(
  filter: FilterShape,
  sortable: readonly Field[],
  { names = {} }: Renames = {},
) {
  const optional = Object.entries(filter).map(([name, schema]) => [name, schema.optional()]);
  const order = z.enum(['ASC', 'DESC']).optional();
  return z
    .strictObject({
      filter: z.strictObject(Object.fromEntries(optional) as z.ZodRawShape).optional(),
      sort: z
        .array(z.strictObject({ field: z.enum(sortable), order }))
        .max(5)
        .optional(),
      page: page.optional(),
    })
    .optional()
    .transform((body): Search => {
      const asked = Object.entries((body?.filter ?? {}) as Record<string, Asked | undefined>);
      return {
        conditions: asked.flatMap(([field, all = []]) =>
          all.map((one) => ({ field: names[field] ?? field, ...one })),
        ),
        sort: (body?.sort ?? []).map((one) => ({
          field: names[one.field] ?? one.field,
          descending: one.order === 'DESC',
        })),
        page: pageOf(body?.page),
      };
    });
}

/** The answer of a search. */
export function searchResult<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    page: z.object({
      totalItems: z.int().meta({ description: `At most ${COUNT_LIMIT}.` }),
      hasMoreTotalItems: z.boolean(),
      startCursor: z.string().optional(),
      endCursor: z.string().optional(),
    }),
  });
}

export function presentFound<Row, Item>(found: Found<Row>, present: (row: Row) => Item) {
  return {
    items: found.rows.map(present),
    page: {
      totalItems: found.total,
      hasMoreTotalItems: found.hasMore,
      ...(found.start !== null && { startCursor: found.start }),
      ...(found.end !== null && { endCursor: found.end }),
    },
  };
}

function pageOf(given: z.output<typeof page> = { limit: 100 }): Search['page'] {
  const { limit, from, after, before } = given;
  return {
    limit,
    ...(from !== undefined && { from }),
    ...(after !== undefined && { after }),
    ...(before !== undefined && { before }),
  };
}
