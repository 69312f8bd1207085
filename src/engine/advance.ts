import type { Tx } from '../db/tx.js';
import type { Id } from '../kernel/ids.js';
import type { JsonObject } from '../kernel/json.js';
import { usualStart } from './definitions/definition-store.js';
import type { DefinitionStore, LoadedDefinition } from './definitions/definition-store.js';
import { decodeDocument, encodeDocument } from './live/instance-document.js';
import type { LiveCache } from './live/live-cache.js';
import { LiveInstance } from './live/live-instance.js';
import type { Compiled, Passage } from './live/live-instance.js';
import { wakeMessages } from './messages/wake-messages.js';
import { act } from './step/act.js';
import { nothingSpent } from './step/budget.js';
import type { Limits } from './step/budget.js';
import { command as commandTo, noChanges } from './step/changes.js';
import type { Command } from './step/commands.js';
import { drive } from './step/drive.js';
import type { Driven } from './step/drive.js';
import { lockInstance, requireActive } from './step/load-instance.js';
import type { LockedInstance, Locator } from './step/load-instance.js';
import { outsideStretch } from './step/outside-stretch.js';
import { after } from './step/pending.js';
import { saveStep } from './step/save-step.js';
import { settle } from './step/settle.js';
import type { InstanceRow, Step, StepPorts } from './step/step.js';
import { carryChain } from './step/throw-signal.js';

/** What an instance looks like after a step. */
export interface Outcome {
  instanceId: Id;
  definitionId: Id;
  processId: string;
  version: number;
  revision: number;
  status: 'active' | 'completed' | 'canceled';
  variables: JsonObject;
  /** Tasks this step opened. */
  openedTasks: { id: Id; elementId: string }[];
  /** Incidents this step raised. */
  incidents: Id[];
}

/** What every step of this engine shares. */
export interface AdvanceContext {
  definitions: DefinitionStore;
  cache: LiveCache<InstanceRow>;
  ports: StepPorts;
  limits: Limits;
  clock: () => Date;
}

interface Advance {
  tenant: string;
  actor: string;
  /** `at` is the start event it begins with; the usual one when nobody says. */
  command: Command | { kind: 'start'; at?: string };
  /** How many signals, each thrown because of the one before, led to this step. */
  chain?: number;
}

/**
 * The step: one transaction moves one instance. Lock, wake, act, settle, save. Nothing else changes
 * a process instance. Resolves to undefined only with `skipLocked`, when somebody else moves it now.
 */
export async function advance(
  context: AdvanceContext,
  tx: Tx,
  locator: Locator,
  request: Advance,
  options: { skipLocked?: boolean } = {},
): Promise<Outcome | undefined> {
  const locked = await lockInstance(tx, request.tenant, locator, options);
  if (!locked) return undefined;
  return advanceLocked(context, tx, locked, request);
}

/** The step on an instance that this transaction has locked, or has just made. */
export async function advanceLocked(
  context: AdvanceContext,
  tx: Tx,
  locked: LockedInstance,
  { tenant, actor, command, chain = 0 }: Advance,
): Promise<Outcome> {
  if (command.kind !== 'start' || locked.status !== 'created') requireActive(locked);
  const definition = await context.definitions.load(tx, tenant, locked.row.definitionId);
  const at = command.kind === 'start' ? command.at : undefined;
  const driven = driveOf(context, tenant, locked);
  const rests: { step: Step; state: Buffer | null }[] = [];
  await drive(driven, () => {
    const live = wake(context, tenant, locked, definition, at);
    const step = begin(context, driven, { tx, actor, chain, locked, definition, live });
    return after(command.kind === 'start' ? undefined : act(step, command), () =>
      after(settle(step), () => {
        rests.push({ step, state: stateOf(step) });
        return undefined;
      }),
    );
  });
  const [rest] = rests;
  if (!rest) throw new TypeError('a step ended before it came to rest');
  return save(context, { ...rest.step, tx }, locked, command.kind, rest.state);
}

interface Begun {
  tx: Tx;
  actor: string;
  chain: number;
  locked: LockedInstance;
  definition: LoadedDefinition;
  live: LiveInstance;
}

