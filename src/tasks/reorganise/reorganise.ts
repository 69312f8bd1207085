import { createHash } from 'node:crypto';
import type { Tx } from '../../db/tx.js';
import type { Errand } from '../../jobs/errands.js';
import { layErrand } from '../../jobs/errands.js';
import { ConflictError, NotFoundError } from '../../kernel/errors.js';
import type { Id } from '../../kernel/ids.js';
import { refuseGaps } from '../../people/memberships.js';
import type { OrganisationChange } from '../../people/organisation-change.js';
import { appendOrganisationEvent } from '../../people/organisation-change.js';
import type { Organisation } from '../../people/organisation.js';
import { lockOrganisation, readOrganisation } from '../../people/organisation.js';
import type { RerouteOptions } from '../reroute.js';
import type { Affected } from './affected.js';
import { readAffected } from './affected.js';
import { BATCH, moveCases, moveOwned, moveTasks } from './move-work.js';
import type { ReadModel } from './named-units.js';
import type { Plan } from './plan.js';
import { checkPlan, refuseOverlap, unitsOf } from './plan.js';
import type { Undo } from './structure.js';
import { dateStructure, undoStructure } from './structure.js';

/** The errand that moves what is open when the time has come. */
export const REORGANISE = 'reorganise';

export interface Reorganisation {
  id: Id;
  plan: Plan;
  reason: string;
  /** Planned until its first batch; then running until nothing is left to move. */
  status: 'planned' | 'running' | 'done' | 'undone';
  effectiveAt: Date;
  createdBy: string;
  createdAt: Date;
  undo: Undo;
  cases: number;
  tasks: number;
  endedAt: Date | null;
}

export interface Preview {
  affected: Affected;
  /** Says what this preview was made of: an operation with it is refused when that has changed. */
  token: string;
}

/**
 * What a plan would affect. The token covers everything that the plan changes or that names the
 * units; how many cases and tasks are open changes by the minute, and they move however many they are.
 * @throws InvalidError 'reorganisation_invalid', ConflictError 'unit_ends' or 'reorganisation_overlaps'
 */
export async function previewReorganisation(
  tx: Tx,
  tenant: string,
  asked: { plan: Plan; at: Date; now: Date; readModel: ReadModel },
): Promise<Preview> {
  const organisation = await readOrganisation(tx, tenant);
  const { plan, at, now, readModel } = asked;
  checkPlan(organisation, plan, at);
  const waiting = await readReorganisations(tx, tenant, 'planned');
  refuseOverlap(organisation, plan, waiting);
  const codes = unitsOf(plan);
  const affected = await readAffected(tx, tenant, organisation, { codes, now, readModel });
  const { openCases: _cases, openTasks: _tasks, deadlines: _deadlines, ...lasting } = affected;
  const seen = [organisation.units.size, codes.map((code) => organisation.units.get(code))];
  const token = createHash('sha256')
    .update(JSON.stringify([plan, seen, lasting]))
    .digest('hex');
  return { affected, token };
}

/**
 * Carries a plan out: dates the structure at once, and moves what is open in batches from `at` on.
 * @throws as the preview, and ConflictError 'world_changed' or 'would_leave_ownerless'
 */
export async function reorganise(
  tx: Tx,
  change: OrganisationChange,
  asked: { plan: Plan; at: Date; reason: string; token: string; readModel: ReadModel },
): Promise<Reorganisation> {
  const { tenant, by, now } = change;
  const { plan, at, reason } = asked;
  const organisation = await lockOrganisation(tx, tenant);
  const { token } = await previewReorganisation(tx, tenant, { ...asked, now });
  if (token !== asked.token) {
    throw new ConflictError('world_changed', 'This is not what the preview was of. Look again.');
  }
  const undo = await dateStructure(tx, change, organisation, { plan, at });
  const after = await readOrganisation(tx, tenant);
  refuseGaps({ ...organisation, units: after.units }, after.memberships, at);
  const id = change.newId();
  await tx.query(
    `INSERT INTO reorganisation (tenant_id, id, plan, reason, status, effective_at, created_by,
       created_at, undo) VALUES ($1, $2, $3, $4, 'planned', $5, $6, $7, $8)`,
    [tenant, id, plan, reason, at, by, now, undo],
  );
  const errand = { id: change.newId(), type: REORGANISE, payload: { reorganisation: id }, at };
  await layErrand(tx, tenant, errand);
  const subject = { type: 'reorganisation', id } as const;
  const data = { kind: plan.kind, units: unitsOf(plan), at: at.toISOString() };
  await appendOrganisationEvent(tx, change, subject, 'reorganisation.planned', data);
  return getReorganisation(tx, tenant, id);
}

