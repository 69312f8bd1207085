import type { Tx } from '../../db/tx.js';
import { evaluateFeel } from '../../decisions/feel.js';
import type { Id } from '../../kernel/ids.js';
import { firstDue } from '../arrivals/timer.js';
import { insertJob } from '../insert-job.js';
import { refused } from '../model/check-document.js';
import { startEvents } from '../model/process-model.js';
import type { ElementModel, ProcessModel, Trigger } from '../model/process-model.js';
import { problem } from '../rules/rule.js';
import { command } from '../step/changes.js';
import { reasonOf } from '../step/incidents.js';

interface Awaiting {
  tx: Tx;
  tenant: string;
  now: Date;
  newId: () => Id;
  /** The file the process is in. */
  resource: string;
}

/** Only the newest version of a process is started by messages, signals and timers. */
export async function awaitStarts(
  awaiting: Awaiting,
  model: ProcessModel,
  definitionId: Id,
): Promise<void> {
  const { tx, tenant } = awaiting;
  const { processId } = model;
  await tx.query('DELETE FROM start_subscription WHERE tenant_id = $1 AND process_id = $2', [
    tenant,
    processId,
  ]);
  await tx.query(
    `DELETE FROM job WHERE tenant_id = $1 AND instance_id IS NULL AND type = 'start-timer'
       AND payload->>'processId' = $2`,
    [tenant, processId],
  );
  for (const start of startEvents(model))
    await awaitStart(awaiting, processId, start, definitionId);
}

async function awaitStart(
  awaiting: Awaiting,
  processId: string,
  start: ElementModel,
  definitionId: Id,
): Promise<void> {
  const { tx, tenant, newId } = awaiting;
  const { id: elementId, trigger } = start;
  if (trigger?.kind === 'timer') {
    const { dueAt, round } = firstTime(awaiting, start, trigger);
    const payload = { processId, definitionId, elementId, ...(round && { round }) };
    await insertJob(tx, tenant, command(newId(), null, 'start-timer', payload, dueAt));
  }
  if (trigger?.kind !== 'message' && trigger?.kind !== 'signal') return;
  await tx.query(
    `INSERT INTO start_subscription (tenant_id, process_id, element_id, kind, name, definition_id)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [tenant, processId, elementId, trigger.kind, trigger.name, definitionId],
  );
}

/** No instance, no variables: only what the model itself says. Throws InvalidError `model_refused`. */
function firstTime(
  { now, resource }: Awaiting,
  start: ElementModel,
  timer: Trigger & { kind: 'timer' },
): ReturnType<typeof firstDue> {
  try {
    return firstDue(timer, now, (text) =>
      text.startsWith('=') ? evaluateFeel(text.slice(1), {}, { now }) : text,
    );
  } catch (error) {
    const reason = `the process cannot begin by this timer: ${reasonOf(error)}`;
    throw refused([{ resource, ...problem(start, reason) }]);
  }
}
