import { evaluateFeel } from '../../src/decisions/feel.js';
import type {
  ElementModel,
  FlowModel,
  ProcessModel,
} from '../../src/engine/model/process-model.js';
import {
  boundaryEvents,
  catcherOf,
  outgoing,
  triggerOf,
} from '../../src/engine/model/process-model.js';
import type { JsonObject, JsonValue } from '../../src/kernel/json.js';
import type { PathStep, ProcessPath } from './paths.js';

const WAITS = new Set(['userTask', 'receiveTask', 'intermediateCatchEvent', 'eventBasedGateway']);

/** One instance on paper: which of its elements hold a token, and what it knows. */
interface Walked {
  model: ProcessModel;
  variables: JsonObject;
  waiting: string[];
  caller: { walked: Walked; elementId: string } | undefined;
}

/**
 * Walks a path through the models on paper, without the engine: an independent reading of what the
 * drawing says, so that paths and drawings are known to agree before anything runs. Knows what our
 * models use: parallel forks but no joins, no sub-processes, and of loops over lists the first item.
 */
export class Walker {
  readonly flows = new Set<string>();
  readonly ends: string[] = [];
  readonly #models: ReadonlyMap<string, ProcessModel>;
  readonly #path: ProcessPath;
  readonly #now = new Date('2026-03-02T09:00:00.000Z');
  #open: Walked[] = [];

  constructor(models: ReadonlyMap<string, ProcessModel>, processId: string, path: ProcessPath) {
    this.#models = models;
    this.#path = path;
    this.#begin(processId, path.variables, undefined);
    this.#settle();
  }

  /** What still waits, in whichever instance. */
  get waiting(): string[] {
    return this.#open.flatMap(({ waiting }) => waiting);
  }

