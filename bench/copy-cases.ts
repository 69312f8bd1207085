import type { Db } from '../src/db/database.js';

/** The tables that hold a waiting case's rows, with the columns that are ids of its own. */
const TABLES: Readonly<Record<string, readonly string[]>> = {
  process_instance: ['id', 'root_id'],
  user_task: ['id', 'instance_id'],
  job: ['id', 'instance_id'],
  step_log: ['instance_id'],
};

/** More than the ids of an hour of starts span, so that no two copies meet. */
const SHIFT = 2n ** 44n;

/**
 * Copies waiting cases in the database until there are `wanted`, each with ids of its own. They take
 * the same room as started ones; nobody can complete them.
 */
export async function copyCases(db: Db, started: number, wanted: number): Promise<void> {
  const { id: last } = await newest(db);
  for (let round = 1n, count = started; count < wanted; round += 1n) {
    const take = Math.min(started, wanted - count);
    for (const [table, own] of Object.entries(TABLES)) {
      await db.query(await copySql(db, table, own), [String(-SHIFT * round), take, last]);
    }
    count += take;
  }
}

async function newest(db: Db): Promise<{ id: string }> {
  const [row] = await db.query<{ id: string }>('SELECT max(id) AS id FROM process_instance');
  if (!row) throw new Error('there is no case to copy');
  return row;
}

async function copySql(db: Db, table: string, own: readonly string[]): Promise<string> {
  const columns = await db.query<{ name: string }>(
    `SELECT column_name AS name FROM information_schema.columns WHERE table_name = $1
     ORDER BY ordinal_position`,
    [table],
  );
  const names = columns.map(({ name }) => name);
  const values = names.map((name) => (own.includes(name) ? `${name} + $1::bigint` : name));
  const instance = table === 'process_instance' ? 'id' : 'instance_id';
  return `INSERT INTO ${table} (${names.join(', ')}) SELECT ${values.join(', ')} FROM ${table}
    WHERE ${instance} IN (SELECT id FROM process_instance WHERE id <= $3 AND id > $3 - ${SHIFT}
      ORDER BY id LIMIT $2)`;
}
