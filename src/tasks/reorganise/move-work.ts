import { changeService, getServiceRecord } from '../../catalogue/change-services.js';
import { readServices } from '../../catalogue/services.js';
import type { Tx } from '../../db/tx.js';
import { updateInquiry } from '../../inquiries/inquiries.js';
import { appendInquiryEvent } from '../../inquiries/lifecycle.js';
import type { Id } from '../../kernel/ids.js';
import type { JsonObject } from '../../kernel/json.js';
import type { OrganisationChange } from '../../people/organisation-change.js';
import { appendOrganisationEvent } from '../../people/organisation-change.js';
import type { Organisation } from '../../people/organisation.js';
import { meaningOf } from '../../people/successors.js';
import type { ReroutePort } from '../reroute.js';
import { readActiveInstances } from '../reroute.js';
import { lockOpenTask, updateTask } from '../tasks.js';
import { appendTaskEvent } from '../work.js';
import type { Plan } from './plan.js';
import { codeOf, unitsOf } from './plan.js';

/** How many cases and how many tasks one transaction moves: it blocks their work for a moment only. */
export const BATCH = 50;

interface Moving {
  organisation: Organisation;
  plan: Plan;
  reorganisationId: Id;
  engine: ReroutePort;
}

/** What is not dated changes at once when the time has come: owners of services, units below. */
export async function moveOwned(
  tx: Tx,
  change: OrganisationChange,
  { organisation, plan }: Pick<Moving, 'organisation' | 'plan'>,
): Promise<void> {
  const { tenant, now } = change;
  const reparent = async (code: string, parent: string) => {
    await tx.query('UPDATE unit SET parent_code = $3 WHERE tenant_id = $1 AND code = $2', [
      tenant,
      code,
      parent,
    ]);
    await appendOrganisationEvent(tx, change, { type: 'unit', id: code }, 'unit.moved', { parent });
  };
  if (plan.kind === 'move') return reparent(plan.unit, plan.parent);
  const first = plan.kind === 'merge' ? plan.into : plan.into[0]?.unit;
  for (const { code, parent } of organisation.units.values()) {
    if (first === undefined || parent === null || !unitsOf(plan).includes(parent)) continue;
    if (code !== codeOf(first) && !unitsOf(plan).includes(code))
      await reparent(code, codeOf(first));
  }
  for (const { code, unit } of await readServices(tx, tenant)) {
    if (!unitsOf(plan).includes(unit)) continue;
    const successor = meaningOf(organisation, unit, now, code);
    if (successor === undefined) continue;
    const own = (await getServiceRecord(tx, tenant, code)).package;
    const reason = `${unit} became ${successor}`;
    await changeService(tx, change, code, { package: { ...own, unit: successor }, reason });
  }
}

/** Moves a batch of open cases; their processes go on with the new unit. Resolves to how many. */
export async function moveCases(
  tx: Tx,
  change: OrganisationChange,
  { organisation, plan, reorganisationId, engine }: Moving,
): Promise<number> {
  const { tenant, by } = change;
  const rows = await tx.query<{ id: Id; unit: string; service: string; instanceId: Id | null }>(
    `SELECT id, unit_code AS unit, service_code AS service, instance_id AS "instanceId" FROM inquiry
     WHERE tenant_id = $1 AND closed_at IS NULL AND unit_code = ANY($2)
     ORDER BY id LIMIT ${BATCH} FOR UPDATE`,
    [tenant, unitsOf(plan)],
  );
  for (const { id, unit, service, instanceId: root } of rows) {
    const to = meaningOf(organisation, unit, change.now, service);
    if (to === undefined) throw new TypeError(`nothing came after ${unit}`);
    await updateInquiry(tx, tenant, id, { unit: to });
    for (const instanceId of await readActiveInstances(tx, tenant, root)) {
      await engine.setVariables(tx, tenant, { instanceId, variables: { unit: to }, by });
    }
    const data = { from: unit, to, reorganisation: reorganisationId };
    await appendInquiryEvent(tx, change, id, 'inquiry.moved', data);
  }
  return rows.length;
}

/** Moves a batch of open tasks to the groups that came after theirs. Resolves to how many. */
export async function moveTasks(
  tx: Tx,
  change: OrganisationChange,
  {
    organisation,
    codes,
    about,
  }: { organisation: Organisation; codes: string[]; about: JsonObject },
): Promise<number> {
  const { tenant, by, now, newId } = change;
  const rows = await tx.query<{ id: Id }>(
    `SELECT id FROM user_task WHERE tenant_id = $1 AND state = 'created'
       AND candidate_groups && $2::text[] ORDER BY id LIMIT ${BATCH}`,
    [tenant, codes],
  );
  for (const { id } of rows) {
    const task = await lockOpenTask(tx, tenant, id);
    const groups = task.candidateGroups.map((group) =>
      codes.includes(group) ? (meaningOf(organisation, group, now, task.service) ?? group) : group,
    );
    await updateTask(tx, tenant, id, { candidateGroups: [...new Set(groups)] });
    const data = { from: task.candidateGroups, to: groups, ...about };
    const options = { clock: () => now, newId };
    await appendTaskEvent(tx, { tenant, username: by }, task, 'task.moved', options, data);
  }
  return rows.length;
}
