import { createHash, timingSafeEqual } from 'node:crypto';
import type { Principal, Role } from './principal.js';

/** The two made-up municipalities of demo mode; the first is the one without a suffix. */
export const DEMO_TENANTS = ['fjordvik', 'bispevik'] as const;

/** The password of every demo user; it is printed on the start page. */
export const DEMO_PASSWORD = 'demo';

interface DemoRole {
  login: string;
  displayName: Record<(typeof DEMO_TENANTS)[number], string>;
  roles: readonly Role[];
  units: readonly string[];
}

/** Everywhere but on the roads and in the pipes, so that two people's lists differ. */
const INDOORS = ['BYGG', 'GEO', 'KULT', 'OKO', 'OPPV', 'TILD', 'DOK', 'PVO', 'BEV', 'IT', 'BER'];

/** The top of the organisation and its sections, which other units lie under. */
const ABOVE = ['KD', 'TEKN', 'EIKU', 'OKON', 'OPPS', 'HELS', 'STAB', 'SERV'];

const DEMO_ROLES: readonly DemoRole[] = [
  {
    login: 'agent',
    displayName: { fjordvik: 'Randi Skogheim', bispevik: 'Lars Sandmo' },
    roles: ['agent'],
    units: ['SERV'],
  },
  {
    login: 'caseworker',
    displayName: { fjordvik: 'Jonas Tveit', bispevik: 'Elin Haugland' },
    roles: ['caseworker'],
    units: ['VEI', 'VAR'],
  },
  {
    login: 'manager',
    displayName: { fjordvik: 'Kari Nesheim', bispevik: 'Odd Breivik' },
    roles: ['manager'],
    units: ['VEI', 'VAR'],
  },
  {
    login: 'clerk',
    displayName: { fjordvik: 'Sara Lunde', bispevik: 'Tor Engen' },
    roles: ['caseworker', 'keyUser', 'archivist', 'dpo', 'accessOfficer'],
    units: INDOORS,
  },
  {
    login: 'chief',
    displayName: { fjordvik: 'Bjørn Aasen', bispevik: 'Anne Myhre' },
    roles: ['manager', 'crisisLeader'],
    units: [...INDOORS, ...ABOVE],
  },
  {
    login: 'owner',
    displayName: { fjordvik: 'Ingrid Fossum', bispevik: 'Per Solvang' },
    roles: ['owner'],
    units: [],
  },
  {
    login: 'admin',
    displayName: { fjordvik: 'Amir Rashidi', bispevik: 'Nora Lien' },
    roles: ['admin'],
    units: [],
  },
];

/** Everybody who can log in in demo mode: `agent`, … and `agent@bispevik`, … */
export const DEMO_USERS: readonly Principal[] = DEMO_TENANTS.flatMap((tenant) =>
  DEMO_ROLES.map(({ login, displayName, roles, units }) => ({
    tenant,
    username: tenant === DEMO_TENANTS[0] ? login : `${login}@${tenant}`,
    displayName: displayName[tenant],
    roles,
    units,
  })),
);

/** Where the roles lie that are held in one unit only. */
const HOME_OF: Partial<Record<Role, string>> = {
  keyUser: 'BYGG',
  archivist: 'DOK',
  dpo: 'PVO',
  accessOfficer: 'DOK',
  crisisLeader: 'BER',
};

/** What demo users are from the beginning; from then on the organisation's data says it. */
export function demoMemberships({
  roles,
  units,
}: Principal): { unit: string | null; role: Role }[] {
  return roles.flatMap((role): { unit: string | null; role: Role }[] => {
    if (role === 'admin' || role === 'owner') return [{ unit: null, role }];
    const home = HOME_OF[role];
    return home ? [{ unit: home, role }] : units.map((unit) => ({ unit, role }));
  });
}

/** The demo user of that name, when the password is right; takes as long when it is not. */
export function authenticateDemoUser(username: string, password: string): Principal | undefined {
  const isRight = timingSafeEqual(digest(password), digest(DEMO_PASSWORD));
  const user = DEMO_USERS.find((one) => one.username === username);
  return isRight ? user : undefined;
}

/** Digests are equally long, which `timingSafeEqual` asks for. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
