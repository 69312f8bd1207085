import type { Role } from '../../access/principal.js';
import { ROLES } from '../../access/principal.js';
import { answerableFor } from '../../people/change-units.js';
import type { Organisation } from '../../people/organisation.js';
import { holds, membersOf, membershipsOf } from '../../people/organisation.js';
import { workerFor } from '../../people/stand-ins.js';
import { meaningOf } from '../../people/successors.js';

/** Whom a task is for. */
export interface Addressed {
  assignee: string | null;
  candidateUsers: readonly string[];
  candidateGroups: readonly string[];
  /** Of its case, when it has one. */
  unit: string | null;
  service: string | null;
}

/** Whether there is anybody today who can do a task. One that names nobody is anybody's. */
export function isAttended(organisation: Organisation, task: Addressed, at: Date): boolean {
  const { assignee, candidateUsers, candidateGroups } = task;
  if (assignee !== null) return isHere(organisation, assignee, at);
  if (candidateUsers.length === 0 && candidateGroups.length === 0) return true;
  return (
    candidateUsers.some((one) => isHere(organisation, one, at)) ||
    candidateGroups.some((one) => hasMember(organisation, one, at, task.service))
  );
}

/** Whether somebody is in the organisation, or is away and stood in for by somebody who is. */
export function isHere(organisation: Organisation, username: string, at: Date): boolean {
  return membershipsOf(organisation, workerFor(organisation, username, at), at).length > 0;
}

/** Whether a group of a task, a unit's code or a role, has anybody in it. */
export function hasMember(
  organisation: Organisation,
  group: string,
  at: Date,
  service: string | null = null,
): boolean {
  if (isRole(group)) {
    return organisation.memberships.some((one) => one.role === group && holds(one, at));
  }
  const unit = meaningOf(organisation, group, at, service);
  return unit !== undefined && membersOf(organisation, unit, at).length > 0;
}

/**
 * Who is to see to it that a task is done which nobody can do: whoever leads the unit it is for, or
 * its case's, or what is above; an administrator where that is nobody.
 */
export function answerableForTask(organisation: Organisation, task: Addressed, at: Date): string[] {
  for (const code of [...task.candidateGroups, task.unit]) {
    const unit = code === null ? undefined : meaningOf(organisation, code, at, task.service);
    const answerable = unit === undefined ? [] : answerableFor(organisation, unit, at);
    if (answerable.length > 0) return answerable;
  }
  const admins = organisation.memberships.filter((one) => one.role === 'admin' && holds(one, at));
  return [...new Set(admins.map(({ username }) => username))];
}

export function isRole(group: string): group is Role {
  return (ROLES as readonly string[]).includes(group);
}
