import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openNode, TENANT } from './durable-cases.js';
import type { Scenario } from './scenario.js';

/** Runs the physical limit: cases per second that PostgreSQL's own load generator gets through. */
export interface Limit {
  run(seconds: number, clients: number): Promise<{ casesPerSecond: number }>;
}

/** What one real case wrote, to be written again by others. */
interface Written {
  definition: string;
  variables: string;
  state: string;
  started: string;
  ended: string;
  completed: string;
}

/**
 * A case as bare SQL: the rows and bytes that a real case of this scenario left behind in the same
 * tables, each step's in one statement, without a thought between. Starting is one statement and its
 * own transaction; completing reads and locks as a step must, then writes.
 */
const CASE = `\\set n :n + 1
\\set id :base + :client_id * 1000000000 + :n
WITH i AS (INSERT INTO process_instance (tenant_id, id, definition_id, process_id, version, status,
  revision, stamp, variables, state, root_id, started_by, started_at)
  VALUES ('${TENANT}', :id, :definition, :process, 1, 'active', 1, :id, :variables, :state, :id, 'agent', now())),
t AS (INSERT INTO user_task (tenant_id, id, instance_id, execution_id, element_id, definition_id,
  process_id, state, candidate_groups, candidate_users, priority, variables, created_at)
  VALUES ('${TENANT}', :id, :id, 'work_0123456789abcdef', 'work', :definition, :process, 'created', '{VEI}',
    '{}', 50, '{}', now())),
j AS (INSERT INTO job (tenant_id, id, instance_id, execution_id, element_id, kind, type, payload,
  available_at, retries, created_at)
  VALUES ('${TENANT}', :id, :id, 'late_0123456789abcdef', 'late', 'timer', 'timer', '{}',
    now() + interval '3 days', 20, now()))
INSERT INTO step_log (tenant_id, instance_id, revision, at, actor, command, elements)
  VALUES ('${TENANT}', :id, 1, now(), 'agent', '{"kind":"start"}', :started);
BEGIN;
SELECT * FROM process_instance WHERE tenant_id = '${TENANT}' AND id =
  (SELECT instance_id FROM user_task WHERE tenant_id = '${TENANT}' AND id = :id) FOR UPDATE;
WITH i AS (UPDATE process_instance SET status = 'completed', revision = 2, stamp = :id,
  variables = :completed, state = NULL, ended_at = now() WHERE tenant_id = '${TENANT}' AND id = :id),
t AS (UPDATE user_task SET state = 'completed', ended_at = now()
  WHERE tenant_id = '${TENANT}' AND id = :id),
j AS (DELETE FROM job WHERE tenant_id = '${TENANT}' AND id = :id)
INSERT INTO step_log (tenant_id, instance_id, revision, at, actor, command, elements)
  VALUES ('${TENANT}', :id, 2, now(), 'caseworker', '{"kind":"complete-task"}', :ended);
COMMIT;
`;

const run = promisify(execFile);

/**
 * @param programs the folder of the PostgreSQL programs
 * @param folder where the script may be written
 */
export async function preparePgbench(
  scenario: Scenario,
  databaseUrl: string,
  programs: string,
  folder: string,
): Promise<Limit> {
  const written = await oneRealCase(scenario, databaseUrl);
  const script = join(folder, `${scenario.name}.sql`);
  writeFileSync(script, CASE);
  const values = Object.entries({ ...written, process: scenario.processId, n: '0' });
  let round = 0;
  return {
    run: async (seconds, clients) => {
      const base = `base=${++round}000000000000`;
      const defined = [...values.map(([name, value]) => `${name}=${value}`), base];
      const { stdout } = await run(join(programs, 'pgbench'), [
        ...['--no-vacuum', '--protocol=prepared', `--time=${Math.max(1, Math.round(seconds))}`],
        ...[`--client=${clients}`, `--file=${script}`],
        ...defined.map((value) => `--define=${value}`),
        databaseUrl,
      ]);
      const found = /tps = ([\d.]+)/.exec(stdout)?.[1];
      if (found === undefined) throw new Error(`pgbench said: ${stdout}`);
      return { casesPerSecond: Number(found) };
    },
  };
}

async function oneRealCase(scenario: Scenario, databaseUrl: string): Promise<Written> {
  const node = await openNode(scenario, { databaseUrl });
  const read = async (): Promise<{ definition: string; variables: string; state: string }> => {
    const [row] = await node.db.query<{ definition: string; variables: string; state: string }>(
      `SELECT definition_id::text AS definition, variables::text AS variables, state::text AS state
       FROM process_instance`,
    );
    if (!row) throw new Error('the case to copy is not there');
    return row;
  };
  try {
    const task = await node.begin();
    const waiting = await read();
    await node.complete(task);
    const ended = await read();
    const log = await node.db.query<{ elements: string }>(
      'SELECT elements::text AS elements FROM step_log ORDER BY revision',
    );
    return {
      ...waiting,
      completed: ended.variables,
      started: log[0]?.elements ?? '[]',
      ended: log[1]?.elements ?? '[]',
    };
  } finally {
    await node.db.close();
  }
}
