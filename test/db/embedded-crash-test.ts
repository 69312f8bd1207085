import { join } from 'node:path';
import { expect } from 'chai';
import { migrations } from '../../migrations/index.js';
import { openDatabase } from '../../src/db/database.js';
import { ConflictError } from '../../src/kernel/errors.js';
import { describeWith } from '../helpers/needs.js';
import { runChild } from '../helpers/run-child.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

const ROUNDS = 5;
const WRITER = new URL('../helpers/embedded-writer.ts', import.meta.url);

describeWith('embedded', 'the embedded database in a folder', function () {
  this.timeout(240_000);
  const dataDir = join(temporaryFolder(), 'data');

  it(`keeps every acknowledged transaction whole when its process is killed ${ROUNDS} times`, async () => {
    for (let round = 1; round <= ROUNDS; round++) {
      const writer = runChild(WRITER, dataDir, String(round));
      await writer.hasWritten(20 + Math.floor(Math.random() * 100));
      await writer.kill();
      const acknowledged = Number(writer.lines.at(-1));

      const db = await openDatabase({ migrations, dataDir });
      const [total] = await db.query<{ count: number }>(
        'SELECT count FROM total WHERE round = $1',
        [round],
      );
      const entries = await db.query(
        `SELECT number, count(*)::integer AS parts FROM entry WHERE round = $1
         GROUP BY number ORDER BY number`,
        [round],
      );
      await db.close();

      // One more may have been committed and not yet told.
      expect(total!.count).to.be.within(acknowledged, acknowledged + 1);
      const whole = Array.from({ length: total!.count }, (_, i) => ({ number: i + 1, parts: 3 }));
      expect(entries).to.deep.equal(whole);
    }
  });

  it('refuses a second process with a clear sentence, until the first is gone', async () => {
    const first = runChild(WRITER, dataDir, '0', 'open');
    await first.hasWritten(1);
    const error = await openDatabase({ migrations, dataDir }).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(ConflictError).with.property('code', 'data_folder_in_use');
    expect(String(error)).to.include(join(dataDir, 'database')).and.include('another process');
    await first.kill();

    const db = await openDatabase({ migrations, dataDir });
    const late = runChild(WRITER, dataDir, '0', 'open');
    expect(await late.ended).to.include('is in use by another process');
    const [row] = await db.query('SELECT count(*)::integer AS rounds FROM total');
    expect(row).to.deep.equal({ rounds: ROUNDS });
    await db.close();
  });
});
