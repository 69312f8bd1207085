import { expect } from 'chai';
import { keepMail } from '../../src/channels/inbound/keep-mail.js';
import { successStatus } from '../../src/http/route.js';
import { apiRoutes } from '../../src/http/routes/api.js';
import { createIdFactory } from '../../src/kernel/ids.js';
import { PNG } from '../helpers/files.js';
import { raiseIncident } from '../helpers/incident.js';
import { prepareOrganisation, withPackage } from '../helpers/organisation-examples.js';
import { FEATURE_TIMEOUT_MS, startTwoApps } from '../helpers/two-apps.js';
import type { TwoApps } from '../helpers/two-apps.js';

describe('Feature: the examples of the documentation work', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;
  before(async () => {
    apps = await startTwoApps();
  });
  after(() => apps.stop());

  /** An instance that lacks what its handler needs. */
  async function stuck(): Promise<Record<string, string>> {
    const { id } = await raiseIncident(apps);
    return { id };
  }

  /** An inquiry that is closed, or that follows another one. */
  async function ended(name: string): Promise<string> {
    const body = { channel: 'phone', questions: [{ text: 'Hei', result: 'answeredNow' }] };
    const said = (await apps.as('agent').post('/api/contacts', body).expect(201)).body;
    await apps.runDue();
    const { reference } = said.questions[0].inquiry;
    if (name === 'unlinkInquiry') {
      await apps.db.query(
        `UPDATE inquiry SET duplicate_of = (SELECT max(id) FROM inquiry WHERE reference <> $1)
         WHERE reference = $1`,
        [reference],
      );
    }
    return reference;
  }

  /** An inquiry with an open task; as taken as the example needs it. */
  async function prepare(name: string): Promise<Record<string, string>> {
    const body = { channel: 'phone', service: 'DUNK', text: 'Dunken er knust' };
    const { reference } = (await apps.as('agent').post('/api/inquiries', body).expect(201)).body;
    await apps.runDue();
    const own = await prepareOrganisation(apps, name);
    if (own) return own;
    if (name === 'endObjective') {
      const promise = { channel: 'email', share: 0.75, workingDays: 4 };
      return { id: (await apps.as('owner').post('/api/objectives', promise).expect(201)).body.id };
    }
    if (name === 'markMessageRead') {
      const said = { kind: 'received', channel: 'phone', text: 'Hei' };
      const path = `/api/inquiries/${reference}/messages`;
      return { reference, id: (await apps.as('agent').post(path, said).expect(201)).body.id };
    }
    if (name === 'resendDelivery') {
      const path = `/api/inquiries/${reference}/deliveries`;
      return { reference, id: (await apps.as('agent').get(path).expect(200)).body.items[0].id };
    }
    if (name === 'downloadOriginalMail') {
      const raw = Buffer.from('From: kari@example.no\r\nSubject: Mer\r\n\r\nHei\r\n');
      const recipients = [`post+${reference}@fjordvik.example`];
      const options = { db: apps.db, clock: apps.clock, newId: createIdFactory({ node: 902 }) };
      await keepMail({ sender: 'kari@example.no', recipients, raw }, options);
      await apps.runDue();
      const { body: said } = await apps.as('agent').get(`/api/inquiries/${reference}/messages`);
      return { reference, id: said.items.at(-1).id };
    }
    if (name === 'liftHold') {
      const hold = { reason: 'complaint', until: '2036-01-01T00:00:00Z' };
      const held = await apps.as('clerk').post(`/api/inquiries/${reference}/holds`, hold);
      return { id: held.body.id };
    }
    if (name === 'downloadAttachment') {
      const path = `/api/inquiries/${reference}/attachments`;
      return {
        reference,
        id: (await apps.as('agent').post(path).attach('file', PNG, 'hull.png')).body.id,
      };
    }
    if (name === 'reopenInquiry' || name === 'unlinkInquiry')
      return { reference: await ended(name) };
    const found = await apps.as('caseworker').get(`/api/tasks?inquiry=${reference}`).expect(200);
    const { id } = found.body.items[0];
    if (['releaseTask', 'completeTask', 'rejectTask'].includes(name)) {
      await apps.as('caseworker').post(`/api/tasks/${id}/claim`).expect(200);
    }
    return { reference, id };
  }

  for (const route of apiRoutes) {
    const { method, path, name, example, returns } = route;
    it(`${method} ${path} (${name})`, async () => {
      const values = name.endsWith('Incident')
        ? await stuck()
        : name.endsWith('Open311Client')
          ? {}
          : await prepare(name);
      const query = new URLSearchParams(example.query).toString();
      const asked = path.replace(
        /\{(\w+)\}/g,
        (_, key: string) => values[key] ?? example.params?.[key] ?? key,
      );
      const client = apps.as(example.as);
      const send = method === 'GET' ? 'get' : (method.toLowerCase() as 'post' | 'put' | 'patch');
      const body = name === 'importPackage' ? await withPackage(apps, example.body) : example.body;
      const url = query ? `${asked}?${query}` : asked;
      const request = () =>
        route.consumes === 'multipart/form-data'
          ? client.post(url).attach('file', PNG, 'hull.png')
          : client[send as 'post'](url, body as object);
      const response = await (send === 'get' ? client.get(url) : request());
      expect(response.status, response.text).to.equal(successStatus(route));
      if (route.produces === 'application/octet-stream') {
        expect(response.headers['content-disposition']).to.match(/^attachment/);
      } else if (returns) expect(returns.parse(response.body)).to.deep.equal(response.body);
    });
  }
});
