import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { migrations } from '../../migrations/index.js';
import { messageIdFor } from '../../src/channels/message-id.js';
import type { Db } from '../../src/db/database.js';
import { openDatabase } from '../../src/db/database.js';
import { ProcessEngine } from '../../src/engine/engine.js';
import type { ProcessModel } from '../../src/engine/model/process-model.js';
import { systemClock } from '../../src/kernel/clock.js';
import { createLogger } from '../../src/kernel/log.js';
import { createServerDatabase, testServerUrl } from '../helpers/database.js';
import type { EndedInstance } from './audit.js';
import { inconsistencies, leaves, readEventCounts, readInstances } from './audit.js';
import { CRASH_SERVICE } from './models.js';
import type { CrashRun } from './run.js';
import { runCrash } from './run.js';
import { tokenFaults } from './token-flow.js';

const rounds = Number(process.env['CRASH_ROUNDS'] ?? 8);
const seed = Number(process.env['CRASH_SEED'] ?? Date.now() % 1_000_000);
const TENANT = 'fjordvik';
const where = testServerUrl === undefined ? 'a server' : 'two nodes on PostgreSQL';
const MINUTE_MS = 60_000;

describe(`${where} killed ${rounds} times under load (CRASH_SEED=${seed})`, function () {
  this.timeout(14 * MINUTE_MS);
  let run: CrashRun;
  let db: Db;
  let instances: EndedInstance[];
  let events: Map<string, Record<string, number>>;
  let dropDatabase = async (): Promise<void> => {};
  const models = new Map<string, ProcessModel>();
  const modelOf = ({ definitionId }: EndedInstance) => models.get(definitionId)!;

  before('serve, load, kill and let everything end', async () => {
    const created =
      testServerUrl === undefined ? undefined : await createServerDatabase(testServerUrl);
    dropDatabase = created?.drop ?? dropDatabase;
    const nodes = created ? 2 : 1;
    run = await runCrash({ databaseUrl: created?.url, nodes, rounds, seed });
    tell(run);
    db = await openDatabase({
      migrations,
      databaseUrl: created?.url,
      dataDir: run.env['DATA_DIR'],
    });
    instances = await readInstances(db);
    events = await readEventCounts(db);
    await readModels();
  });

  after(async () => {
    await db?.close();
    await dropDatabase();
  });

  async function readModels(): Promise<void> {
    const log = createLogger({ level: 'silent' });
    const engine = new ProcessEngine({ clock: systemClock, newId: () => '0', handlers: [], log });
    for (const { definitionId } of instances) {
      if (models.has(definitionId)) continue;
      models.set(definitionId, await engine.model(db, TENANT, definitionId));
    }
  }

  it('served on after every crash, and stopped in good order when it was told to', () => {
    expect(
      run.exitCodes.every((code) => code === 0),
      String(run.exitCodes),
    ).to.equal(true);
    expect(run.kills.serving + run.kills.starting).to.be.at.least(rounds);
  });

  it('has every inquiry that was acknowledged, and each once', async () => {
    const rows = await db.query<{ reference: string }>('SELECT reference FROM inquiry');
    const references = rows.map(({ reference }) => reference).sort();
    expect(references).to.deep.equal(run.cases.map(({ reference }) => reference).sort());
  });

  it('has completed every task whose completion was acknowledged', async () => {
    const rows = await db.query<{ id: string }>(
      `SELECT id FROM user_task WHERE state = 'completed'`,
    );
    const done = new Set(rows.map(({ id }) => id));
    expect([...run.completed].filter((id) => !done.has(id))).to.deep.equal([]);
    expect(run.completed.size).to.be.greaterThan(run.cases.length);
  });

  it('has a database without contradictions', async () => {
    expect(await inconsistencies(db)).to.deep.equal([]);
  });

  it('moved every token as the models say', () => {
    const faults = instances.flatMap((instance) =>
      tokenFaults(modelOf(instance), instance.passages).map(
        (fault) => `${instance.reference} ${instance.processId}: ${fault}`,
      ),
    );
    expect(faults).to.deep.equal([]);
  });

  it('fired every timer once', () => {
    for (const instance of instances) {
      const fired = leaves(instance, modelOf(instance), ({ trigger }) => trigger?.kind === 'timer');
      expect(instance.steps['timer-due'] ?? 0, `timers of ${instance.reference}`).to.equal(fired);
    }
    const late = run.cases.filter(({ service, late }) => late && service === CRASH_SERVICE);
    const passed = new Map(instances.map((one) => [`${one.reference} ${one.processId}`, one]));
    for (const { reference } of late) {
      const of = (process: string, id: string) =>
        passed.get(`${reference} ${process}`)?.passages.get(id)?.leave;
      const told = {
        late: of('crash-work', 'late'),
        rounds: of('crash-work', 'every_second'),
        consent: of('crash-work', 'no_consent'),
        wait: of('crash-part', 'wait'),
        promise: of('inquiry-after-2', 'g12_garanti'),
        chaser: of('inquiry-after-2', 'g12_purring'),
        retention: of('inquiry-after-2', 'g12_oppbevar'),
      };
      const once = { late: 1, consent: 1, wait: 1, promise: 1, chaser: 1, retention: 1 };
      expect(told, reference).to.deep.equal({ ...once, rounds: 3 });
    }
  });

  it('did the work of every handler once', async () => {
    const breaches = await db.query<{ reference: string; count: number }>(
      `SELECT reference, count(b.id)::int AS count FROM inquiry i LEFT JOIN breach b
       ON b.tenant_id = i.tenant_id AND b.inquiry_id = i.id GROUP BY 1`,
    );
    const breachesOf = new Map(breaches.map(({ reference, count }) => [reference, count]));
    for (const { reference, service } of run.cases) {
      const own = instances.filter((one) => one.reference === reference);
      const count = (...types: string[]) => workDone(own, types);
      const told = events.get(reference)!;
      const archived = service === CRASH_SERVICE ? 1 : 0;
      expect(told['inquiry.registered'], reference).to.equal(1);
      expect(told['inquiry.routed'], reference).to.equal(count('route')).and.equal(1);
      expect(told['inquiry.closed'], reference).to.equal(count('close')).and.equal(1);
      expect(told['inquiry.deidentified'], reference).to.equal(1);
      expect(told['inquiry.escalated'] ?? 0, reference).to.equal(count('escalate'));
      expect(breachesOf.get(reference), reference).to.equal(count('escalate'));
      expect(told['inquiry.notified'], reference).to.equal(count('notify', 'remind'));
      expect(told['inquiry.archived'] ?? 0, reference).to.equal(archived);
      const folder = join(run.env['DATA_DIR']!, 'archive', TENANT, reference);
      expect(existsSync(join(folder, 'manifest.json')), folder).to.equal(archived === 1);
    }
  });

  it('sent every mail under one key, and no other', async () => {
    const recorded = await db.query<{ key: string }>(
      'SELECT idempotency_key AS key FROM inquiry_message',
    );
    const expected = new Set(recorded.map(({ key }) => `<${messageIdFor(TENANT, key)}>`));
    const sent = new Set(run.mails.map(({ mail }) => mail.messageId ?? ''));
    expect(
      [...sent].filter((id) => !expected.has(id)),
      'sent and not recorded',
    ).to.deep.equal([]);
    expect(
      [...expected].filter((id) => !sent.has(id)),
      'recorded, not sent',
    ).to.deep.equal([]);
    expect(sent.size).to.equal(workDone(instances, ['notify', 'remind']));
  });

  /** How often service tasks of these types were done, each of a repeated one counted. */
  function workDone(own: readonly EndedInstance[], types: readonly string[]): number {
    const repeated = (instance: EndedInstance, times: boolean) =>
      leaves(instance, modelOf(instance), ({ job, loop }) => {
        return job !== null && types.includes(job.type) && (loop !== null) === times;
      });
    // Every repeated one here has three executions.
    return own.reduce((sum, one) => sum + repeated(one, false) + 3 * repeated(one, true), 0);
  }
});

function tell({ kills, talk, cases, mails, complaints, seconds }: CrashRun): void {
  const keys = new Set(mails.map(({ mail }) => mail.messageId)).size;
  const unsure = cases.filter(({ acknowledged }) => !acknowledged).length;
  console.log(
    [
      `seed ${seed}, ${JSON.stringify(seconds)} seconds`,
      `${kills.serving} nodes killed while they served, ${kills.starting} while they started`,
      `${cases.length} cases, ${unsure} of them registered by a request whose answer was lost`,
      `${talk.answered} answers, ${talk.lost} lost, ${talk.conflicts} conflicts, ${talk.unavailable} × 503`,
      `${keys} mails, ${mails.length - keys} sent again under the same key`,
      ...complaints.map((line) => `log: ${line}`),
    ]
      .map((line) => `    ${line}`)
      .join('\n'),
  );
}
