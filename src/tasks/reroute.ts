import { demand } from '../access/policy.js';
import type { Principal } from '../access/principal.js';
import type { Tx } from '../db/tx.js';
import type { Inquiry } from '../inquiries/inquiries.js';
import { lockInquiry, updateInquiry } from '../inquiries/inquiries.js';
import { appendInquiryEvent } from '../inquiries/lifecycle.js';
import { recordRerouting } from '../inquiries/routing/rerouting.js';
import { ConflictError, InvalidError } from '../kernel/errors.js';
import type { Id } from '../kernel/ids.js';
import type { JsonObject } from '../kernel/json.js';
import { currentUnit } from '../people/current-unit.js';
import { readOrganisation } from '../people/organisation.js';
import { codesMeaning } from '../people/successors.js';
import { lockOpenTask, updateTask } from './tasks.js';
import { appendTaskEvent } from './work.js';
import type { TaskWorkOptions } from './work.js';

/** What sending a case on needs of the engine. */
export interface ReroutePort {
  setVariables(
    tx: Tx,
    tenant: string,
    change: { instanceId: Id; variables: JsonObject; by: string },
  ): Promise<unknown>;
}

export interface RerouteOptions extends TaskWorkOptions {
  engine: ReroutePort;
}

/**
 * Sends a case on to another unit: its open tasks go to that unit's queue, whoever had them, and its
 * processes go on with the new unit. It counts against the rule that had put it where it was.
 * @throws NotFoundError, ForbiddenError 'forbidden'
 * @throws InvalidError 'unit_unknown'
 * @throws ConflictError 'inquiry_closed' or 'unit_unchanged'
 */
export async function rerouteInquiry(
  tx: Tx,
  principal: Principal,
  { inquiryId, unit: named }: { inquiryId: Id; unit: string },
  options: RerouteOptions,
): Promise<Inquiry> {
  const { tenant, username: by } = principal;
  const inquiry = await lockInquiry(tx, tenant, inquiryId);
  demand(principal, 'inquiries.reroute', inquiry);
  if (inquiry.closedAt) throw new ConflictError('inquiry_closed', 'This inquiry is closed.');
  // An old code means what came after it: nothing goes to a unit that is no more.
  const current = { now: options.clock(), service: inquiry.service };
  const unit = await currentUnit(tx, tenant, named, current);
  if (unit === undefined) {
    throw new InvalidError('unit_unknown', `There is no unit ${named}.`, {
      details: [{ path: 'unit', reason: 'is not a unit of this municipality' }],
    });
  }
  if (inquiry.unit === unit) {
    throw new ConflictError('unit_unchanged', `The inquiry is with ${unit} already.`);
  }
  const change = { tenant, by, now: options.clock(), newId: options.newId };
  await recordRerouting(tx, change, inquiry, { to: unit, kind: 'moved' });
  await updateInquiry(tx, tenant, inquiryId, { unit });
  await appendInquiryEvent(tx, change, inquiryId, 'inquiry.rerouted', {
    from: inquiry.unit,
    to: unit,
  });
  await moveTasks(tx, principal, inquiry, unit, options);
  for (const instanceId of await readActiveInstances(tx, tenant, inquiry.instanceId)) {
    await options.engine.setVariables(tx, tenant, { instanceId, variables: { unit }, by });
  }
  return { ...inquiry, unit };
}

/** Only tasks of the old unit go along; what the front desk or another unit does stays theirs. */
async function moveTasks(
  tx: Tx,
  principal: Principal,
  { unit: from, service, instanceId }: Inquiry,
  to: string,
  options: TaskWorkOptions,
): Promise<void> {
  if (from === null) return;
  const organisation = await readOrganisation(tx, principal.tenant);
  const codes = codesMeaning(organisation, from, options.clock(), service);
  const open = await tx.query<{ id: Id }>(
    `SELECT t.id FROM user_task t
     JOIN process_instance p ON p.tenant_id = t.tenant_id AND p.id = t.instance_id
     WHERE t.tenant_id = $1 AND p.root_id = $2 AND t.state = 'created'
       AND t.candidate_groups && $3::text[] ORDER BY t.id`,
    [principal.tenant, instanceId, codes],
  );
  for (const { id } of open) {
    const task = await lockOpenTask(tx, principal.tenant, id);
    const candidateGroups = [
      ...new Set(task.candidateGroups.map((group) => (codes.includes(group) ? to : group))),
    ];
    await updateTask(tx, principal.tenant, id, { candidateGroups, assignee: null });
    await appendTaskEvent(tx, principal, task, 'task.rerouted', options, { from, to });
  }
}

/** The running processes of a case: its own, and those it has called. */
export async function readActiveInstances(
  tx: Tx,
  tenant: string,
  rootId: Id | null,
): Promise<Id[]> {
  const rows = await tx.query<{ id: Id }>(
    `SELECT id FROM process_instance WHERE tenant_id = $1 AND (id = $2 OR root_id = $2)
       AND status IN ('created', 'active') ORDER BY id`,
    [tenant, rootId],
  );
  return rows.map(({ id }) => id);
}
