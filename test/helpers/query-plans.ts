import type { Db } from '../../src/db/database.js';
import type { Tx } from '../../src/db/tx.js';

interface Statement {
  sql: string;
  parameters: readonly unknown[];
}

/** A transaction that remembers what it was asked, word for word. */
export function recording(tx: Tx): { tx: Tx; statements: readonly Statement[] } {
  const statements: Statement[] = [];
  return {
    statements,
    tx: {
      query: (sql, parameters = [], options) => {
        statements.push({ sql, parameters });
        return tx.query(sql, parameters, options);
      },
    },
  };
}

interface PlanNode {
  'Node Type': string;
  'Actual Rows'?: number;
  'Actual Loops'?: number;
  'Rows Removed by Filter'?: number;
  'Relation Name'?: string;
  Plans?: PlanNode[];
}

/** How the database would reach the rows of a table for a statement: the kinds of its scans. */
export async function scansOf(db: Db, statement: Statement, table: string): Promise<string[]> {
  const [row] = await db.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
    `EXPLAIN (FORMAT JSON) ${statement.sql}`,
    statement.parameters,
  );
  const nodes = row ? withChildren(row['QUERY PLAN'][0].Plan) : [];
  return nodes
    .filter((node) => node['Relation Name'] === table && node['Node Type'].includes('Scan'))
    .map((node) => node['Node Type']);
}

/** How many rows of a table the scans of a statement look at, kept or not. It is really run. */
export async function rowsLookedAt(db: Db, statement: Statement, table: string): Promise<number> {
  const [row] = await db.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
    `EXPLAIN (ANALYZE, FORMAT JSON) ${statement.sql}`,
    statement.parameters,
  );
  const scans = row ? withChildren(row['QUERY PLAN'][0].Plan) : [];
  return scans
    .filter((node) => node['Relation Name'] === table)
    .map((node) => {
      const kept = node['Actual Rows'] ?? 0;
      return (kept + (node['Rows Removed by Filter'] ?? 0)) * (node['Actual Loops'] ?? 1);
    })
    .reduce((total, rows) => total + rows, 0);
}

function withChildren(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(withChildren)];
}
