import { expect } from 'chai';
import fc from 'fast-check';
import type { Db } from '../../src/db/database.js';
import { InvalidError } from '../../src/kernel/errors.js';
import { EndlessError, FailedWorkError, stageFor } from '../conformance/suite/stage.js';
import type { Mode } from '../conformance/suite/stage.js';
import { testDatabase } from '../helpers/database.js';
import { drive } from '../helpers/wild/drive.js';
import type { Story } from '../helpers/wild/drive.js';
import { holds } from '../helpers/wild/property.js';
import { runnable } from '../helpers/wild/runnable-model.js';
import type { Runnable } from '../helpers/wild/runnable-model.js';

const MINUTES = 60_000;

const played = fc.record({
  model: runnable,
  picks: fc.array(fc.nat(1000), { maxLength: 12, size: 'max' }),
});

describe('any model that is deployed can be run, whatever is done to it', function () {
  this.timeout(60 * MINUTES);
  let db: Db;
  let turn = 0;
  before(async () => {
    db = await testDatabase();
  });

  /** The story of a model on a stage of its own, or undefined when it is refused or has no end. */
  const tell = async (
    mode: Mode,
    { main, called }: Runnable,
    picks: readonly number[],
  ): Promise<Story | undefined> => {
    const stage = stageFor(mode, `${mode} ${++turn}`, [db, db]);
    const resources = [
      { name: 'main.bpmn', content: main },
      { name: 'called.bpmn', content: called },
    ];
    try {
      const request = { resources, by: 'owner' };
      await db.inTransaction((tx) => stage.engine().deploy(tx, stage.tenant, request));
      return await drive(stage, 'main', picks);
    } catch (error) {
      const isRefused = error instanceof InvalidError && error.code === 'model_refused';
      if (isRefused || error instanceof EndlessError || isOverrun(error)) return undefined;
      throw error;
    } finally {
      // Workers know no tenants: the next stage would do what is due here.
      await stage.clear();
    }
  };

  it('and runs alike from memory and from what is stored', async () => {
    await holds(played, 25, async ({ model, picks }) => {
      const straight = await tell('straight', model, picks);
      if (straight) expect(await tell('recovered', model, picks)).to.deep.equal(straight);
    });
  });
});

/** A called process whose first step has no end is undone, as that of any process is. */
function isOverrun(error: unknown): boolean {
  return error instanceof FailedWorkError && error.message.includes('without a wait');
}
