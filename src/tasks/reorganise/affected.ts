import { readServices } from '../../catalogue/services.js';
import type { Tx } from '../../db/tx.js';
import type { Organisation } from '../../people/organisation.js';
import type { NamedGroup, ReadModel } from './named-units.js';
import { namedGroups } from './named-units.js';

/** What hangs on some units. */
export interface Affected {
  rules: NamedGroup[];
  models: NamedGroup[];
  services: string[];
  /** Codes of the units that lie under them. */
  unitsBelow: string[];
  memberships: { username: string; unit: string | null; role: string }[];
  /** Who stands in for whom, now or later, where one of the two is in these units. */
  substitutes: { username: string; substitute: string }[];
  mailAddresses: string[];
  openCases: number;
  openTasks: number;
  deadlines: { overdue: number; within30Days: number; next: string | null };
}

export async function readAffected(
  tx: Tx,
  tenant: string,
  organisation: Organisation,
  asked: { codes: readonly string[]; now: Date; readModel: ReadModel },
): Promise<Affected> {
  const { codes, now } = asked;
  const isNamed = (code: string | null) => code !== null && codes.includes(code);
  const named = (await namedGroups(tx, tenant, asked)).filter(({ group }) => isNamed(group));
  const services = await readServices(tx, tenant);
  const units = [...organisation.units.values()];
  const memberships = organisation.memberships.filter(
    ({ unit, to }) => isNamed(unit) && (!to || to > now),
  );
  const people = new Set(memberships.map(({ username }) => username));
  const absences = organisation.absences.filter(
    ({ username, substitute, to }) => to > now && (people.has(username) || people.has(substitute)),
  );
  return {
    rules: named.filter(({ kind }) => kind === 'rule'),
    models: named.filter(({ kind }) => kind === 'model'),
    services: services.filter(({ unit }) => isNamed(unit)).map(({ code }) => code),
    unitsBelow: units
      .filter(({ parent, validTo }) => isNamed(parent) && (!validTo || validTo > now))
      .map(({ code }) => code),
    memberships: memberships.map(({ username, unit, role }) => ({ username, unit, role })),
    substitutes: absences.map(({ username, substitute }) => ({ username, substitute })),
    mailAddresses: units
      .filter(({ code }) => isNamed(code))
      .flatMap(({ email, managerEmail }) => [email, managerEmail].filter((one) => one !== null)),
    ...(await countWork(tx, tenant, codes, now)),
  };
}

async function countWork(
  tx: Tx,
  tenant: string,
  codes: readonly string[],
  now: Date,
): Promise<Pick<Affected, 'openCases' | 'openTasks' | 'deadlines'>> {
  const [cases] = await tx.query<{ open: number; late: number; soon: number; next: Date | null }>(
    `SELECT count(*)::int AS open, count(*) FILTER (WHERE expected_by < $3)::int AS late,
       count(*) FILTER (WHERE expected_by >= $3 AND expected_by < $3 + interval '30 days')::int AS soon,
       min(expected_by) FILTER (WHERE expected_by >= $3) AS next
     FROM inquiry WHERE tenant_id = $1 AND closed_at IS NULL AND unit_code = ANY($2)`,
    [tenant, codes, now],
  );
  const [tasks] = await tx.query<{ open: number }>(
    `SELECT count(*)::int AS open FROM user_task
     WHERE tenant_id = $1 AND state = 'created' AND candidate_groups && $2::text[]`,
    [tenant, codes],
  );
  return {
    openCases: cases?.open ?? 0,
    openTasks: tasks?.open ?? 0,
    deadlines: {
      overdue: cases?.late ?? 0,
      within30Days: cases?.soon ?? 0,
      next: cases?.next?.toISOString() ?? null,
    },
  };
}
