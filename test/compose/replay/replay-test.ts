import { expect } from 'chai';
import { countDeviations } from '../../../src/compose/replay/report.js';
import type { Db } from '../../../src/db/database.js';
import { countBreaches } from '../../../src/inquiries/breaches.js';
import { testDatabase } from '../../helpers/database.js';
import { describeWith } from '../../helpers/needs.js';
import { REAL_LOG, SAMPLE_LOG } from '../../helpers/replay.js';
import { TENANT, completions, courses, replayFile } from './replayed.js';
import type { Replayed } from './replayed.js';

const minutes = (count: number) => count * 60_000;

/** How many deviations there are for each reason. */
function reasonsOf({ report }: Replayed): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { reason, count } of countDeviations(report?.deviations ?? [])) {
    counts[reason] = (counts[reason] ?? 0) + count;
  }
  return counts;
}

/** What must hold of any replay, whatever its log says. */
function itHappenedAsRecorded(look: () => { db: Db; replayed: Replayed }): void {
  it('took every case in on its channel and closed it, each at its own time', async () => {
    const { db, replayed } = look();
    const { recorded, ran } = await courses(db, replayed);
    expect(ran).to.deep.equal(recorded);
  });

  it('had every task done by whom the log names, when the log says', async () => {
    const { db, replayed } = look();
    const { recorded, done } = await completions(db, replayed);
    expect(done).to.deep.equal(recorded);
  });

  it('missed each deadline at its very moment, as the list of breaches has it too', async () => {
    const { db, replayed } = look();
    const late = await db.query(
      `SELECT b.id FROM breach b JOIN inquiry i ON i.tenant_id = b.tenant_id AND i.id = b.inquiry_id
       WHERE b.at <> i.expected_by OR b.due_at <> i.expected_by OR b.unit_code <> 'BYGG'`,
    );
    expect(late).to.deep.equal([]);
    const { report, plan } = replayed;
    expect(await countBreaches(db, TENANT, {}, plan.until)).to.deep.equal({
      open: report?.openLate,
      closedLate: report?.closedLate,
      escalated: report?.escalations,
    });
  });

  it('left nothing due, and nothing anywhere else', async () => {
    const { db, replayed } = look();
    const due = 'SELECT id FROM job WHERE available_at <= $1';
    expect(await db.query(due, [replayed.plan.until])).to.deep.equal([]);
    const tables = ['inquiry', 'process_instance', 'unit', 'service', 'user_task', 'event'];
    for (const table of tables) {
      const found = await db.query<{ tenants: string[] }>(
        `SELECT array_agg(DISTINCT tenant_id) AS tenants FROM ${table}`,
      );
      expect(found[0]?.tenants, table).to.deep.equal([TENANT]);
    }
    expect(await db.query('SELECT id FROM inquiry_message')).to.deep.equal([]);
  });
}

describe('A replay of the sample', function () {
  this.timeout(minutes(3));
  let db: Db;
  let replayed: Replayed;

  before(async () => {
    db = await testDatabase();
    replayed = await replayFile(db, SAMPLE_LOG);
  });

  it('comes to figures that are known beforehand', () => {
    const { deviations, ...figures } = replayed.report!;
    expect(figures).to.deep.equal({
      cases: 28,
      activities: 171,
      tasks: 158,
      escalations: 8,
      closed: 23,
      closedLate: 5,
      stillOpen: 5,
      openLate: 3,
      incidents: 0,
      conforming: 20,
    });
    expect(deviations).to.have.length(13);
    expect(reasonsOf(replayed)).to.deep.equal({
      afterClosing: 5,
      notOffered: 5,
      beforeArrival: 2,
      unknownActivity: 1,
    });
  });

  itHappenedAsRecorded(() => ({ db, replayed }));

  it('tells how far it has come', () => {
    const { progress, plan } = replayed;
    expect(progress).to.have.length(plan.moments.length);
    expect(progress.at(0)).to.deep.equal({ done: 0, cases: 28, at: plan.from });
    expect(progress.at(-1)).to.deep.equal({ done: 28, cases: 28, at: plan.until });
  });
});

describe('A replay that is stopped', function () {
  this.timeout(minutes(1));

  it('ends between two moments, with what has happened whole', async () => {
    const db = await testDatabase();
    const stop = new AbortController();
    let moments = 0;
    const replayed = await replayFile(db, SAMPLE_LOG, {
      signal: stop.signal,
      onProgress: () => {
        moments += 1;
        if (moments === 10) stop.abort();
      },
    });
    expect(replayed.report).to.equal(undefined);
    expect(replayed.progress).to.have.length(10);
    const arrivals = replayed.plan.moments.slice(0, 10).filter(({ kind }) => kind === 'arrival');
    expect(await db.query('SELECT id FROM inquiry')).to.have.length(arrivals.length);
  });
});

describeWith({ dataFile: REAL_LOG }, "A replay of a real municipality's log", function () {
  this.timeout(minutes(30));
  let db: Db;
  let replayed: Replayed;

  before(async () => {
    db = await testDatabase();
    replayed = await replayFile(db, REAL_LOG);
  });

  it('comes to the numbers that are in the log', () => {
    const { deviations, ...figures } = replayed.report!;
    expect(figures).to.deep.equal({
      cases: 698,
      activities: 4114,
      tasks: 4024,
      escalations: 212,
      closed: 646,
      closedLate: 195,
      stillOpen: 52,
      openLate: 17,
      incidents: 0,
      conforming: 626,
    });
    expect(deviations).to.have.length(90);
    expect(reasonsOf(replayed)).to.deep.equal({
      afterClosing: 82,
      beforeArrival: 6,
      notOffered: 2,
    });
  });

  itHappenedAsRecorded(() => ({ db, replayed }));
});
