import { expect } from 'chai';
import type { Db } from '../../src/db/database.js';
import type { InvalidError } from '../../src/kernel/errors.js';
import { testDatabase } from '../helpers/database.js';
import { engineBench } from '../helpers/engine.js';
import type { EngineBench } from '../helpers/engine.js';
import { HOSTILE, HARMLESS } from '../helpers/wild/hostile-files.js';
import { judge } from '../helpers/wild/judge.js';
import { mutated } from '../helpers/wild/mutations.js';
import { holds } from '../helpers/wild/property.js';
import { seedFiles } from '../helpers/wild/seeds.js';
import { wildModel } from '../helpers/wild/wild-model.js';

const MINUTES = 60_000;

describe('any file in the world is deployed, or refused with reasons', function () {
  this.timeout(60 * MINUTES);
  let db: Db;
  let bench: EngineBench;
  before(async () => {
    db = await testDatabase();
    bench = engineBench(db);
  });

  const deploy = (name: string, content: string): Promise<InvalidError | undefined> =>
    judge({ name, content }, () => bench.deploy([name, content]));

  it('whatever elements of BPMN lie in each other', () =>
    holds(wildModel, 60, async (xml) => {
      await deploy('wild.bpmn', xml);
    }));

  for (const [extension, runs] of [
    ['.bpmn', 120],
    ['.dmn', 60],
    ['.form', 60],
  ] as const) {
    it(`whatever is changed in a ${extension} file that was in order`, () =>
      holds(mutated(seedFiles(extension)), runs, async ({ name, content }) => {
        await deploy(name, content);
      }));
  }

  for (const [what, content] of Object.entries(HOSTILE)) {
    it(`refuses ${what}`, async () => {
      const refusal = await deploy('hostile.bpmn', content);
      expect(refusal).to.be.an('error');
    });
  }

  for (const [what, content] of Object.entries(HARMLESS)) {
    it(`takes ${what}`, async () => {
      const refusal = await deploy('harmless.bpmn', content);
      expect(refusal?.details).to.equal(undefined);
    });
  }

  it('refuses hostile BPMN also where a decision or a form should be', async () => {
    for (const content of Object.values(HOSTILE)) {
      expect(await deploy('hostile.dmn', content)).to.be.an('error');
      expect(await deploy('hostile.form', content)).to.be.an('error');
    }
  });

  it('refuses a file name that cannot be stored', async () => {
    for (const name of ['a\u0000.bpmn', '\ud800.bpmn', `${'x'.repeat(300)}.bpmn`, '.bpmn20.xml']) {
      const error = await bench.deploy([name, '']).catch((reason: unknown) => reason);
      expect(error).to.include({ code: 'model_refused' });
    }
  });
});
