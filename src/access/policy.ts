import { ForbiddenError } from '../kernel/errors.js';
import { groupsOf, ledBy, loginsOf } from './principal.js';
import type { Principal, Role } from './principal.js';

/** What is known of the thing somebody wants to reach; only what the rules ask for. */
export interface Subject {
  /** Unit that has the inquiry or the breach. */
  readonly unit?: string | null;
  readonly registeredBy?: string | null;
  /** What was said is for the unit that has the inquiry only. */
  readonly restricted?: boolean;
  readonly assignee?: string | null;
  readonly candidateGroups?: readonly string[];
  readonly candidateUsers?: readonly string[];
}

type Predicate = (principal: Principal, subject: Subject | undefined) => boolean;

/**
 * Who may do what: the one table of access rules. A rule asked without a subject answers whether
 * there may be anything at all that the principal may do it to; that opens a route, and the use case
 * asks again with the subject. What belongs to another municipality is never found in the first
 * place, since everything is read by the principal's tenant.
 */
const POLICY = {
  'self.read': everyone,
  'services.read': everyone,
  'inquiries.register': role('agent', 'caseworker', 'manager', 'admin'),
  // The front desk answers for every unit (F035); the others see what their units have in hand.
  'inquiries.read': either(role('agent', 'admin'), staffOfItsUnit, registrant),
  'content.read': either(unrestrictedReader, staffOfItsUnit),
  // Whoever may read a case may write on it.
  'dialogue.write': either(role('agent', 'admin'), staffOfItsUnit, registrant),
  'registers.read': role('agent', 'caseworker', 'manager', 'admin'),
  // For a case one works on, and for a purpose that is recorded.
  'registers.lookUpPersons': role('agent', 'caseworker', 'manager'),
  'inquiries.reroute': either(role('agent', 'admin'), staffOfItsUnit),
  'services.teach': role('owner', 'admin'),
  'routing.read': role('owner', 'manager', 'admin'),
  'routing.test': role('owner', 'admin'),
  'hooks.manage': role('admin'),
  'contacts.read': role('agent', 'admin'),
  'chasers.read': role('manager', 'owner', 'admin'),
  'tasks.read': either(role('admin'), candidate, assignee, staffOfItsUnit),
  'tasks.work': either(candidate, assignee),
  'tasks.complete': assignee,
  'tasks.assign': either(role('admin'), managerOfItsGroup),
  'deadlines.change': either(role('admin'), staffOfItsUnit),
  'deadlines.rule': role('owner', 'admin'),
  'breaches.read': either(role('owner', 'admin'), managerOfItsUnit),
  'services.change': role('owner', 'admin'),
  'messageTexts.change': role('manager', 'owner', 'admin'),
  'organisation.read': everyone,
  'organisation.change': either(role('admin'), managerOfItsUnit),
  'organisation.reorganise': role('admin'),
  'absences.change': either(role('admin'), managerOfItsUnit, oneself),
  'ownership.read': role('manager', 'owner', 'admin'),
  'crises.read': everyone,
  'crises.lead': role('crisisLeader', 'admin'),
  'beats.report': either(role('crisisLeader', 'admin'), staffOfItsUnit),
  'holds.change': role('archivist', 'admin'),
  'disposals.read': role('archivist', 'dpo', 'owner', 'admin'),
  'coverage.read': role('owner', 'admin'),
  'processes.read': everyone,
  'processes.deploy': role('owner', 'admin'),
  'instances.read': role('owner', 'admin'),
  'instances.control': role('owner', 'admin'),
  'incidents.read': role('owner', 'admin'),
  'incidents.resolve': role('owner', 'admin'),
  'messages.publish': role('owner', 'admin'),
  'open311.manage': role('admin'),
  'mailAddresses.manage': role('admin'),
  'jobs.work': role('admin'),
  'clock.move': role('admin'),
} as const satisfies Record<string, Predicate>;

/** Something one may be allowed to do. */
export type Permission = keyof typeof POLICY;

export const PERMISSIONS = Object.keys(POLICY) as readonly Permission[];

/** Whether `principal` may do `permission`, to `subject` when there is one. */
export function can(principal: Principal, permission: Permission, subject?: Subject): boolean {
  return POLICY[permission](principal, subject);
}

/** @throws ForbiddenError 'forbidden' unless `can` */
export function demand(principal: Principal, permission: Permission, subject?: Subject): void {
  if (can(principal, permission, subject)) return;
  throw new ForbiddenError('forbidden', `This needs the permission ${permission}.`, {
    details: { permission },
  });
}

function everyone(): boolean {
  return true;
}

/** Where nothing is restricted, whoever may read the inquiry may read what was said. */
function unrestrictedReader(principal: Principal, subject: Subject | undefined): boolean {
  return subject?.restricted !== true && can(principal, 'inquiries.read', subject);
}

function role(...roles: Role[]): Predicate {
  return (principal) => roles.some((one) => principal.roles.includes(one));
}

function either(...rules: Predicate[]): Predicate {
  return (principal, subject) => rules.some((rule) => rule(principal, subject));
}

function staffOfItsUnit(principal: Principal, subject: Subject | undefined): boolean {
  if (!subject)
    return principal.roles.includes('caseworker') || principal.roles.includes('manager');
  return typeof subject.unit === 'string' && principal.units.includes(subject.unit);
}

function managerOfItsUnit(principal: Principal, subject: Subject | undefined): boolean {
  if (!subject) return principal.roles.includes('manager');
  return typeof subject.unit === 'string' && ledBy(principal).includes(subject.unit);
}

function managerOfItsGroup(principal: Principal, subject: Subject | undefined): boolean {
  if (!principal.roles.includes('manager')) return false;
  return !subject || ledBy(principal).some((unit) => subject.candidateGroups?.includes(unit));
}

/** Of a person, `assignee` is the login. */
function oneself(principal: Principal, subject: Subject | undefined): boolean {
  return !subject || subject.assignee === principal.username;
}

function registrant(principal: Principal, subject: Subject | undefined): boolean {
  return subject?.registeredBy === principal.username;
}

function assignee(principal: Principal, subject: Subject | undefined): boolean {
  if (!subject) return true;
  return typeof subject.assignee === 'string' && loginsOf(principal).includes(subject.assignee);
}

/** A task that names nobody is anybody's, as in Camunda's task list. */
function candidate(principal: Principal, subject: Subject | undefined): boolean {
  if (!subject) return true;
  const { candidateGroups = [], candidateUsers = [] } = subject;
  if (candidateGroups.length === 0 && candidateUsers.length === 0) return true;
  return (
    loginsOf(principal).some((login) => candidateUsers.includes(login)) ||
    groupsOf(principal).some((group) => candidateGroups.includes(group))
  );
}
