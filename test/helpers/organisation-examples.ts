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
  if (name.endsWith('Reorganisation')) {
    const plan = { kind: 'move', unit: 'IT', parent: 'KD' };
    const path = '/api/reorganisations';
    const known = await apps.as('admin').get(path).expect(200);
    const waiting = known.body.items.find((one: { kind: string }) => one.kind === 'move');
    if (waiting) return made({ body: waiting });
    const preview = await apps.as('admin').post(path, { plan, dryRun: true }).expect(200);
    const { token } = preview.body;
    const effectiveAt = '2041-01-01T00:00:00Z';
    const body = { plan, token, effectiveAt, reason: 'Ny hovedstruktur' };
    return made({
      body: (await apps.as('admin').post(path, body).expect(200)).body.reorganisation,
    });
  }
  return undefined;
}

function made({ body }: { body: unknown }): Record<string, string> {
  return { id: (body as { id: string }).id };
}

/** The example of an import, with a real package in it: a whole one would fill the documentation. */
export async function withPackage(apps: TwoApps, example: unknown): Promise<object> {
  const { body } = await apps.as('owner').get('/api/services/GATELYS/package').expect(200);
  return { ...(example as object), package: body };
}
