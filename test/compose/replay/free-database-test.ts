import { expect } from 'chai';
import { requireFreeDatabase } from '../../../src/compose/replay/free-database.js';
import type { Db } from '../../../src/db/database.js';
import { ConflictError } from '../../../src/kernel/errors.js';
import { emptyTables, secondNodeDatabase, testDatabase } from '../../helpers/database.js';
import { itWith } from '../../helpers/needs.js';

const until = new Date('2024-05-01T00:00:00Z');

describe('A database for a replay', () => {
  let db: Db;

  beforeEach(async () => {
    db = await testDatabase();
    // Another test of this run may have opened a second node.
    await leaseOthers('0 s');
  });
  afterEach(() => leaseOthers('5 min'));

  const leaseOthers = (interval: string) =>
    db.query(
      `UPDATE node SET lease_until = now() + $2::interval
       WHERE number <> $1 AND owner IS NOT NULL`,
      [db.node, interval],
    );

  const refusal = async (tenant = 'replay'): Promise<string | undefined> => {
    try {
      await requireFreeDatabase(db, { tenant, until });
    } catch (error) {
      expect(error).to.be.instanceOf(ConflictError);
      return (error as ConflictError).code;
    }
    return undefined;
  };

  it('is one where nothing is', async () => {
    expect(await refusal()).to.equal(undefined);
  });

  it('does not take the place of a demo municipality, or of one that has cases', async () => {
    expect(await refusal('bispevik')).to.equal('tenant_taken');
    await db.query(
      `INSERT INTO inquiry (tenant_id, id, reference, service_code, channel, own_words, identified,
         status, priority, received_at, registered_at, registered_by, expected_by, changed_at, answers)
       VALUES ('replay', 1, '24-0000-0000', 'BYGGMOTTAK', 'form', true, false, 'received', 50, now(),
         now(), 'replay', now(), now(), '{}')`,
    );
    expect(await refusal('replay')).to.equal('tenant_taken');
    expect(await refusal('other')).to.equal(undefined);
  });

  it('has no work of others that falls due before the log ends', async () => {
    const insert = (id: number, availableAt: Date, retries: number) =>
      db.query(
        `INSERT INTO job (tenant_id, id, kind, type, payload, available_at, retries, created_at)
         VALUES ('fjordvik', $1, 'timer', 'timer', '{}', $2, $3, now())`,
        [id, availableAt, retries],
      );
    await insert(1, new Date(until.getTime() + 1), 3);
    await insert(2, until, 0);
    expect(await refusal()).to.equal(undefined);
    await insert(3, until, 3);
    expect(await refusal()).to.equal('work_of_others');
    expect(await refusal('fjordvik')).to.equal('tenant_taken');
    await emptyTables(db);
  });

  itWith('postgres', 'has no other node at work on it', async () => {
    const second = await secondNodeDatabase();
    expect(second.node).to.not.equal(db.node);
    await leaseOthers('5 min');
    expect(await refusal()).to.equal('nodes_at_work');
  });
});
