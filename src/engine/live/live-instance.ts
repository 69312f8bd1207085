import { Engine } from 'bpmn-engine';
import type { JsonObject, JsonValue } from '../../kernel/json.js';
import { elements } from '../elements/elements.js';
import type { Arrival, WaitDesk } from '../elements/runtime-types.js';
import { LOOP_COUNT } from '../model/compile-source.js';
import type { CompiledSource } from '../model/indexed-source.js';
import { emptyDocument } from './instance-document.js';
import type { InstanceDocument } from './instance-document.js';

/** What happened to an element in a step, for the element log. */
export interface Passage {
  id: string;
  event: 'enter' | 'leave' | 'cancel';
}

interface ExtensionMessage {
  fields: { routingKey: string; redelivered?: boolean };
  content: { state?: string; executionId: string };
}

/** What an instance is built from. */
export interface Compiled {
  source: CompiledSource;
  /** The flows that lead into a joining gateway. */
  joins: ReadonlySet<string>;
}

/**
 * One instance with a running engine inside. It collects what the engine reports (arrivals, voided
 * waits, passages) and never acts on its own: a step drives it, then it rests.
 */
export class LiveInstance implements WaitDesk {
  readonly document: InstanceDocument;
  /** Arrived in this step and not looked at yet. */
  readonly arrivals: Arrival[] = [];
  /** Elements at rest, by execution id. */
  readonly standing = new Map<string, Arrival>();
  /** Waits the engine voided in this step. */
  voided: string[] = [];
  passages: Passage[] = [];
  /** Throwing events that did throw: whatever that interrupts, they themselves are done. */
  readonly thrown = new Set<string>();
  readonly #joins: ReadonlySet<string>;
  #engine: Engine;
  #failure: unknown;
  #ended = false;

  private constructor(
    source: CompiledSource,
    joins: ReadonlySet<string>,
    document: InstanceDocument,
  ) {
    this.document = document;
    this.#joins = joins;
    this.#engine = new Engine(this.#options(source));
    this.#engine.on('error', (error: unknown) => (this.#failure ??= error));
    this.#engine.on('end', () => (this.#ended = true));
  }

  /**
   * A new instance, run until it rests: at once, not after the promises of `engine.execute()`, where
   * no watchdog could stop it.
   */
  static start({ source, joins }: Compiled, startId: string): LiveInstance {
    const live = new LiveInstance(source, joins, emptyDocument(startId));
    live.#load({ id: source.id })._execute();
    live.check();
    return live;
  }

  /** An instance as its last step left it; what waited then waits again. */
  static recover({ source, joins }: Compiled, document: InstanceDocument): LiveInstance {
    const live = new LiveInstance(source, joins, document);
    live.#load(document.engine)._resume();
    live.check();
    return live;
  }

  #load(state: JsonObject | null): Running {
    this.#engine.recover({ name: this.#engine.name, definitions: [state] });
    return this.#engine.execution as unknown as Running;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Throws what the engine reported; after that the instance may only be dropped. */
  check(): void {
    if (this.#failure !== undefined) throw this.#failure as Error;
  }

  arrive(arrival: Arrival): void {
    const { executionId, kind } = arrival;
    if (kind === 'loop' && this.document.loops[executionId]) return arrival.complete();
    this.standing.set(executionId, arrival);
    if (!this.document.waits[executionId]) this.arrivals.push(arrival);
  }

  leave(executionId: string): void {
    this.standing.delete(executionId);
    this.voided.push(executionId);
  }

  pass(flowId: string): void {
    if (this.#joins.has(flowId)) count(this.document.tokens, flowId, 1);
  }

  /** The engine's state, without what can be made again from the model and the row. */
  snapshot(): JsonObject {
    const { definitions } = this.#engine.execution as unknown as Running;
    const state = definitions[0]?.getState() ?? {};
    delete state['environment'];
    const execution = state['execution'] as { processes?: JsonObject[] } | undefined;
    for (const process of execution?.processes ?? []) delete process['environment'];
    return state;
  }

  #options(source: CompiledSource): object {
    return {
      name: source.id,
      sourceContext: source,
      elements,
      desk: this,
      settings: { disableTrackState: true },
      Logger: silent,
      scripts: { register() {}, getScript() {} },
      extensions: { passages: (activity: ActivityLike) => this.#watch(activity) },
      expressions: {
        resolveExpression: (text: string, message: { content?: { executionId?: string } }) =>
          text === LOOP_COUNT ? this.#loopCount(message.content?.executionId) : text,
      },
    };
  }

  #watch({ id, type }: ActivityLike): object | undefined {
    if (type === 'bpmn:Process') return undefined;
    return {
      activate: ({ fields }: ExtensionMessage) => {
        if (fields.redelivered) return;
        count(this.document.active, id, 1);
        if (fields.routingKey === 'run.enter') this.passages.push({ id, event: 'enter' });
      },
      deactivate: ({ fields, content }: ExtensionMessage) => {
        if (fields.routingKey !== 'run.leave') return;
        count(this.document.active, id, -1);
        delete this.document.loops[content.executionId];
        const happened = this.thrown.delete(content.executionId);
        const canceled = !happened && content.state !== undefined && CANCELED.has(content.state);
        this.passages.push({ id, event: canceled ? 'cancel' : 'leave' });
      },
    };
  }

  #loopCount(executionId: string | undefined): JsonValue {
    return this.document.loops[executionId ?? '']?.items.length ?? 0;
  }
}

/** Counts up or down, and forgets what comes to nothing. */
function count(counts: Record<string, number>, key: string, by: number): void {
  const value = (counts[key] ?? 0) + by;
  if (value > 0) counts[key] = value;
  else delete counts[key];
}

interface ActivityLike {
  id: string;
  type: string;
}

interface Running {
  /** What `execute()` and `resume()` of the engine do last. */
  _execute(): void;
  _resume(): void;
  definitions: { getState(): JsonObject }[];
}

const CANCELED = new Set(['discard', 'cancel', 'error']);

function silent(): object {
  return { debug() {}, error() {}, warn() {} };
}
