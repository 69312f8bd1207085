import type { Tx } from '../../db/tx.js';
import type { Errand } from '../../jobs/errands.js';
import type { Clock } from '../../kernel/clock.js';
import type { Id } from '../../kernel/ids.js';
import type { OrganisationChange } from '../../people/organisation-change.js';
import type { Organisation } from '../../people/organisation.js';
import { readOrganisation } from '../../people/organisation.js';
import { endedCodes } from '../../people/successors.js';
import { returnTasks } from '../leave.js';
import { BATCH, moveTasks } from '../reorganise/move-work.js';
import { unitsOf } from '../reorganise/plan.js';
import { readReorganisations } from '../reorganise/reorganise.js';
import { lockOpenTask, updateTask } from '../tasks.js';
import { appendTaskEvent } from '../work.js';
import type { Addressed } from './attendants.js';
import { answerableForTask, isAttended, isHere } from './attendants.js';

/** The errand that looks once a day for tasks that nobody can do. */
export const OWNERSHIP_ROUND = 'ownership-round';

const DAY_MS = 86_400_000;

/** How long a task may have nobody before it goes to whoever leads. */
const PATIENCE_MS = DAY_MS;

/**
 * Gives back the tasks of those who have left, gives tasks that a model still makes for a unit that is
 * no more to what came after it, and hands a task that had nobody for a day to whoever answers for its
 * unit.
 */
export function ownershipRound({ clock, newId }: { clock: Clock; newId: () => Id }): Errand {
  return async (tx, { tenant }) => {
    const change = { tenant, by: 'saksflyt', now: clock(), newId };
    const organisation = await readOrganisation(tx, tenant);
    await returnOfLeavers(tx, change, organisation);
    const moved = await followSuccessors(tx, change, organisation);
    const unattended = await findUnattended(tx, change, organisation);
    await tx.query(
      'DELETE FROM unattended_task WHERE tenant_id = $1 AND NOT task_id = ANY($2::bigint[])',
      [tenant, unattended],
    );
    for (const id of unattended) await seeTo(tx, change, organisation, id);
    return moved < BATCH ? new Date(change.now.getTime() + DAY_MS) : change.now;
  };
}

/** A reorganisation that is under way moves its own. */
async function followSuccessors(
  tx: Tx,
  change: OrganisationChange,
  organisation: Organisation,
): Promise<number> {
  const all = await readReorganisations(tx, change.tenant);
  const open = all.filter(({ status }) => status === 'planned' || status === 'running');
  const moving = new Set(open.flatMap(({ plan }) => unitsOf(plan)));
  const codes = endedCodes(organisation, change.now).filter((code) => !moving.has(code));
  return moveTasks(tx, change, { organisation, codes, about: {} });
}

async function returnOfLeavers(
  tx: Tx,
  change: OrganisationChange,
  organisation: Organisation,
): Promise<void> {
  const rows = await tx.query<{ assignee: string }>(
    `SELECT DISTINCT assignee FROM user_task
     WHERE tenant_id = $1 AND state = 'created' AND assignee IS NOT NULL
       AND (cardinality(candidate_groups) > 0 OR cardinality(candidate_users) > 0)`,
    [change.tenant],
  );
  for (const { assignee } of rows) {
    if (!isHere(organisation, assignee, change.now)) await returnTasks(tx, change, assignee);
  }
}

async function findUnattended(
  tx: Tx,
  { tenant, now }: OrganisationChange,
  organisation: Organisation,
): Promise<Id[]> {
  const rows = await tx.query<Addressed & { ids: Id[] }>(
    `SELECT array_agg(t.id ORDER BY t.id) AS ids, t.assignee, t.candidate_users AS "candidateUsers",
       t.candidate_groups AS "candidateGroups", i.unit_code AS unit, i.service_code AS service
     FROM user_task t
     LEFT JOIN process_instance p ON p.tenant_id = t.tenant_id AND p.id = t.instance_id
     LEFT JOIN inquiry i ON i.tenant_id = p.tenant_id AND i.instance_id = p.root_id
     WHERE t.tenant_id = $1 AND t.state = 'created' GROUP BY 2, 3, 4, 5, 6`,
    [tenant],
  );
  return rows.filter((row) => !isAttended(organisation, row, now)).flatMap(({ ids }) => ids);
}

async function seeTo(
  tx: Tx,
  change: OrganisationChange,
  organisation: Organisation,
  id: Id,
): Promise<void> {
  const { tenant, by, now, newId } = change;
  const [seen] = await tx.query<{ since: Date }>(
    `INSERT INTO unattended_task (tenant_id, task_id, since) VALUES ($1, $2, $3)
     ON CONFLICT (tenant_id, task_id) DO UPDATE SET since = unattended_task.since RETURNING since`,
    [tenant, id, now],
  );
  if (!seen || now.getTime() - seen.since.getTime() < PATIENCE_MS) return;
  const task = await lockOpenTask(tx, tenant, id);
  const answerable = answerableForTask(organisation, task, now);
  const candidateUsers = [...new Set([...task.candidateUsers, ...answerable])];
  await updateTask(tx, tenant, id, { candidateUsers, assignee: null });
  const options = { clock: () => now, newId };
  const data = { to: answerable };
  await appendTaskEvent(tx, { tenant, username: by }, task, 'task.handedUp', options, data);
}
