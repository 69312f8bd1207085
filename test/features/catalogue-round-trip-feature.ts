import { expect } from 'chai';
import { migrations } from '../../migrations/index.js';
import type { Bundle } from '../../src/catalogue/export-package.js';
import { exportPackage } from '../../src/catalogue/export-package.js';
import { importPackage } from '../../src/catalogue/import-package.js';
import { loadPackages } from '../../src/catalogue/load-packages.js';
import { readPackages } from '../../src/catalogue/read-packages.js';
import { readServices } from '../../src/catalogue/services.js';
import { buildEngine } from '../../src/compose/build-engine.js';
import { madeUpMunicipality } from '../../src/compose/demo-municipalities.js';
import { PROCESSES } from '../../src/compose/seed.js';
import type { Db } from '../../src/db/database.js';
import { openDatabase } from '../../src/db/database.js';
import type { ProcessEngine } from '../../src/engine/engine.js';
import { readConfig } from '../../src/kernel/config.js';
import { createLogger } from '../../src/kernel/log.js';
import { seedOrganisation } from '../../src/people/seed-organisation.js';
import { createServerDatabase, testServerUrl } from '../helpers/database.js';
import { FEATURE_TIMEOUT_MS, startTwoApps } from '../helpers/two-apps.js';
import type { TwoApps } from '../helpers/two-apps.js';

const TENANT = 'nesbygd';

describe('Feature: a catalogue that was edited here is the same in another installation', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;
  let other: Db;
  let engine: ProcessEngine;
  let newId: () => string;
  let codes: string[];
  let stop: () => Promise<void>;
  const given = new Map<string, Bundle>();

  before(
    'Given every service edited, a form and a model published anew, one made over the API',
    async () => {
      apps = await startTwoApps();
      const { body } = await apps.as('owner').get('/api/services').expect(200);
      codes = body.items.map(({ code }: { code: string }) => code);
      for (const [at, code] of codes.entries()) await edit(code, at);
      await publish('GATELYS', 'after.bpmn', /isExecutable="true"/, 'isExecutable="true" ');
      await publish('GATELYS', 'street-light-order.form', /"label": "/, '"label": "Ny: ');
      const { example } = await made();
      codes.push(example);
      for (const code of codes) {
        const path = `/api/services/${code}/package`;
        given.set(code, (await apps.as('owner').get(path).expect(200)).body);
      }
    },
  );

  before(
    'and another installation that has its organisation and the common models only',
    async () => {
      const server =
        testServerUrl === undefined ? undefined : await createServerDatabase(testServerUrl);
      const log = createLogger({ level: 'error' });
      other = await openDatabase({ migrations, log, ...(server && { databaseUrl: server.url }) });
      const config = readConfig({ DATA_DIR: apps.folder });
      const side = buildEngine(config, other, apps.clock, log);
      ({ engine, newId } = side);
      stop = async () => {
        side.mailer.close();
        side.registers.stop();
        await other.close();
        await server?.drop();
      };
      const common = (await readPackages(PROCESSES)).filter(({ service }) => !service);
      await other.inTransaction(async (tx) => {
        await seedOrganisation(tx, change(), madeUpMunicipality(TENANT).units, []);
        const deploy = engine.deploy.bind(engine);
        await loadPackages(tx, TENANT, common, { deploy, by: 'saksflyt', now: apps.clock() });
      });
    },
  );

  after(async () => {
    await stop();
    await apps.stop();
  });

  const change = () => ({ tenant: TENANT, by: 'owner', now: apps.clock(), newId });

  async function edit(code: string, at: number): Promise<void> {
    const names = { nb: `Ny ${code}`, nn: `Ny ${code} æøå`, en: `New ${code}` };
    const guarantee = { workingDays: 3 + at, basis: 'vedtak 14/26' };
    const body = { change: { names, guarantee }, reason: 'Vedtak 14/26' };
    await apps.as('owner').patch(`/api/services/${code}`, body).expect(200);
  }

  /** Publishes a file of a service anew, changed, as the modeller does. */
  async function publish(code: string, path: string, from: RegExp, to: string): Promise<void> {
    const { body } = await apps.as('owner').get(`/api/services/${code}/package`).expect(200);
    const { text } = body.files.find((one: { path: string }) => one.path === path);
    const content = Buffer.from(text.replace(from, to));
    expect(content.toString()).not.to.equal(text);
    await apps.as('owner').post('/v2/deployments').attach('resources', content, path).expect(200);
  }

  async function made(): Promise<{ example: string }> {
    const { service } = (await apps.as('owner').get('/api/services/VEIHULL').expect(200)).body;
    const own = { ...service, code: 'LADING', process: 'general-after', form: null, variants: [] };
    await apps.as('owner').post('/api/services', { service: own, reason: 'Ny' }).expect(201);
    return { example: 'LADING' };
  }

  it('takes every package over', async () => {
    expect(await readServices(other, TENANT)).to.deep.equal([]);
    for (const code of codes) {
      await other.inTransaction(async (tx) => {
        const options = {
          reason: 'Overtatt fra naboen',
          dryRun: false,
          publish: async (resources: { name: string; content: string }[]) => {
            await engine.deploy(tx, TENANT, { resources, by: 'owner' });
          },
        };
        const bundle = given.get(code)!;
        const taken = await importPackage(tx, change(), bundle, options);
        expect(taken).to.include({ code, isNew: true });
      });
    }
    expect(await readServices(other, TENANT)).to.have.lengthOf(codes.length);
  });

  it('and gives them on again byte for byte', async () => {
    for (const code of codes) {
      const again = await exportPackage(other, TENANT, code);
      expect(again, code).to.deep.equal(given.get(code));
    }
    const order = given.get('GATELYS')?.files.find(({ path }) => /order\.form$/.test(path));
    expect(order?.text).to.contain('Ny: ');
  });

  it('as what the other municipality offers, too', async () => {
    const { body } = await apps.as('owner').get('/api/services').expect(200);
    const taken = new Map((await readServices(other, TENANT)).map((one) => [one.code, one]));
    for (const one of body.items as { code: string; process: string }[]) {
      const { activeProcess, ...own } = taken.get(one.code)!;
      expect({ ...own, process: activeProcess }, one.code).to.deep.include(one);
    }
  });
});
