/**
 * Opens the embedded database in a folder and writes until it is killed: three rows and a sum in
 * each transaction, and then the number of the transaction on standard output.
 *
 * usage: node --import tsx test/helpers/embedded-writer.ts FOLDER ROUND [open]
 * With `open` it writes `open` only, and keeps the folder.
 */
import { migrations } from '../../migrations/index.js';
import { openDatabase } from '../../src/db/database.js';
import { AppError } from '../../src/kernel/errors.js';

const [dataDir = '', round = '', mode] = process.argv.slice(2);

try {
  const db = await openDatabase({ migrations, dataDir });
  if (mode === 'open') {
    console.log('open');
    setInterval(() => {}, 60_000);
  } else {
    await db.query(
      'CREATE TABLE IF NOT EXISTS entry (round integer, number integer, part integer)',
    );
    await db.query('CREATE TABLE IF NOT EXISTS total (round integer PRIMARY KEY, count integer)');
    await db.query('INSERT INTO total VALUES ($1, 0)', [round]);
    for (let number = 1; ; number++) {
      await db.inTransaction(async (tx) => {
        for (const part of [1, 2, 3]) {
          await tx.query('INSERT INTO entry VALUES ($1, $2, $3)', [round, number, part]);
        }
        await tx.query('UPDATE total SET count = count + 1 WHERE round = $1', [round]);
      });
      console.log(number);
    }
  }
} catch (error) {
  console.error(error instanceof AppError ? error.message : error);
  process.exit(1);
}
