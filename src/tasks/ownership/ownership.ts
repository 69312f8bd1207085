import { readServices } from '../../catalogue/services.js';
import type { Tx } from '../../db/tx.js';
import { InvalidError } from '../../kernel/errors.js';
import type { Id } from '../../kernel/ids.js';
import { answerableFor } from '../../people/change-units.js';
import type { Organisation } from '../../people/organisation.js';
import { holds, readOrganisation } from '../../people/organisation.js';
import { meaningOf } from '../../people/successors.js';
import type { NamedGroup, ReadModel } from '../reorganise/named-units.js';
import { namedGroups } from '../reorganise/named-units.js';
import type { Addressed } from './attendants.js';
import { answerableForTask, hasMember, isAttended, isRole } from './attendants.js';

/** Something that nobody answers for. */
export interface Ownerless {
  kind: 'unit' | 'service' | 'case' | 'task' | 'rule' | 'model';
  /** Code, reference, id, or decision or process and the place in it. */
  id: string;
  reason: 'nobody_leads' | 'unknown_unit' | 'unknown_group' | 'role_vacant';
}

/** A task that somebody answers for, while nobody today can do it. */
export interface UnattendedTask {
  id: Id;
  since: string | null;
  goesTo: string[];
}

export interface Ownership {
  ownerless: Ownerless[];
  unattended: UnattendedTask[];
}

interface OpenTask extends Addressed {
  id: Id;
}

/** At most so many of a kind are listed. */
const LIMIT = 200;

/** How the code of a unit is written; groups in small letters are roles. */
const UNIT_CODE = /^[A-ZÆØÅ0-9_-]{2,20}$/;

/** Whatever has no owner, and what waits for one to be found. */
export async function readOwnership(
  tx: Tx,
  tenant: string,
  now: Date,
  readModel: ReadModel,
): Promise<Ownership> {
  const organisation = await readOrganisation(tx, tenant);
  const isLed = (code: string | null, service: string | null): boolean => {
    const unit = code === null ? undefined : meaningOf(organisation, code, now, service);
    return unit !== undefined && answerableFor(organisation, unit, now).length > 0;
  };
  const led = (kind: Ownerless['kind'], id: string): Ownerless => ({
    kind,
    id,
    reason: 'nobody_leads',
  });
  const units = [...organisation.units.values()].filter(
    (unit) => holds({ from: unit.validFrom, to: unit.validTo }, now) && !isLed(unit.code, null),
  );
  const services = await readServices(tx, tenant);
  const ownerOf = new Map(services.map(({ code, unit }) => [code, unit]));
  const cases = await readOpenUnits(tx, tenant);
  const lost = cases.filter(
    ({ unit, service }) => !isLed(unit ?? ownerOf.get(service) ?? null, service),
  );
  const tasks = (await readOpenTasks(tx, tenant)).filter(
    (task) => !isAttended(organisation, task, now),
  );
  const answered = tasks.map((task) => ({
    id: task.id,
    goesTo: answerableForTask(organisation, task, now),
  }));
  const named = await namedGroups(tx, tenant, { now, readModel });
  const since = await readSince(tx, tenant);
  return {
    ownerless: [
      ...units.map(({ code }) => led('unit', code)),
      ...services
        .filter(({ code, unit }) => !isLed(unit, code))
        .map(({ code }) => led('service', code)),
      ...lost.map(({ reference }) => led('case', reference)).slice(0, LIMIT),
      ...answered.filter(({ goesTo }) => goesTo.length === 0).map(({ id }) => led('task', id)),
      ...named.flatMap((one) => namedProblem(organisation, one, now) ?? []),
    ],
    unattended: answered
      .filter(({ goesTo }) => goesTo.length > 0)
      .map((one) => ({ ...one, since: since.get(one.id)?.toISOString() ?? null }))
      .slice(0, LIMIT),
  };
}

/**
 * Refuses a table or model that names a unit which there is not, and was not: its cases and tasks
 * would reach nobody. Roles and groups in small letters may be filled later; they are listed.
 * @throws InvalidError 'unit_unknown', with every place
 */
export async function refuseUnknownUnits(
  tx: Tx,
  tenant: string,
  deployed: readonly string[],
  { now, readModel }: { now: Date; readModel: ReadModel },
): Promise<void> {
  const organisation = await readOrganisation(tx, tenant);
  const named = await namedGroups(tx, tenant, { now, readModel }, deployed);
  const unknown = named.filter(
    (one) => namedProblem(organisation, one, now)?.reason === 'unknown_unit',
  );
  if (unknown.length === 0) return;
  throw new InvalidError('unit_unknown', 'A unit is named that does not exist.', {
    details: unknown.map(({ group, of, at }) => ({
      path: of,
      elementId: at,
      reason: `there is no unit ${group}`,
    })),
  });
}

function namedProblem(
  organisation: Organisation,
  { kind, group, of, at }: NamedGroup,
  now: Date,
): Ownerless | undefined {
  const id = `${of}/${at}: ${group}`;
  if (isRole(group)) {
    return hasMember(organisation, group, now) ? undefined : { kind, id, reason: 'role_vacant' };
  }
  if (meaningOf(organisation, group, now) !== undefined) return undefined;
  return { kind, id, reason: UNIT_CODE.test(group) ? 'unknown_unit' : 'unknown_group' };
}

function readOpenUnits(
  tx: Tx,
  tenant: string,
): Promise<{ unit: string | null; service: string; reference: string }[]> {
  return tx.query(
    `SELECT unit_code AS unit, service_code AS service, min(reference) AS reference FROM inquiry
     WHERE tenant_id = $1 AND closed_at IS NULL GROUP BY 1, 2`,
    [tenant],
  );
}

/** Of open tasks that are for the same people, the first. */
function readOpenTasks(tx: Tx, tenant: string): Promise<OpenTask[]> {
  return tx.query<OpenTask>(
    `SELECT min(t.id) AS id, t.assignee, t.candidate_users AS "candidateUsers",
       t.candidate_groups AS "candidateGroups", i.unit_code AS unit, i.service_code AS service
     FROM user_task t
     LEFT JOIN process_instance p ON p.tenant_id = t.tenant_id AND p.id = t.instance_id
     LEFT JOIN inquiry i ON i.tenant_id = p.tenant_id AND i.instance_id = p.root_id
     WHERE t.tenant_id = $1 AND t.state = 'created' GROUP BY 2, 3, 4, 5, 6 ORDER BY 1`,
    [tenant],
  );
}

async function readSince(tx: Tx, tenant: string): Promise<Map<Id, Date>> {
  const rows = await tx.query<{ id: Id; since: Date }>(
    'SELECT task_id AS id, since FROM unattended_task WHERE tenant_id = $1',
    [tenant],
  );
  return new Map(rows.map(({ id, since }) => [id, since]));
}
