import type { Db } from '../../src/db/database.js';
import type { Tx } from '../../src/db/tx.js';
import { decodeDocument, encodeDocument } from '../../src/engine/live/instance-document.js';
import type { InstanceDocument } from '../../src/engine/live/instance-document.js';
import type { Id } from '../../src/kernel/ids.js';
import { TENANT } from '../durable-cases.js';

/** Units of a municipality, whose tasks the copies are. */
export const UNITS = [
  ...['SERV', 'VEI', 'VAR', 'PLAN', 'BYGG', 'HELSE', 'OMS', 'SKOLE', 'BHG', 'KULT'],
  ...['NAV', 'MILJ', 'EIEND', 'BRANN', 'LANDB'],
] as const;

/** A unit that few tasks ever come to. */
export const SMALL_UNIT = 'ARKIV';
const SMALL_UNIT_EVERY = 25_000;

const BATCH = 2000;

/** Makes copies of one case that waits at its task, and keeps what must differ. */
export interface Copier {
  /** Adds so many. Each can be moved like one that was started: its state names its own rows. */
  copy(count: number): Promise<void>;
}

/** @param instanceId a case really started, at rest at one task with one timer */
export async function createCopier(db: Db, newId: () => Id, instanceId: Id): Promise<Copier> {
  const [row] = await db.query<{ state: Buffer }>(
    'SELECT state FROM process_instance WHERE tenant_id = $1 AND id = $2',
    [TENANT, instanceId],
  );
  if (!row) throw new Error('the case to copy is not there');
  const document = decodeDocument(row.state);
  const statements = await Promise.all(
    Object.keys(OWN).map((table) => copyStatement(db, table as Table)),
  );
  let copied = 0;
  const insert = (copies: readonly Copy[]): Promise<void> =>
    db.inTransaction(async (tx) => {
      const lists = [
        copies.map(({ instance }) => instance),
        copies.map(({ task }) => task),
        copies.map(({ timer }) => timer),
        copies.map(({ stamp }) => stamp),
        copies.map(({ state }) => state),
        copies.map(({ unit }) => unit),
      ];
      for (const sql of statements) await tx.query(sql, [TENANT, instanceId, ...lists]);
    });
  return {
    copy: async (count) => {
      // The next batch is made while the server writes the last one.
      let writing = Promise.resolve();
      for (let left = count; left > 0; left -= BATCH) {
        const copies = Array.from({ length: Math.min(BATCH, left) }, () =>
          makeCopy(document, newId, (copied += 1)),
        );
        await writing;
        writing = insert(copies);
        writing.catch(() => {});
      }
      await writing;
    },
  };
}

interface Copy {
  instance: Id;
  task: Id;
  timer: Id;
  stamp: Id;
  state: Buffer;
  unit: string;
}

function makeCopy(document: InstanceDocument, newId: () => Id, number: number): Copy {
  const [instance, task, timer, stamp] = [newId(), newId(), newId(), newId()];
  for (const wait of Object.values(document.waits)) {
    if (wait.kind === 'task') wait.key = task;
    if (wait.kind === 'timer') wait.key = timer;
  }
  const unit =
    number % SMALL_UNIT_EVERY === 0 ? SMALL_UNIT : (UNITS[number % UNITS.length] ?? SMALL_UNIT);
  return { instance, task, timer, stamp, state: encodeDocument(document), unit };
}

/** What a copy has of its own, by table and column; the rest is the original's. */
const OWN = {
  process_instance: {
    id: 'c.instance',
    root_id: 'c.instance',
    stamp: 'c.stamp',
    state: 'c.state',
  },
  user_task: {
    id: 'c.task',
    instance_id: 'c.instance',
    candidate_groups: 'ARRAY[c.unit]',
  },
  // Due from tomorrow on, over three days.
  job: {
    id: 'c.timer',
    instance_id: 'c.instance',
    available_at: `now() + interval '1 day' + random() * interval '3 days'`,
  },
  step_log: { instance_id: 'c.instance' },
} as const satisfies Record<string, Record<string, string>>;

type Table = keyof typeof OWN;

async function copyStatement(db: Db, table: Table): Promise<string> {
  const columns = await db.query<{ name: string }>(
    `SELECT column_name AS name FROM information_schema.columns WHERE table_name = $1
     ORDER BY ordinal_position`,
    [table],
  );
  const own: Partial<Record<string, string>> = OWN[table];
  const names = columns.map(({ name }) => name);
  const values = names.map((name) => own[name] ?? `o.${name}`);
  const key = table === 'process_instance' ? 'id' : 'instance_id';
  return `INSERT INTO ${table} (${names.join(', ')}) SELECT ${values.join(', ')} FROM ${table} o,
    unnest($3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bytea[], $8::text[])
      AS c(instance, task, timer, stamp, state, unit)
    WHERE o.tenant_id = $1 AND o.${key} = $2${table === 'job' ? ` AND o.kind = 'timer'` : ''}`;
}

/** Copies from all over the tables that wait at their task with a timer that is not due yet. */
export function someWaiting(bulk: Tx, count: number): Promise<{ task: Id; timer: Id }[]> {
  return bulk.query<{ task: Id; timer: Id }>(
    `SELECT t.id AS task, j.id AS timer FROM user_task t JOIN job j USING (tenant_id, instance_id)
     WHERE t.tenant_id = $1 AND t.state = 'created' AND j.kind = 'timer'
       AND j.available_at > now() + interval '1 hour' AND t.execution_id = (
         SELECT execution_id FROM user_task WHERE tenant_id = $1 ORDER BY id LIMIT 1)
       AND t.id > (SELECT min(id) FROM user_task WHERE tenant_id = $1)
     ORDER BY md5(t.id::text) LIMIT $2`,
    [TENANT, count],
  );
}
