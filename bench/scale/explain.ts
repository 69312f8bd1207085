import { createRequire } from 'node:module';
import pg from 'pg';
import type { QueryOptions, Tx } from '../../src/db/tx.js';

const { prepareValue } = createRequire(import.meta.url)('pg/lib/utils') as {
  prepareValue: (value: unknown) => Buffer | string | null;
};

/** What one statement cost in the server. */
export interface Cost {
  sql: string;
  ms: number;
  /** Pages of 8 kB looked at, in memory or on disk. */
  pages: number;
  plan: PlanNode;
}

export interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  Plans?: PlanNode[];
}

type Explained = [{ Plan: PlanNode; 'Execution Time': number }];

/**
 * A transaction that has each statement explained, run and undone, before it is really run. A named
 * statement is planned once for all values, as it may come to be planned on a long-lived connection.
 */
export function explaining(tx: Tx): { tx: Tx; costs: Cost[] } {
  const costs: Cost[] = [];
  // Two statements may be sent at once, but are explained one after the other.
  let last: Promise<unknown> = Promise.resolve();
  return {
    costs,
    tx: {
      query: <R>(sql: string, parameters: readonly unknown[] = [], options?: QueryOptions) => {
        const next = last.then(() => explainAndRun<R>(tx, costs, { sql, parameters, options }));
        last = next.catch(() => {});
        return next;
      },
    },
  };
}

interface Statement {
  sql: string;
  parameters: readonly unknown[];
  options: QueryOptions | undefined;
}

async function explainAndRun<R>(tx: Tx, costs: Cost[], statement: Statement): Promise<R[]> {
  const { sql, parameters, options } = statement;
  const mode = options?.name ? 'force_generic_plan' : 'force_custom_plan';
  await tx.query('SAVEPOINT explained');
  await tx.query(`SET LOCAL plan_cache_mode = ${mode}`);
  await tx.query(`PREPARE explained AS ${sql}`);
  const values = parameters.length ? `(${parameters.map(literal).join(', ')})` : '';
  const [row] = await tx.query<{ 'QUERY PLAN': Explained }>(
    `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE explained${values}`,
  );
  await tx.query('DEALLOCATE explained');
  await tx.query('ROLLBACK TO SAVEPOINT explained');
  if (row) costs.push(costOf(sql, row['QUERY PLAN']));
  return tx.query<R>(sql, parameters, options);
}

function costOf(sql: string, [{ Plan: plan, ...explained }]: Explained): Cost {
  const pages = plan['Shared Hit Blocks'] + plan['Shared Read Blocks'];
  return { sql, ms: explained['Execution Time'], pages, plan };
}

function literal(value: unknown): string {
  const prepared = prepareValue(value);
  if (prepared === null) return 'NULL';
  if (Buffer.isBuffer(prepared)) return `'\\x${prepared.toString('hex')}'`;
  return pg.escapeLiteral(prepared);
}

/** Every table a plan touches, and how: `job by job_due`, `user_task read through`. */
export function pathsOf(plan: PlanNode): string[] {
  const inside = (plan.Plans ?? []).flatMap(pathsOf);
  const table = plan['Relation Name'];
  const index = plan['Index Name'];
  if (plan['Node Type'].includes('Seq Scan')) return [`${table} read through`, ...inside];
  if (index !== undefined) return [index, ...inside];
  return inside;
}
