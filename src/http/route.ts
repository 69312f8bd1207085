import { z } from 'zod';
import type { Permission } from '../access/policy.js';
import type { Principal } from '../access/principal.js';
import type { Tx } from '../db/tx.js';
import type { Services } from './services.js';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What may go wrong besides bad input and missing rights; `http/problem.ts` knows the numbers. */
export type RouteFailure = 'not_found' | 'conflict' | 'unavailable';

type Schema = z.ZodType;

/** What a route's function is given: checked input, who asks, and where to read and write. */
export interface RouteRequest<
  P extends Schema = Schema,
  Q extends Schema = Schema,
  B extends Schema = Schema,
> {
  readonly params: z.output<P>;
  readonly query: z.output<Q>;
  readonly body: z.output<B>;
  readonly principal: Principal;
  /** One transaction around the whole of a write; a read's statements each see the newest state. */
  readonly tx: Tx;
  readonly now: Date;
  readonly services: Services;
  /** Aborts when the client has gone, or has its answer: waiting any longer is for nobody. */
  readonly gone: AbortSignal;
}

/** A call that works, shown in the documentation and made by a test. */
export interface RouteExample {
  /** The demo user who makes it. */
  readonly as: string;
  readonly params?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly body?: unknown;
}

/** One route, declared once: validation, access, OpenAPI and the router all come from this. */
export interface RouteDeclaration<
  P extends Schema = Schema,
  Q extends Schema = Schema,
  B extends Schema = Schema,
  R extends Schema = Schema,
> {
  readonly method: Method;
  /** As OpenAPI writes it: `/api/inquiries/{reference}`. */
  readonly path: string;
  /** The operation's name, unique in its document: `registerInquiry`. */
  readonly name: string;
  readonly permission: Permission;
  readonly summary: string;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** `multipart/form-data` hands `body` a `MultipartForm`; JSON by default. */
  readonly consumes?: 'application/json' | 'multipart/form-data';
  /** The most bytes that one file of a form may have, where that is more than 2 MB. */
  readonly fileLimit?: number;
  /**
   * What leaves the server; anything a result has beyond this is dropped. Without it, or when it is
   * optional and the result is undefined, the answer is 204.
   */
  readonly returns?: R;
  /** A route that produces XML returns a string; one that produces a file, a `Download`. */
  readonly produces?: 'application/json' | 'text/xml' | 'application/octet-stream';
  readonly status?: 200 | 201 | 202 | 204;
  readonly failures?: readonly RouteFailure[];
  /** False for a POST that only reads: no transaction, and no work to wake the worker for. */
  readonly writes?: boolean;
  /** Address of what was made. */
  readonly location?: (result: z.output<R>) => string;
  readonly example: RouteExample;
  run(request: RouteRequest<P, Q, B>): Promise<z.input<R>>;
}

/** A file to be saved, never shown in the browser's own window. */
export interface Download {
  readonly filename: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
}

/** What a route that produces a file declares as its `returns`. */
export const download = z.custom<Download>(
  (value) => typeof value === 'object' && value !== null && 'bytes' in value,
);

/** A checked declaration whose schemas are no longer told apart by the compiler. */
export type Route = RouteDeclaration;

/**
 * Checks a declaration and makes it a route.
 * @throws TypeError when the path and the schema of its parameters name different parameters
 */
export function defineRoute<
  P extends Schema = z.ZodUndefined,
  Q extends Schema = z.ZodUndefined,
  B extends Schema = z.ZodUndefined,
  R extends Schema = z.ZodUndefined,
>(declaration: RouteDeclaration<P, Q, B, R>): Route {
  const inPath = pathParameters(declaration.path).sort().join();
  const inSchema = propertyNames(declaration.params).sort().join();
  if (inPath !== inSchema) {
    throw new TypeError(
      `${declaration.name}: the path names (${inPath}), its schema names (${inSchema})`,
    );
  }
  return declaration;
}

/** Whether the route changes anything. */
export function isWrite(route: Route): boolean {
  return route.writes ?? route.method !== 'GET';
}

/** The status of the route's success. */
export function successStatus(route: Route): number {
  return route.status ?? (route.returns ? 200 : 204);
}

/** The names between braces, in their order. */
export function pathParameters(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
}

function propertyNames(schema: Schema | undefined): string[] {
  const { shape } = (schema ?? {}) as { shape?: Record<string, unknown> };
  return Object.keys(shape ?? {});
}
