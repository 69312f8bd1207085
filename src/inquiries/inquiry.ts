import { ConflictError } from '../kernel/errors.js';

/** How an inquiry came in. Fax is kept for what is registered from old files. */
export const CHANNELS = [
  'phone',
  'letter',
  'visit',
  'fax',
  'form',
  'chat',
  'email',
  'portal',
] as const;
export type Channel = (typeof CHANNELS)[number];

export const STATUSES = [
  'received',
  'registered',
  'awaitingCitizen',
  'inProgress',
  'external',
  'answered',
  'closed',
  'reopened',
  'withdrawn',
  'deidentified',
] as const;
export type Status = (typeof STATUSES)[number];

/** How a closed inquiry ended. */
export const OUTCOMES = [
  'answered',
  'forwarded',
  'linked',
  'withdrawn',
  'rejected',
  'completed',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

const WORKING: readonly Status[] = ['registered', 'inProgress', 'awaitingCitizen', 'external'];
const ENDED: readonly Status[] = ['closed', 'withdrawn'];

/** Every change of status there is. What is not here cannot happen. */
export const ALLOWED: Readonly<Record<Status, readonly Status[]>> = {
  received: [...WORKING, 'answered', ...ENDED],
  registered: ['inProgress', 'awaitingCitizen', 'external', 'answered', ...ENDED],
  // Back to registered: the unit was the wrong one, and the front desk chooses again.
  inProgress: ['registered', 'awaitingCitizen', 'external', 'answered', ...ENDED],
  awaitingCitizen: ['registered', 'inProgress', 'external', 'answered', ...ENDED],
  external: ['registered', 'inProgress', 'awaitingCitizen', 'answered', ...ENDED],
  // Back to work: the citizen replied to the answer before the case was closed.
  answered: ['inProgress', 'awaitingCitizen', 'external', ...ENDED],
  closed: ['reopened', 'deidentified'],
  reopened: ['inProgress', 'awaitingCitizen', 'external', 'answered', ...ENDED],
  withdrawn: ['reopened', 'deidentified'],
  // The person link is cut: there is nobody left to reopen it for.
  deidentified: [],
};

/**
 * The status after a change; asking for the status it already has changes nothing.
 * @throws ConflictError 'status_not_allowed'
 */
export function transition(from: Status, to: Status): Status {
  if (from === to || ALLOWED[from].includes(to)) return to;
  throw new ConflictError('status_not_allowed', `An inquiry cannot go from ${from} to ${to}.`, {
    details: { from, to },
  });
}

/** Whether somebody still has to do something about it. */
export function isOpen(status: Status): boolean {
  return status !== 'closed' && status !== 'withdrawn' && status !== 'deidentified';
}

/** The status in which an inquiry with this outcome ends. */
export function endStatus(outcome: Outcome): 'closed' | 'withdrawn' {
  return outcome === 'withdrawn' ? 'withdrawn' : 'closed';
}
