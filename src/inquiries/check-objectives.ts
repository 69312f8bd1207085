import type { Tx } from '../db/tx.js';
import { publishMessage } from '../engine/messages/publish.js';
import type { Change } from './lifecycle.js';
import type { Objective, ObjectiveFigures } from './objectives.js';
import { isBurnt, objectiveFigures, readObjectives } from './objectives.js';

/** Begins the process in which a unit's manager answers for a promise that is not kept. */
const OBJECTIVE_BURNT = 'objective.burnt';

/** Long enough for any worker to find it; a second look in the period sends no second one. */
const DAY_MS = 86_400_000;

/**
 * Measures every objective, and starts an escalation for each whose budget is burnt: once in a
 * period, however often it is looked at. Returns how many were started.
 */
export async function checkObjectives(tx: Tx, change: Change): Promise<number> {
  let started = 0;
  for (const objective of await readObjectives(tx, change.tenant)) {
    const figures = await objectiveFigures(tx, change.tenant, objective, change.now);
    if (isBurnt(objective, figures) && (await noteBurn(tx, change, objective, figures))) {
      await escalate(tx, change, objective, figures);
      started += 1;
    }
  }
  return started;
}

async function noteBurn(
  tx: Tx,
  { tenant, now }: Change,
  { id }: Objective,
  { periodStart, cases, missed, budget }: ObjectiveFigures,
): Promise<boolean> {
  const noted = await tx.query(
    `INSERT INTO objective_burn (tenant_id, objective_id, period_start, at, cases, missed, budget)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING objective_id`,
    [tenant, id, periodStart, now, cases, missed, budget],
  );
  return noted.length === 1;
}

async function escalate(
  tx: Tx,
  { tenant, by, now, newId }: Change,
  { id, channel, service, ownerUnit, share, workingDays }: Objective,
  { periodStart, cases, missed, budget }: ObjectiveFigures,
): Promise<void> {
  const variables = {
    ...{ objectiveId: id, channel, service, unit: ownerUnit, share, workingDays },
    ...{ periodStart, cases, missed, budget },
  };
  const message = {
    name: OBJECTIVE_BURNT,
    correlationKey: id,
    timeToLiveMs: DAY_MS,
    variables,
    by,
  };
  await publishMessage(tx, tenant, message, { newId, now });
}
