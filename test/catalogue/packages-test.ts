import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { loadPackages } from '../../src/catalogue/load-packages.js';
import { readPackages } from '../../src/catalogue/read-packages.js';
import { findService, readServices } from '../../src/catalogue/services.js';
import type { Db } from '../../src/db/database.js';
import { InvalidError } from '../../src/kernel/errors.js';
import { testDatabase } from '../helpers/database.js';

const names = { nb: 'Dunk', nn: 'Dunk', en: 'Bin' };
const dunk = {
  code: 'DUNK',
  names,
  descriptions: names,
  los: ['https://psi.norge.no/los/ord/renovasjon'],
  unit: 'VAR',
  firstLine: false,
  answeredBy: 'unit',
  channels: ['form', 'phone'],
  guarantee: { workingDays: 10, basis: 'assumption' },
  statutory: { duration: 'P1M', basis: 'forvaltningsloven § 11 a', validFrom: '1967-01-01' },
  dataClass: 'P2',
  retention: { class: 'R24', duration: 'P24M' },
  archive: 'none',
  process: 'bin-order-after',
  variants: [{ id: 'bin-order-after', file: 'after.bpmn', phase: 'after' }],
  form: 'bin-order-intake',
  volumePerYear: 2600,
  volumeBasis: 'assumption',
};
const model = (id: string) => `<bpmn:process isExecutable="true" id="${id}"></bpmn:process>`;
const form = JSON.stringify({ id: 'bin-order-intake', components: [] });
const now = new Date('2026-03-02T09:00:00Z');

describe('service packages', () => {
  let db: Db;
  let root: string;

  before(async () => {
    db = await testDatabase();
  });

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'packages-'));
    await write('bin-order/service.json', JSON.stringify(dunk));
    await write('bin-order/after.bpmn', model('bin-order-after'));
    await write('bin-order/intake.form', form);
    await write('shared/ruting.dmn', '<definitions/>');
    await write('README.md', 'not a package');
  });

  afterEach(() => rm(root, { recursive: true }));

  async function write(name: string, content: string) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), content);
  }

  async function load(tenant = 'fjordvik') {
    const deployed: string[] = [];
    const packages = await readPackages(root);
    const result = await db.inTransaction((tx) =>
      loadPackages(tx, tenant, packages, {
        by: 'system',
        now,
        deploy: async (_tx, _tenant, { resources }) => {
          deployed.push(...resources.map(({ name }) => name));
        },
      }),
    );
    return { ...result, deployed };
  }

  async function reasons() {
    const error: unknown = await readPackages(root).catch((refused: unknown) => refused);
    expect(error).to.be.instanceOf(InvalidError);
    return (error as InvalidError).details.map(({ path, reason }) => `${path ?? ''}: ${reason}`);
  }

  it('are loaded once, and again only when they have changed', async () => {
    expect(await load()).to.deep.equal({
      loaded: ['bin-order', 'shared'],
      unchanged: [],
      kept: [],
      deployed: ['bin-order/after.bpmn', 'bin-order/intake.form', 'shared/ruting.dmn'],
    });
    expect(await load()).to.deep.equal({
      loaded: [],
      unchanged: ['bin-order', 'shared'],
      kept: [],
      deployed: [],
    });
    await write('bin-order/service.json', JSON.stringify({ ...dunk, firstLine: true }));
    expect((await load()).deployed).to.deep.equal([
      'bin-order/after.bpmn',
      'bin-order/intake.form',
    ]);
    const service = await findService(db, 'fjordvik', 'DUNK');
    expect(service).to.deep.equal({ ...dunk, firstLine: true, activeProcess: 'bin-order-after' });
    expect(await readServices(db, 'fjordvik')).to.deep.equal([service]);
    expect(await readServices(db, 'bispevik')).to.deep.equal([]);
    expect((await load('bispevik')).loaded).to.have.length(2);
  });

  it('are refused with every problem at once, each with its file', async () => {
    await write('bin-order/service.json', '{ "code": "DUNK", "guarantee": { "workingDays": -1 } }');
    await write('bin-order/broken.form', '{');
    await write('light/service.json', 'not JSON');
    const found = (await reasons()).join('\n');
    for (const part of [
      'bin-order/service.json#/names',
      'bin-order/service.json#/guarantee/workingDays',
      'bin-order/broken.form: is not JSON',
      'light/service.json: is not JSON',
    ]) {
      expect(found).to.include(part);
    }
  });

  it('are refused when what they name does not exist', async () => {
    const variants = [
      ...dunk.variants,
      { id: 'bin-order-before', file: 'before.bpmn', phase: 'b' },
    ];
    const statutory = { ...dunk.statutory, duration: '1 month', validFrom: '1967-02-30' };
    await write('bin-order/service.json', JSON.stringify({ ...dunk, process: 'none', variants }));
    await write('twin/service.json', JSON.stringify({ ...dunk, form: 'missing', variants: [] }));
    expect(await reasons()).to.have.members([
      'bin-order/service.json: there is no file before.bpmn',
      'bin-order/service.json#/process: there is no process none',
      'bin-order/service.json#/variants/1/id: there is no process bin-order-before',
      'twin/service.json#/code: DUNK is taken by bin-order',
      'twin/service.json#/form: there is no form missing',
    ]);
    await write('twin/service.json', JSON.stringify({ ...dunk, statutory }));
    expect((await reasons()).join())
      .to.include('statutory/duration')
      .and.include('validFrom');
  });

  it('change nothing when a model is refused', async () => {
    await write('other/service.json', JSON.stringify({ ...dunk, code: 'OTHER', variants: [] }));
    const packages = await readPackages(root);
    const refused = new InvalidError('model_refused', 'no');
    const failure = await db
      .inTransaction((tx) =>
        loadPackages(tx, 'fjordvik', packages, {
          by: 'system',
          now,
          deploy: () => Promise.reject(refused),
        }),
      )
      .catch((error: unknown) => error);
    expect(failure).to.equal(refused);
    expect(await findService(db, 'fjordvik', 'OTHER')).to.equal(undefined);
  });
});
