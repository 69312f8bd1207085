import type { Tx } from '../db/tx.js';
import { ConflictError, NotFoundError } from '../kernel/errors.js';
import type { Id } from '../kernel/ids.js';
import { endAbsence } from '../people/absences.js';
import { endMemberships, insertMembership } from '../people/memberships.js';
import type { OrganisationChange } from '../people/organisation-change.js';
import { appendOrganisationEvent } from '../people/organisation-change.js';
import type { Membership, Organisation } from '../people/organisation.js';
import { lockOrganisation, membershipsOf, readOrganisation } from '../people/organisation.js';
import { lockOpenTask, updateTask } from './tasks.js';
import { appendTaskEvent } from './work.js';

export interface Leaving {
  username: string;
  at: Date;
  /** Who takes over the memberships, where nobody else would be left. */
  successor?: string | undefined;
}

export interface Left {
  ended: number;
  tasksReturned: number;
}

/**
 * Somebody leaves the municipality. What was done stays under the name; memberships end, and tasks
 * under way go back to the queue they came from: at once, or on the day by the daily round.
 * @throws NotFoundError 'staff_not_found', ConflictError 'would_leave_ownerless' or 'still_substitute'
 */
export async function leave(
  tx: Tx,
  change: OrganisationChange,
  { username, at, successor }: Leaving,
): Promise<Left> {
  const organisation = await lockOrganisation(tx, change.tenant);
  const open = organisation.memberships.filter(
    (one) => one.username === username && (!one.to || one.to > at),
  );
  if (open.length === 0) {
    throw new NotFoundError('staff_not_found', `${username} is in no unit then.`);
  }
  if (successor !== undefined) {
    await takeOver(tx, change, organisation, open, { at, successor });
  }
  const present = await readOrganisation(tx, change.tenant);
  await endMemberships(tx, change, present, open, at);
  for (const absence of organisation.absences) {
    if (absence.username === username && absence.to > at) await endAbsence(tx, change, absence);
  }
  const tasksReturned = at <= change.now ? await returnTasks(tx, change, username) : 0;
  const data = { at: at.toISOString(), ended: open.length, tasksReturned };
  await appendOrganisationEvent(tx, change, { type: 'staff', id: username }, 'staff.left', data);
  return { ended: open.length, tasksReturned };
}

/** Gives somebody's open tasks back to their groups, each with a trace. Resolves to how many. */
export async function returnTasks(
  tx: Tx,
  change: OrganisationChange,
  username: string,
): Promise<number> {
  const rows = await tx.query<{ id: Id }>(
    `SELECT id FROM user_task WHERE tenant_id = $1 AND state = 'created' AND assignee = $2 ORDER BY id`,
    [change.tenant, username],
  );
  for (const { id } of rows) {
    const task = await lockOpenTask(tx, change.tenant, id);
    await updateTask(tx, change.tenant, id, { assignee: null });
    const { tenant, by, now, newId } = change;
    const options = { clock: () => now, newId };
    const data = { from: username };
    await appendTaskEvent(tx, { tenant, username: by }, task, 'task.returned', options, data);
  }
  return rows.length;
}

async function takeOver(
  tx: Tx,
  change: OrganisationChange,
  organisation: Organisation,
  open: readonly Membership[],
  { at, successor }: { at: Date; successor: string },
): Promise<void> {
  const own = membershipsOf(organisation, successor, at);
  if (own.length === 0) {
    throw new ConflictError('successor_unknown', `${successor} is in no unit then.`);
  }
  for (const { unit, role, to } of open) {
    if (own.some((one) => one.unit === unit && one.role === role && !one.to)) continue;
    await insertMembership(tx, change, { username: successor, unit, role, from: at, to });
  }
}
