import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { messageIdFor } from '../../src/channels/message-id.js';
import { inconsistencies, leaves } from './audit.js';
import { CRASH_SERVICE } from './models.js';
import type { RunResult } from './result.js';
import { TENANT } from './set-up.js';
import { tokenFaults } from './token-flow.js';

/** The tests that hold after every run, whatever was done to the installation. */
export function itLostAndRepeatedNothing(result: () => RunResult): void {
  it('has every inquiry that was acknowledged, and each once', async () => {
    const { db, run } = result();
    const rows = await db.query<{ reference: string }>('SELECT reference FROM inquiry');
    const references = rows.map(({ reference }) => reference).sort();
    expect(references).to.deep.equal(run.cases.map(({ reference }) => reference).sort());
  });

  it('has completed every task whose completion was acknowledged', async () => {
    const { db, run } = result();
    const rows = await db.query<{ id: string }>(
      `SELECT id FROM user_task WHERE state = 'completed'`,
    );
    const done = new Set(rows.map(({ id }) => id));
    expect([...run.completed].filter((id) => !done.has(id))).to.deep.equal([]);
    expect(run.completed.size).to.be.greaterThan(run.cases.length);
  });

  it('has a database without contradictions, in which every case has ended', async () => {
    expect(await inconsistencies(result().db)).to.deep.equal([]);
  });

  it('moved every token as the models say', () => {
    const { instances, modelOf } = result();
    const faults = instances.flatMap((instance) =>
      tokenFaults(modelOf(instance), instance.passages).map(
        (fault) => `${instance.reference} ${instance.processId}: ${fault}`,
      ),
    );
    expect(faults).to.deep.equal([]);
  });

  it('lost no timer, and fired none twice', () => {
    const { instances, modelOf } = result();
    for (const instance of instances) {
      const isTimer = leaves(
        instance,
        modelOf(instance),
        ({ trigger }) => trigger?.kind === 'timer',
      );
      expect(instance.steps['timer-due'] ?? 0, `timers of ${instance.reference}`).to.equal(isTimer);
    }
    expectTimersOfLateCases(result());
  });

  it('did the work of every handler once', async () => {
    const breaches = await breachesByReference(result());
    for (const { reference, service } of result().run.cases) {
      expectEvents(result(), reference, service === CRASH_SERVICE ? 1 : 0, breaches.get(reference));
    }
  });

  it('sent every mail under one key, and no other', async () => {
    const { db, run, instances, workDone, workCutOff } = result();
    const recorded = await db.query<{ key: string }>(
      'SELECT idempotency_key AS key FROM inquiry_message',
    );
    const expected = new Set(recorded.map(({ key }) => `<${messageIdFor(TENANT, key)}>`));
    const sent = new Set(run.mails.map(({ mail }) => mail.messageId ?? ''));
    expect(
      [...expected].filter((id) => !sent.has(id)),
      'recorded, not sent',
    ).to.deep.equal([]);
    const telling = ['notify', 'remind'];
    expect(expected.size).to.equal(workDone(instances, telling));
    // A sender that died after the mail tries again, unless its process was terminated before.
    const unknown = run.mails.filter(({ mail }) => !expected.has(mail.messageId ?? ''));
    for (const { mail } of unknown) {
      const own = instances.filter(({ reference }) => mail.subject?.includes(reference));
      expect(workCutOff(own, telling), `sent and not recorded: ${mail.subject}`).to.be.at.least(1);
    }
  });
}

/** Nobody worked on these before every deadline had passed, so that each timer must have fired. */
function expectTimersOfLateCases({ run, instances }: RunResult): void {
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
      promise: of('crash-intake', 'g12_garanti'),
      chaser: of('crash-intake', 'g12_purring'),
      retention: of('crash-intake', 'g12_oppbevar'),
    };
    const once = { late: 1, consent: 1, wait: 1, promise: 1, chaser: 1, retention: 1 };
    expect(told, reference).to.deep.equal({ ...once, rounds: 3 });
  }
}

async function breachesByReference({ db }: RunResult): Promise<Map<string, number>> {
  const rows = await db.query<{ reference: string; count: number }>(
    `SELECT reference, count(b.id)::int AS count FROM inquiry i LEFT JOIN breach b
     ON b.tenant_id = i.tenant_id AND b.inquiry_id = i.id GROUP BY 1`,
  );
  return new Map(rows.map(({ reference, count }) => [reference, count]));
}

function expectEvents(
  { run, events, instances, workDone }: RunResult,
  reference: string,
  archived: number,
  breaches: number | undefined,
): void {
  const own = instances.filter((one) => one.reference === reference);
  const count = (...types: string[]) => workDone(own, types);
  const told = events.get(reference)!;
  expect(told['inquiry.registered'], reference).to.equal(1);
  expect(told['inquiry.routed'], reference).to.equal(count('route')).and.equal(1);
  expect(told['inquiry.closed'], reference).to.equal(count('close')).and.equal(1);
  expect(told['inquiry.deidentified'], reference).to.equal(1);
  expect(told['inquiry.escalated'] ?? 0, reference).to.equal(count('escalate'));
  expect(breaches, reference).to.equal(count('escalate'));
  expect(told['inquiry.notified'], reference).to.equal(count('notify', 'remind'));
  expect(told['inquiry.archived'] ?? 0, reference).to.equal(archived);
  const folder = join(run.env['DATA_DIR']!, 'archive', TENANT, reference);
  expect(existsSync(join(folder, 'manifest.json')), folder).to.equal(archived === 1);
}

/** Says on the terminal what a run was like, so that it can be repeated and judged. */
export function tellRun({
  seed,
  kills,
  talk,
  cases,
  mails,
  complaints,
  seconds,
}: RunResult['run']): void {
  const keys = new Set(mails.map(({ mail }) => mail.messageId)).size;
  const unsure = cases.filter(({ acknowledged }) => !acknowledged).length;
  const unavailable = [...talk.unavailable].map(([code, times]) => `${times} × ${code}`);
  console.log(
    [
      `seed ${seed}, ${seconds.setUp} s to set up, ${seconds.load} s of load, ${seconds.ending} s to the end`,
      `${kills.serving} nodes killed while they served, ${kills.starting} while they started`,
      `${cases.length} cases, ${unsure} of them registered by a request whose answer was lost`,
      `${talk.answered} answers, ${talk.lost} lost, ${talk.conflicts} conflicts ${unavailable.join(', ')}`,
      `${keys} mails, ${mails.length - keys} sent again under the same key`,
      ...complaints.map((line) => `log: ${line}`),
    ]
      .map((line) => `    ${line}`)
      .join('\n'),
  );
}
