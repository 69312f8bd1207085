import type { Tx } from '../db/tx.js';
import { ConflictError, InvalidError, NotFoundError } from '../kernel/errors.js';
import type { Id } from '../kernel/ids.js';
import { isEmployed } from './memberships.js';
import type { OrganisationChange } from './organisation-change.js';
import { appendOrganisationEvent } from './organisation-change.js';
import type { Absence, Organisation } from './organisation.js';
import { lockOrganisation } from './organisation.js';
import { closesCircle } from './stand-ins.js';

/**
 * Says that somebody will be away and who does the work meanwhile.
 * @throws InvalidError 'absence_invalid', ConflictError 'absence_overlaps' or 'substitute_circle'
 */
export async function addAbsence(
  tx: Tx,
  change: OrganisationChange,
  draft: Omit<Absence, 'id'>,
): Promise<Absence> {
  const organisation = await lockOrganisation(tx, change.tenant);
  checkDraft(organisation, draft);
  const { username, substitute, from, to } = draft;
  const isOverlapping = organisation.absences.some(
    (one) => one.username === username && one.from < to && from < one.to,
  );
  if (isOverlapping) {
    throw new ConflictError('absence_overlaps', 'This person is away in that time already.');
  }
  if (closesCircle(organisation, draft)) {
    throw new ConflictError(
      'substitute_circle',
      'Everybody in this chain of substitutes would be away at once.',
    );
  }
  const id = change.newId();
  await tx.query(
    `INSERT INTO absence (tenant_id, id, username, substitute, absent_from, absent_to)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [change.tenant, id, username, substitute, from, to],
  );
  const data = { substitute, from: from.toISOString(), to: to.toISOString() };
  const staff = { type: 'staff', id: username } as const;
  await appendOrganisationEvent(tx, change, staff, 'absence.added', data);
  return { id, ...draft };
}

/** @throws NotFoundError 'absence_not_found' */
export function findAbsence({ absences }: Organisation, id: Id): Absence {
  const absence = absences.find((one) => one.id === id);
  if (absence) return absence;
  throw new NotFoundError('absence_not_found', 'There is no such absence.');
}

/** Somebody is back before time, or never went. */
export async function endAbsence(
  tx: Tx,
  change: OrganisationChange,
  { id, username, from, to }: Absence,
): Promise<Date> {
  const end = change.now < from ? from : change.now < to ? change.now : to;
  await tx.query('UPDATE absence SET absent_to = $3 WHERE tenant_id = $1 AND id = $2', [
    change.tenant,
    id,
    end,
  ]);
  const staff = { type: 'staff', id: username } as const;
  await appendOrganisationEvent(tx, change, staff, 'absence.ended', { to: end.toISOString() });
  return end;
}

function checkDraft(
  { memberships }: Organisation,
  { username, substitute, from, to }: Omit<Absence, 'id'>,
): void {
  const reasons: { path: string; reason: string }[] = [];
  const of = (login: string) => memberships.filter((one) => one.username === login);
  if (to <= from) reasons.push({ path: 'to', reason: 'is not after its beginning' });
  if (username === substitute) {
    reasons.push({ path: 'substitute', reason: 'nobody stands in for oneself' });
  }
  if (of(username).length === 0) {
    reasons.push({ path: 'username', reason: `${username} is in no unit` });
  }
  if (!isEmployed(of(substitute), from, to)) {
    reasons.push({ path: 'substitute', reason: `${substitute} is not there for all of that time` });
  }
  if (reasons.length === 0) return;
  throw new InvalidError('absence_invalid', 'The absence is not as it should be.', {
    details: reasons,
  });
}
