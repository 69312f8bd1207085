import type { Tx } from '../db/tx.js';
import type { Explanation } from '../decisions/explanation.js';
import type { Id } from '../kernel/ids.js';
import type { JsonObject, JsonValue } from '../kernel/json.js';

/** A text in the two languages every declaration carries. */
export interface Titles {
  nb: string;
  en: string;
}

/** One input or output of a handler; the modeller's templates are made from these. */
export interface FieldDeclaration {
  name: string;
  type: 'string' | 'number' | 'boolean' | 'date-time';
  title: Titles;
  required?: boolean;
  choices?: readonly string[];
}

interface Declared {
  /** The name a model uses in `zeebe:taskDefinition type`. */
  name: string;
  title: Titles;
  inputs: readonly FieldDeclaration[];
  outputs: readonly FieldDeclaration[];
}

/**
 * A service task's work. One that only touches our rows runs inside the step's transaction. One that
 * touches the world runs as a job outside any lock, may be run again, and must use `idempotencyKey`.
 */
export type HandlerDeclaration =
  | (Declared & {
      runs: 'in-step';
      run(input: JsonObject, context: StepHandlerContext): Promise<JsonObject>;
    })
  | (Declared & {
      runs: 'as-job';
      run(input: JsonObject, context: JobHandlerContext): Promise<JsonObject>;
    });

/** Finds a handler by the name a model uses; what is not found is for external workers. */
export type HandlerLookup = (type: string) => HandlerDeclaration | undefined;

interface HandlerContext {
  tenant: string;
  now: Date;
  instanceId: Id;
  processId: string;
  definitionId: Id;
  elementId: string;
  actor: string;
  headers: Readonly<Record<string, string>>;
}

export interface StepHandlerContext extends HandlerContext {
  /** The step's own transaction. */
  tx: Tx;
  /** Evaluates the tenant's latest version of a decision. */
  decide(decisionId: string, context: JsonObject): Promise<Decided>;
}

export interface JobHandlerContext extends HandlerContext {
  /** A short transaction of its own; none may be open around an effect on the world. */
  inTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** The same at every attempt of the same job. */
  idempotencyKey: string;
}

/** A decision's value, and which rows gave it. */
export interface Decided {
  value: JsonValue;
  explanation: Explanation;
  version: number;
}

/** Thrown by a handler for an error the process itself handles (an error boundary event). */
export class BpmnError extends Error {
  override readonly name = 'BpmnError';
  readonly code: string;
  readonly variables: JsonObject;

  constructor(code: string, message: string, variables: JsonObject = {}) {
    super(message);
    this.code = code;
    this.variables = variables;
  }
}

/** Thrown by a job's handler to be run again at a time of its choosing, at no cost of a retry. */
export class RetryLater extends Error {
  override readonly name = 'RetryLater';
  readonly at: Date;

  constructor(at: Date, message: string) {
    super(message);
    this.at = at;
  }
}
