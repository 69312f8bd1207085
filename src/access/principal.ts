/** What somebody can be in the municipality; one person may be several. */
export const ROLES = [
  'agent',
  'caseworker',
  'manager',
  'owner',
  'admin',
  'keyUser',
  'archivist',
  'dpo',
  'accessOfficer',
  'crisisLeader',
] as const;

export type Role = (typeof ROLES)[number];

/** Who asks: known by its login, at home in exactly one municipality. */
export interface Principal {
  readonly tenant: string;
  /** The login, which events and tasks name as actor and assignee. */
  readonly username: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
  /** Codes of the units worked for. */
  readonly units: readonly string[];
}

/** The names under which a principal is a candidate for tasks: its units and its roles. */
export function groupsOf(principal: Principal): readonly string[] {
  return [...principal.units, ...principal.roles];
}
