import type { Tx } from '../db/tx.js';
import type { DueJob } from '../jobs/due-jobs.js';
import type { Id } from '../kernel/ids.js';
import type { JsonObject } from '../kernel/json.js';
import { advance, advanceLocked } from './advance.js';
import type { AdvanceContext } from './advance.js';
import { cancelInstance } from './cancel-instance.js';
import { broadcast } from './messages/broadcast.js';
import { deliver } from './messages/deliver.js';
import { startByTimer } from './start-by-timer.js';
import type { Command } from './step/commands.js';
import { takeCommand } from './step/load-instance.js';

/** Everyone the engine acts for when no person does. */
export const CLOCKWORK = 'system';

/** Commands that are about no instance yet. */
const ERRANDS: Record<
  string,
  ((context: AdvanceContext, tx: Tx, job: DueJob) => Promise<void>) | undefined
> = { deliver, broadcast, 'start-timer': startByTimer };

/** A timer or command: taken, carried out and deleted in one transaction. */
export async function runDueStep(
  context: AdvanceContext,
  tx: Tx,
  job: DueJob,
): Promise<'done' | 'busy'> {
  const errand = ERRANDS[job.type];
  if (errand) {
    await errand(context, tx, job);
    return 'done';
  }
  if (job.instanceId === null) throw new TypeError(`job ${job.id} has no instance`);
  const { instanceId, tenant } = job;
  if (job.kind === 'timer') {
    const round = job.payload['round'] as JsonObject | undefined;
    const command: Command = { kind: 'timer-due', jobId: job.id, ...(round && { round }) };
    const request = { tenant, actor: CLOCKWORK, command };
    const moved = await advance(context, tx, { instanceId }, request, { skipLocked: true });
    return moved ? 'done' : 'busy';
  }
  const found = await takeCommand(tx, tenant, instanceId, job, context.clock());
  if (!found) return 'busy';
  const { locked, taken } = found;
  if (!taken) return 'done';
  if (job.type === 'cancel') {
    if (locked.status !== 'created' && locked.status !== 'active') return 'done';
    const { clock, ports } = context;
    const cancel = { tenant, actor: CLOCKWORK, now: clock(), newId: () => ports.newId() };
    await cancelInstance(tx, locked, cancel);
    return 'done';
  }
  const command = commandIn(job);
  const chain = Number(job.payload['chain'] ?? 0);
  await advanceLocked(context, tx, locked, { tenant, actor: CLOCKWORK, command, chain });
  return 'done';
}

function commandIn({ type, payload }: DueJob): Command | { kind: 'start' } {
  if (type === 'start') return { kind: 'start' };
  const { variables, subscriptionId, executionId, code } = payload as Told;
  const told = { executionId, code, variables };
  if (type === 'signal') return { kind: 'message', subscriptionId, variables };
  if (type === 'child-failed') return { kind: 'child-failed', ...told };
  if (type === 'child-escalated') return { kind: 'child-escalated', ...told };
  return { kind: 'child-ended', executionId, variables };
}

/** What a command carries, each kind its own part of it. */
type Told = { executionId: string; code: string; subscriptionId: Id; variables: JsonObject };
