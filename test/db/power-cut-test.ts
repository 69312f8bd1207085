import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { expect } from 'chai';
import { openDataFolder } from '../../src/db/data-folder.js';
import { describeWith } from '../helpers/needs.js';
import type { DiskState } from '../helpers/power-cut-disk.js';
import { PowerCutDisk, restore } from '../helpers/power-cut-disk.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

interface Cut {
  state: DiskState;
  /** How many entries had been acknowledged when the power went. */
  acknowledged: number;
}

describeWith('embedded', 'power cut', function () {
  this.timeout(240_000);
  if (process.platform !== 'linux') return; // what was synced is read from /proc
  const place = temporaryFolder();

  async function write(
    database: PGlite,
    from: number,
    to: number,
    acknowledge = (_: number) => {},
  ) {
    for (let number = from; number <= to; number++) {
      await database.query('INSERT INTO entry VALUES ($1, $2)', [number, 'x'.repeat(2_000)]);
      acknowledge(number);
    }
  }

  /** Opens what the disk held, and returns the numbers found there. */
  async function afterCut(name: string, root: string, state: DiskState): Promise<number[]> {
    const copy = join(place, name);
    restore(state, root, copy);
    const database = await openDataFolder(join(copy, 'database'));
    const { rows } = await database.query<{ number: number }>(
      'SELECT number FROM entry ORDER BY number',
    );
    const { rows: indexed } = await database.query<{ count: number }>(
      'SELECT count(*)::integer AS count FROM entry WHERE number > 0',
    );
    await database.close();
    rmSync(copy, { recursive: true });
    expect(indexed[0]!.count).to.equal(rows.length);
    return rows.map(({ number }) => number);
  }

  it('takes no acknowledged write away, whichever sync it follows', async () => {
    const cuts: Cut[] = [];
    let acknowledged = 0;
    let syncs = 0;
    let writing = false;
    const disk = new PowerCutDisk((state) => {
      // Some in single commits, some in the middle of a checkpoint, some after a new WAL file.
      if (writing && ++syncs % 41 === 0) cuts.push({ state: new Map(state), acknowledged });
    });
    const root = join(place, 'synced');
    mkdirSync(root);
    const database = await openDataFolder(join(root, 'database'), disk.files);
    await database.exec('CREATE TABLE entry (number integer PRIMARY KEY, text text)');
    writing = true;
    const acknowledge = (number: number) => {
      acknowledged = number;
    };
    await write(database, 1, 30, acknowledge);
    await database.exec('CHECKPOINT');
    await write(database, 31, 45, acknowledge);
    await database.exec('SELECT pg_switch_wal()');
    await write(database, 46, 60, acknowledge);
    await database.exec('VACUUM');
    await database.exec('CHECKPOINT');
    await write(database, 61, 70, acknowledge);
    cuts.push({ state: disk.state, acknowledged });
    await database.close();

    expect(cuts.length).to.be.greaterThan(2);
    for (const [index, cut] of cuts.entries()) {
      const found = await afterCut(`cut-${index}`, root, cut.state);
      // One commit may have been synced and not yet acknowledged.
      expect(found.length).to.be.within(cut.acknowledged, cut.acknowledged + 1);
      expect(found).to.deep.equal(found.map((_, i) => i + 1));
    }
  });

  it('would take them away if commits were not synced: this test can fail', async () => {
    const disk = new PowerCutDisk();
    const root = join(place, 'unsynced');
    mkdirSync(root);
    const database = await openDataFolder(join(root, 'database'), disk.files);
    await database.exec('CREATE TABLE entry (number integer PRIMARY KEY, text text)');
    await write(database, 1, 5);
    disk.ignoring = true;
    await write(database, 6, 20);
    const { state } = disk;
    await database.close();
    expect(await afterCut('lost', root, state)).to.deep.equal([1, 2, 3, 4, 5]);
  });
});