function begin(
  { ports, clock }: AdvanceContext,
  driven: Driven,
  { tx, actor, chain, locked, definition, live }: Begun,
): Step {
  return {
    ...driven,
    tx: outsideStretch(locked.tx ?? tx),
    tenant: driven.place.tenant,
    actor,
    chain,
    now: clock(),
    ports,
    model: definition.model,
    instance: locked.row,
    live,
    document: live.document,
    variables: locked.variables,
    changes: noChanges(),
    thrown: null,
    observed: 0,
    judged: null,
    measured: null,
  };
}

function driveOf({ limits }: AdvanceContext, tenant: string, { row, status }: LockedInstance) {
  const place = { tenant, instanceId: row.id, born: status === 'created' && row.parentId === null };
  return { limits, spent: nothingSpent(), place };
}

/** What the row will hold, or null when the instance does not rest. */
function stateOf({ live, thrown }: Step): Buffer | null {
  if (live.ended || thrown) return null;
  live.document.engine = live.snapshot();
  return encodeDocument(live.document);
}

function wake(
  { cache }: AdvanceContext,
  tenant: string,
  locked: LockedInstance,
  definition: LoadedDefinition,
  startAt = usualStart(definition),
): LiveInstance {
  if (locked.status === 'created') {
    return LiveInstance.start(compiledAt(definition, startAt), startAt);
  }
  const kept = locked.live ?? cache.take(tenant, locked.row.id, locked.stamp);
  if (kept) return kept;
  if (!locked.state) throw new TypeError(`the instance ${locked.row.id} lost its state`);
  const document = decodeDocument(locked.state);
  return LiveInstance.recover(compiledAt(definition, document.start), document);
}

function compiledAt({ id, compiled }: LoadedDefinition, startId: string): Compiled {
  const found = compiled.get(startId);
  if (!found) throw new TypeError(`definition ${id} has no start event ${startId}`);
  return found;
}

function save(
  context: AdvanceContext,
  step: Step,
  locked: LockedInstance,
  kind: string,
  state: Buffer | null,
): Outcome {
  const { tx, tenant, live, instance, variables, changes } = step;
  const status = step.thrown ? 'canceled' : live.ended ? 'completed' : 'active';
  const rests = status === 'active';
  if (!rests) tellParent(step);
  const nextStamp = context.ports.newId();
  changes.log.unshift(...drawnPassages(step));
  carryChain(step);
  const { unsaved } = locked;
  const made = unsaved?.inserted === false ? unsaved.values : undefined;
  const saved = saveStep(tx, {
    tenant,
    instanceId: instance.id,
    definitionId: instance.definitionId,
    processId: instance.processId,
    rootId: instance.rootId,
    status,
    stamp: locked.stamp,
    nextRevision: instance.revision + 1,
    nextStamp,
    variables,
    state,
    now: step.now,
    actor: step.actor,
    command: { kind },
    changes,
    made,
  });
  // Not awaited, so that COMMIT travels with it.
  saved.catch(() => {});
  if (made) unsaved?.watch(saved);
  wakeMessages(tx, tenant, changes.subscriptions, step.now);
  const revision = instance.revision + 1;
  if (rests) {
    const row = { ...instance, revision };
    context.cache.put(tenant, instance.id, live, { row, stamp: nextStamp, variables });
  }
  return {
    instanceId: instance.id,
    definitionId: instance.definitionId,
    processId: instance.processId,
    version: instance.version,
    revision,
    status,
    variables,
    openedTasks: changes.tasks.map(({ id, element_id }) => ({ id, elementId: element_id })),
    incidents: changes.incidents.map(({ id }) => id),
  };
}

/** What its owner would recognise; the log knows nothing of how a model is expanded. */
function drawnPassages({ live, model }: Step): Passage[] {
  return live.passages.splice(0).filter(({ id }) => model.elements.get(id)?.synthetic === false);
}

/** A called process hands its variables, or its error, to the call activity that waits for it. */
function tellParent(step: Step): void {
  const { instance, ports, now, changes, variables, thrown } = step;
  const { parentId, parentExecutionId: executionId } = instance;
  if (!parentId || !executionId) return;
  const told = thrown
    ? commandTo(
        ports.newId(),
        parentId,
        'child-failed',
        { executionId, code: thrown.code, variables },
        now,
      )
    : commandTo(ports.newId(), parentId, 'child-ended', { executionId, variables }, now);
  changes.jobs.push(told);
}
