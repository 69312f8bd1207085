import { z } from 'zod';
import type { JsonObject, JsonValue } from '../kernel/json.js';
import { problemDocument } from './problem-schema.js';
import { COMMON_FAILURES, FAILURE_STATUS, titleOf } from './problem.js';
import { successStatus } from './route.js';
import type { Route } from './route.js';

/** What stands at the head of a document. */
export interface DocumentInfo {
  readonly title: string;
  readonly version: string;
  readonly description: string;
  readonly tags: readonly { name: string; description: string }[];
}

type Schemas = Map<string, JsonObject>;

/**
 * The OpenAPI 3.1 document of `routes`. Schemas with an `id` in their metadata become components.
 * @throws TypeError when two routes share a name, or two different schemas an id
 */
export function openApiDocument(info: DocumentInfo, routes: readonly Route[]): JsonObject {
  const schemas: Schemas = new Map();
  const problem = toSchema(problemDocument, 'output', schemas);
  const paths: Record<string, JsonObject> = {};
  const names = new Set<string>();
  for (const route of routes) {
    if (names.has(route.name)) throw new TypeError(`two routes are called ${route.name}`);
    names.add(route.name);
    paths[route.path] = {
      ...paths[route.path],
      [route.method.toLowerCase()]: operation(route, schemas),
    };
  }
  return {
    openapi: '3.1.0',
    info: { title: info.title, version: info.version, description: info.description },
    servers: [{ url: '/' }],
    tags: info.tags.map((tag) => ({ ...tag })),
    security: [{ basic: [] }],
    paths,
    components: {
      schemas: Object.fromEntries([...schemas].sort(([a], [b]) => a.localeCompare(b))),
      responses: problemResponses(problem),
      securitySchemes: { basic: { type: 'http', scheme: 'basic' } },
    },
  };
}

function operation(route: Route, schemas: Schemas): JsonObject {
  const parameters = [
    ...parametersIn('path', route.params, route.example.params, schemas),
    ...parametersIn('query', route.query, route.example.query, schemas),
  ];
  return {
    operationId: route.name,
    summary: route.summary,
    description: describe(route),
    tags: [...route.tags],
    ...(parameters.length > 0 && { parameters }),
    ...(route.body && { requestBody: requestBody(route, route.body, schemas) }),
    responses: responses(route, schemas),
  };
}

function describe(route: Route): string {
  const permission = `Needs the permission \`${route.permission}\`.`;
  return route.description ? `${route.description}\n\n${permission}` : permission;
}

function parametersIn(
  place: 'path' | 'query',
  schema: z.ZodType | undefined,
  example: Record<string, string> | undefined,
  schemas: Schemas,
): JsonObject[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = toSchema(schema, 'input', schemas);
  return Object.entries(properties as Record<string, JsonObject>).map(([name, own]) => {
    const { description, ...rest } = own;
    const shown = example?.[name];
    return {
      name,
      in: place,
      required: (required as string[]).includes(name),
      ...(description !== undefined && { description }),
      schema: rest,
      ...(shown !== undefined && { example: shown }),
    };
  });
}

function requestBody(route: Route, body: z.ZodType, schemas: Schemas): JsonObject {
  const { consumes = 'application/json', example } = route;
  const content = {
    schema: consumes === 'application/json' ? toSchema(body, 'input', schemas) : FILES,
    ...(example.body !== undefined &&
      consumes === 'application/json' && { example: example.body as JsonValue }),
  };
  return { required: !body.safeParse(undefined).success, content: { [consumes]: content } };
}

const BINARY: JsonObject = { type: 'string', format: 'binary' };

const FILES: JsonObject = {
  type: 'object',
  properties: { resources: { type: 'array', items: BINARY } },
};

function responses(route: Route, schemas: Schemas): JsonObject {
  const failures = [
    ...COMMON_FAILURES,
    ...(route.failures ?? []).map((failure) => FAILURE_STATUS[failure]),
  ];
  const success: JsonObject = { description: titleOf(successStatus(route)) };
  if (route.returns) {
    const type = route.produces ?? 'application/json';
    const isFile = type === 'application/octet-stream';
    const schema = isFile ? BINARY : toSchema(route.returns, 'output', schemas);
    success['content'] = { [type]: { schema } };
  }
  if (route.location) {
    success['headers'] = { Location: { schema: { type: 'string' }, description: 'Its address.' } };
  }
  return {
    [successStatus(route)]: success,
    ...Object.fromEntries(failures.map((status) => [status, { $ref: responseRef(status) }])),
  };
}

function responseRef(status: number): string {
  return `#/components/responses/Problem${status}`;
}

function problemResponses(schema: JsonObject): JsonObject {
  const statuses = [...COMMON_FAILURES, ...Object.values(FAILURE_STATUS)];
  return Object.fromEntries(
    statuses.map((status) => [
      `Problem${status}`,
      { description: titleOf(status), content: { 'application/problem+json': { schema } } },
    ]),
  );
}

/** JSON Schema 2020-12, which OpenAPI 3.1 takes as it is, with the named schemas moved out of it. */
function toSchema(schema: z.ZodType, io: 'input' | 'output', schemas: Schemas): JsonObject {
  const converted = z.toJSONSchema(schema, { io }) as JsonObject;
  const { $schema: _, $defs, ...rest } = nameJsonValue(converted);
  for (const [id, definition] of Object.entries(($defs ?? {}) as Record<string, JsonObject>)) {
    if (id.startsWith('__')) throw new TypeError('a recursive schema needs an id');
    const own = pointToComponents(definition) as JsonObject;
    const known = schemas.get(id);
    if (known && JSON.stringify(known) !== JSON.stringify(own)) {
      throw new TypeError(`two different schemas are called ${id}`);
    }
    schemas.set(id, own);
  }
  return pointToComponents(rest) as JsonObject;
}

/** `z.json()` refers to itself under names that only count; all of them are one schema. */
function nameJsonValue(schema: JsonObject): JsonObject {
  let text = JSON.stringify(schema);
  for (const [name, definition] of Object.entries((schema['$defs'] ?? {}) as JsonObject)) {
    const word = new RegExp(`\\b${name}\\b`, 'g');
    const isJson = JSON.stringify(definition).replace(word, '__schema0') === JSON_VALUE;
    if (isJson) text = text.replace(word, 'JsonValue');
  }
  return JSON.parse(text) as JsonObject;
}

const JSON_VALUE = JSON.stringify(z.toJSONSchema(z.object({ any: z.json() })).$defs?.['__schema0']);

function pointToComponents(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(pointToComponents);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [
      key,
      key === '$ref' && typeof child === 'string'
        ? child.replace('#/$defs/', '#/components/schemas/')
        : pointToComponents(child),
    ]),
  );
}
