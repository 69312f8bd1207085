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
  /** Those of the units that are led; without it a manager leads all of them. */
  readonly leads?: readonly string[];
  /** Logins of the absent whose work is done meanwhile. */
  readonly standsInFor?: readonly string[];
}

/** The logins under which a principal finds work: its own, and those it stands in for. */
export function loginsOf({ username, standsInFor = [] }: Principal): readonly string[] {
  return [username, ...standsInFor];
}

/** The units whose work a principal leads. */
export function ledBy({ roles, units, leads }: Principal): readonly string[] {
  return roles.includes('manager') ? (leads ?? units) : [];
}

/** The names under which a principal is a candidate for tasks: its units and its roles. */
export function groupsOf(principal: Principal): readonly string[] {
  return [...principal.units, ...principal.roles];
}
