import { expect } from 'chai';
import { createServerDatabase, testServerUrl } from '../helpers/database.js';
import { itLostAndRepeatedNothing, tellRun } from './expectations.js';
import type { RunResult } from './result.js';
import { readResult } from './result.js';
import { runLoad } from './run.js';

const rounds = Number(process.env['CRASH_ROUNDS'] ?? 8);
const seed = Number(process.env['CRASH_SEED'] ?? Date.now() % 1_000_000);
const what = testServerUrl === undefined ? 'a server' : 'two nodes on PostgreSQL';
const MINUTE_MS = 60_000;

describe(`${what}, killed ${rounds} times under load (CRASH_SEED=${seed})`, function () {
  this.timeout(20 * MINUTE_MS);
  let result: RunResult;
  let dropDatabase = async (): Promise<void> => {};

  before('serve, load, kill and let everything end', async () => {
    const created = testServerUrl && (await createServerDatabase(testServerUrl));
    if (created) dropDatabase = created.drop;
    const run = await runLoad({
      databaseUrl: created ? created.url : undefined,
      nodes: created ? 2 : 1,
      disturb: (cluster) => cluster.killRound(),
      rounds,
      seed,
    });
    tellRun(run);
    result = await readResult(run);
  });

  after(async () => {
    await result?.db.close();
    await dropDatabase();
  });

  it('serves on after every crash, and stops in good order when it is told to', () => {
    const { kills, exitCodes } = result.run;
    expect(kills.serving + kills.starting).to.be.at.least(rounds);
    expect(
      exitCodes.every((code) => code === 0),
      String(exitCodes),
    ).to.equal(true);
  });

  itLostAndRepeatedNothing(() => result);
});
