import type { Tx } from '../../db/tx.js';
import { evaluateFeel } from '../../decisions/feel.js';
import { InvalidError } from '../../kernel/errors.js';
import type { Id } from '../../kernel/ids.js';
import type { JsonObject, JsonValue } from '../../kernel/json.js';
import type { Arrival } from '../elements/runtime-types.js';
import type { BpmnError, Decided, HandlerLookup } from '../handler.js';
import type { InstanceDocument } from '../live/instance-document.js';
import type { LiveInstance } from '../live/live-instance.js';
import type { ElementModel, ProcessModel, ValueText } from '../model/process-model.js';
import type { Limits, Spent } from './budget.js';
import type { Changes } from './changes.js';

/** The instance as its row has it. */
export interface InstanceRow {
  id: Id;
  definitionId: Id;
  processId: string;
  version: number;
  revision: number;
  rootId: Id;
  parentId: Id | null;
  parentExecutionId: string | null;
  /** The call activity that waits for this instance. */
  parentElementId: string | null;
}

/** Where an instance stands among those that call each other. */
export interface Nesting {
  /** Calls above it. */
  depth: number;
  /** Called processes alive under its top instance. */
  family: number;
}

/** What a step needs from the rooms around the engine. */
export interface StepPorts {
  newId(): Id;
  handlers: HandlerLookup;
  decide(
    tx: Tx,
    tenant: string,
    decisionId: string,
    context: JsonObject,
    now: Date,
  ): Promise<Decided>;
  /** Whether a caller of this instance, or a caller of that, catches an error. */
  catchesAbove(tx: Tx, tenant: string, instance: InstanceRow, code: string): Promise<boolean>;
  nesting(tx: Tx, tenant: string, instance: InstanceRow): Promise<Nesting>;
  /** The id of the newest version of a process, or undefined. */
  latestDefinition(tx: Tx, tenant: string, processId: string): Promise<Id | undefined>;
}

/** One move of one instance: everything its parts share while it lasts. */
export interface Step {
  /** Sends nothing before the stretch is over. */
  tx: Tx;
  tenant: string;
  actor: string;
  /** How many signals, each thrown because of the one before, led to this step. */
  chain: number;
  now: Date;
  ports: StepPorts;
  model: ProcessModel;
  instance: InstanceRow;
  live: LiveInstance;
  document: InstanceDocument;
  /** The root variables; replaced, never mutated in place. */
  variables: JsonObject;
  changes: Changes;
  /** Set when the instance ends by an error that its caller catches. */
  thrown: BpmnError | null;
  /** How many passages have been looked at. */
  observed: number;
  /** The variables that conditions were last judged by. */
  judged: JsonObject | null;
  limits: Limits;
  spent: Spent;
  /** How long the JSON of these variables is at most. */
  measured: { variables: JsonObject; length: number } | null;
}

/** The element an arrival stands at. */
export function elementOf(step: Step, arrival: Arrival): ElementModel {
  const element = step.model.elements.get(arrival.elementId);
  if (!element) throw new TypeError(`the model has no element ${arrival.elementId}`);
  return element;
}

/** Root variables, overlaid by those local to one execution and by what is given on top. */
export function scopeOf(step: Step, executionId: string, over: JsonObject = {}): JsonObject {
  return { ...step.variables, ...step.document.locals[executionId], ...over };
}

/** A field of the model: FEEL when it begins with `=`, else its own text. */
export function valueOf(step: Step, text: ValueText, scope: JsonObject): JsonValue {
  return text.startsWith('=') ? evaluateFeel(text.slice(1), scope, { now: step.now }) : text;
}

/** A field that must give a name or an id. Throws InvalidError `value_unusable`. */
export function nameOf(step: Step, text: ValueText, scope: JsonObject): string {
  const value = valueOf(step, text, scope);
  if (typeof value === 'string' && value !== '') return value;
  if (typeof value === 'number') return String(value);
  throw new InvalidError('value_unusable', `${text} gives no name`);
}
