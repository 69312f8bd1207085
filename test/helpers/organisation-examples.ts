import type { TwoApps } from './two-apps.js';

/** What the example of a route about the organisation needs to be there; undefined for other routes. */
export async function prepareOrganisation(
  apps: TwoApps,
  name: string,
): Promise<Record<string, string> | undefined> {
  if (name === 'endMembership') {
    const body = { username: 'agent', unit: 'VEI', role: 'keyUser' };
    return made(await apps.as('manager').post('/api/memberships', body).expect(201));
  }
  if (name === 'endAbsence') {
    const [from, to] = ['2028-07-02T06:00:00Z', '2028-07-20T15:00:00Z'];
    const body = { substitute: 'clerk', from, to };
    return made(await apps.as('caseworker').post('/api/absences', body).expect(201));
  }
  return undefined;
}

function made({ body }: { body: unknown }): Record<string, string> {
  return { id: (body as { id: string }).id };
}