/** Moves one batch; two nodes at once take turns on the job's row, and a crash undoes one batch. */
export function reorganiseErrand({ clock, newId, engine }: RerouteOptions): Errand {
  return async (tx, { tenant, payload }) => {
    const id = payload['reorganisation'] as Id;
    const { plan, status, createdBy, ...rest } = await getReorganisation(
      tx,
      tenant,
      id,
      'FOR UPDATE',
    );
    if (status === 'done' || status === 'undone') return undefined;
    const now = clock();
    const change = { tenant, by: createdBy, now, newId };
    const organisation = await lockOrganisation(tx, tenant);
    const moving = { organisation, plan, reorganisationId: id, engine };
    if (status === 'planned') await moveOwned(tx, change, moving);
    const isMove = plan.kind === 'move';
    const cases = isMove ? 0 : await moveCases(tx, change, moving);
    const named = { organisation, codes: unitsOf(plan), about: { reorganisation: id } };
    const tasks = isMove ? 0 : await moveTasks(tx, change, named);
    const isDone = cases < BATCH && tasks < BATCH;
    await tx.query(
      `UPDATE reorganisation SET status = $3, cases = cases + $4, tasks = tasks + $5, ended_at = $6
       WHERE tenant_id = $1 AND id = $2`,
      [tenant, id, isDone ? 'done' : 'running', cases, tasks, isDone ? now : null],
    );
    if (!isDone) return now;
    const subject = { type: 'reorganisation', id } as const;
    const data = { cases: rest.cases + cases, tasks: rest.tasks + tasks };
    await appendOrganisationEvent(tx, change, subject, 'reorganisation.done', data);
    return undefined;
  };
}

/**
 * Calls a reorganisation off. Possible until its first batch; after that another one goes back.
 * @throws NotFoundError
 * @throws ConflictError 'reorganisation_begun', 'reorganisation_in_use' or 'would_leave_ownerless'
 */
export async function undoReorganisation(
  tx: Tx,
  change: OrganisationChange,
  id: Id,
): Promise<Reorganisation> {
  const { tenant, now } = change;
  const organisation = await lockOrganisation(tx, tenant);
  const { status, undo, effectiveAt } = await getReorganisation(tx, tenant, id, 'FOR UPDATE');
  if (status !== 'planned') {
    throw new ConflictError('reorganisation_begun', 'It has begun: make another that goes back.');
  }
  const isUsed = organisation.memberships.some(
    (one) =>
      undo.createdUnits.includes(one.unit ?? '') && !undo.createdMemberships.includes(one.id),
  );
  const isAbove = [...organisation.units.values()].some((unit) =>
    undo.createdUnits.includes(unit.parent ?? ''),
  );
  if (isUsed || isAbove) {
    throw new ConflictError('reorganisation_in_use', 'The new units have been used meanwhile.');
  }
  await undoStructure(tx, change, { undo, at: effectiveAt });
  await refuseUndoneGaps(tx, change, organisation, undo);
  await tx.query(
    `UPDATE reorganisation SET status = 'undone', ended_at = $3 WHERE tenant_id = $1 AND id = $2`,
    [tenant, id, now],
  );
  const subject = { type: 'reorganisation', id } as const;
  await appendOrganisationEvent(tx, change, subject, 'reorganisation.undone');
  return getReorganisation(tx, tenant, id);
}

/** Who left meanwhile does not come back by it: a unit that goes on needs those who are there. */
async function refuseUndoneGaps(
  tx: Tx,
  { tenant, now }: OrganisationChange,
  before: Organisation,
  { endedMemberships }: Undo,
): Promise<void> {
  const ends = new Map(endedMemberships.map(({ id, to }) => [id, to === null ? to : new Date(to)]));
  const memberships = before.memberships.map((one) => ({
    ...one,
    to: ends.has(one.id) ? (ends.get(one.id) ?? null) : one.to,
  }));
  const after = await readOrganisation(tx, tenant);
  refuseGaps({ ...after, memberships }, after.memberships, now);
}

const COLUMNS = `id, plan, reason, status, effective_at AS "effectiveAt", created_by AS "createdBy",
  created_at AS "createdAt", undo, cases, tasks, ended_at AS "endedAt"`;

/** @throws NotFoundError 'reorganisation_not_found' */
export async function getReorganisation(
  tx: Tx,
  tenant: string,
  id: Id,
  lock = '',
): Promise<Reorganisation> {
  const [row] = await tx.query<Reorganisation>(
    `SELECT ${COLUMNS} FROM reorganisation WHERE tenant_id = $1 AND id = $2 ${lock}`,
    [tenant, id],
  );
  if (row) return row;
  throw new NotFoundError('reorganisation_not_found', 'There is no such reorganisation.');
}

/** The latest first; all, or those of a status. */
export function readReorganisations(
  tx: Tx,
  tenant: string,
  status: Reorganisation['status'] | null = null,
): Promise<Reorganisation[]> {
  return tx.query<Reorganisation>(
    `SELECT ${COLUMNS} FROM reorganisation WHERE tenant_id = $1
       AND ($2::text IS NULL OR status = $2) ORDER BY id DESC LIMIT 200`,
    [tenant, status],
  );
}