  take(step: PathStep): void {
    if ('complete' in step) this.#complete(step.complete, step.variables ?? {});
    else if ('timer' in step)
      this.#fire(({ id, trigger }) => id === step.timer && trigger?.kind === 'timer');
    else if ('error' in step) this.#fail(step.error, step.code);
    else if ('signal' in step) {
      this.#fire(
        (event) =>
          event.type !== 'intermediateThrowEvent' &&
          triggerOf(event, 'signal')?.name === step.signal,
      );
    } else
      this.#fire((event) => triggerOf(event, 'message')?.name === step.message, step.variables);
    this.#settle();
  }

  #begin(processId: string, variables: JsonObject, caller: Walked['caller']): void {
    const model = this.#models.get(processId);
    if (!model) throw new Error(`there is no process ${processId}`);
    const start = [...model.elements.values()].find(({ type }) => type === 'startEvent');
    const walked: Walked = { model, variables, waiting: [], caller };
    this.#open.push(walked);
    this.#leave(walked, start?.id ?? '');
  }

  #enter(walked: Walked, element: ElementModel): void {
    if (element.type === 'endEvent') return this.#end(walked, element);
    if (element.type === 'callActivity') {
      this.#wait(walked, element);
      const processId = this.#value(walked, element.call?.processId ?? '');
      if (typeof processId !== 'string') throw new Error(`${element.id} calls no process`);
      const given = this.#given(walked, element);
      return this.#begin(processId, given, { walked, elementId: element.id });
    }
    if (WAITS.has(element.type)) return this.#wait(walked, element);
    const result = this.#path.results?.[element.id];
    if (element.decision)
      this.#learn(walked, { [element.decision.resultVariable]: result ?? null });
    else this.#learn(walked, (result ?? {}) as JsonObject);
    this.#output(walked, element);
    this.#leave(walked, element.id);
  }

  /** What a called process begins with; of a loop, the first of its items. */
  #given(walked: Walked, { inputs, loop }: ElementModel): JsonObject {
    const items = loop ? this.#value(walked, loop.inputCollection) : [];
    const [item = null] = Array.isArray(items) ? items : [];
    const known = { ...walked.variables, ...(loop && { [loop.inputElement ?? '']: item }) };
    const mapped = inputs.map(({ source, target }) => [
      target,
      this.#value({ ...walked, variables: known }, source),
    ]);
    return { ...known, ...(Object.fromEntries(mapped) as JsonObject) };
  }

  /** Also sees that everything which would be set when the element waits has a value. */
  #wait(walked: Walked, element: ElementModel): void {
    walked.waiting.push(element.id);
    for (const event of [element, ...boundaryEvents(walked.model, element.id)]) {
      const texts = [triggerOf(event, 'timer')?.value, triggerOf(event, 'message')?.correlationKey];
      for (const text of texts.filter((value) => value !== undefined)) {
        const value = this.#value(walked, text);
        if (typeof value !== 'string') throw new Error(`${event.id}: ${text} gives no text`);
      }
    }
  }

  #leave(walked: Walked, elementId: string): void {
    const flows = outgoing(walked.model, elementId);
    const { type } = walked.model.elements.get(elementId) ?? {};
    if (type === 'parallelGateway') return flows.forEach((flow) => this.#follow(walked, flow));
    const conditional = type === 'exclusiveGateway';
    const flow = conditional
      ? (flows.find(({ condition }) => condition && this.#value(walked, condition) === true) ??
        flows.find(({ condition }) => !condition))
      : flows[0];
    if (!flow) throw new Error(`no way leads on from ${elementId}`);
    this.#follow(walked, flow);
  }

  #follow(walked: Walked, flow: FlowModel): void {
    const target = walked.model.elements.get(flow?.targetId ?? '');
    if (!target) throw new Error(`${flow.id} leads nowhere`);
    this.flows.add(flow.id);
    this.#enter(walked, target);
  }

  #end(walked: Walked, { id, trigger }: ElementModel): void {
    if (!walked.caller) this.ends.push(id);
    if (trigger?.kind === 'terminate') walked.waiting = [];
  }

  #complete(elementId: string, variables: JsonObject): void {
    const walked = this.#open.find(({ waiting }) => waiting.includes(elementId));
    const element = walked?.model.elements.get(elementId);
    if (!walked || !element) throw new Error(`nothing waits at ${elementId}`);
    this.#release(walked, elementId);
    this.#learn(walked, variables);
    this.#output(walked, element);
    this.#leave(walked, elementId);
  }

  #fire(matches: (element: ElementModel) => boolean, variables: JsonObject = {}): void {
    for (const walked of this.#open) {
      for (const event of [...walked.model.elements.values()].filter(matches)) {
        const host = walked.waiting.find((id) => holds(walked, id, event));
        if (host === undefined) continue;
        if (event.interrupting || event.type !== 'boundaryEvent') this.#release(walked, host);
        const gateway = walked.model.flows.find(
          ({ sourceId, targetId }) => sourceId === host && targetId === event.id,
        );
        if (gateway) this.flows.add(gateway.id);
        this.#learn(walked, variables);
        this.#output(walked, event);
        return this.#leave(walked, event.id);
      }
    }
    throw new Error('nothing waits for this event');
  }

  #fail(elementId: string, code: string): void {
    let walked = this.#open.find(({ waiting }) => waiting.includes(elementId));
    for (let at = elementId; walked; walked = walked.caller?.walked) {
      const catcher = catcherOf(walked.model, at, code);
      if (catcher) {
        this.#release(walked, at);
        return this.#leave(walked, catcher.id);
      }
      at = walked.caller?.elementId ?? '';
    }
    throw new Error(`nothing catches ${code} at ${elementId}`);
  }

  /** Takes the token away, and with it a process called from there, and what that called. */
  #release(walked: Walked, elementId: string): void {
    walked.waiting = walked.waiting.filter((id) => id !== elementId);
    for (const called of this.#open.filter(
      ({ caller }) => caller?.walked === walked && caller.elementId === elementId,
    )) {
      this.#open = this.#open.filter((one) => one !== called);
      for (const id of called.waiting) this.#release(called, id);
    }
  }

  /** Ends instances in which nothing waits any more; what they know goes to their callers. */
  #settle(): void {
    for (;;) {
      const done = this.#open.find(({ waiting }) => waiting.length === 0);
      if (!done) return;
      this.#open = this.#open.filter((walked) => walked !== done);
      if (done.caller) {
        this.#learn(done.caller.walked, done.variables);
        this.#release(done.caller.walked, done.caller.elementId);
        this.#leave(done.caller.walked, done.caller.elementId);
      }
    }
  }

  #output(walked: Walked, { outputs }: ElementModel): void {
    for (const { source, target } of outputs) {
      this.#learn(walked, { [target]: this.#value(walked, source) });
    }
  }

  #learn(walked: Walked, variables: JsonObject): void {
    walked.variables = { ...walked.variables, ...variables };
  }

  #value(walked: Walked, text: string): JsonValue {
    return text.startsWith('=')
      ? evaluateFeel(text.slice(1), walked.variables, { now: this.#now })
      : text;
  }
}

/** Whether a token at `id` lets the event happen: its own, its host's, or its gateway's. */
function holds({ model }: Walked, id: string, event: ElementModel): boolean {
  if (id === event.id || event.attachedTo === id) return true;
  return (
    model.elements.get(id)?.type === 'eventBasedGateway' &&
    model.flows.some(({ sourceId, targetId }) => sourceId === id && targetId === event.id)
  );
}
