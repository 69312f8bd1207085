import type { Db } from '../../src/db/database.js';
import type { ProcessModel } from '../../src/engine/model/process-model.js';
import type { PassageCounts, Passages } from './token-flow.js';

/** One process instance, as the database has it when all is over. */
export interface EndedInstance {
  id: string;
  processId: string;
  definitionId: string;
  /** The inquiry that it, or its caller, is about. */
  reference: string;
  passages: PassageCounts;
  /** Steps by the kind of their command. */
  steps: Readonly<Record<string, number>>;
}

/** Every instance with what its log says. */
export async function readInstances(db: Db): Promise<EndedInstance[]> {
  const rows = await db.query<Omit<EndedInstance, 'passages'> & { elements: ElementRow[] | null }>(
    `SELECT p.id, p.process_id AS "processId", p.definition_id AS "definitionId", i.reference,
       (SELECT jsonb_object_agg(kind, times) FROM (
          SELECT s.command->>'kind' AS kind, count(*) AS times FROM step_log s
          WHERE s.tenant_id = p.tenant_id AND s.instance_id = p.id GROUP BY 1) AS k) AS steps,
       (SELECT jsonb_agg(counted) FROM (
          SELECT e->>'id' AS id, e->>'event' AS event, count(*) AS times
          FROM step_log s, jsonb_array_elements(s.elements) AS e
          WHERE s.tenant_id = p.tenant_id AND s.instance_id = p.id GROUP BY 1, 2) AS counted) AS elements
     FROM process_instance p
     JOIN inquiry i ON i.tenant_id = p.tenant_id AND i.instance_id = p.root_id ORDER BY p.id`,
  );
  return rows.map(({ elements, ...row }) => ({ ...row, passages: countsOf(elements ?? []) }));
}

interface ElementRow {
  id: string;
  event: string;
  times: number;
}

function countsOf(rows: readonly ElementRow[]): PassageCounts {
  const counts = new Map<string, Passages>();
  for (const { id, event, times } of rows) {
    const own = counts.get(id) ?? { enter: 0, leave: 0, cancel: 0 };
    if (event === 'enter' || event === 'leave' || event === 'cancel') own[event] += times;
    counts.set(id, own);
  }
  return counts;
}

/** How often elements that fulfil a condition were left, in one instance. */
export function leaves(
  { passages }: EndedInstance,
  model: ProcessModel,
  chosen: (element: ReturnType<ProcessModel['elements']['get']> & object) => boolean,
): number {
  return [...model.elements.values()]
    .filter(chosen)
    .reduce((sum, { id }) => sum + (passages.get(id)?.leave ?? 0), 0);
}

/** Each finds rows that must not be there, whatever happened. */
const FORBIDDEN: Readonly<Record<string, string>> = {
  'instances that have not ended': `
    SELECT process_id, status, id FROM process_instance WHERE status <> 'completed'`,
  'instances whose steps are not numbered from 1 without a gap': `
    SELECT p.process_id, p.id, p.revision FROM process_instance p
    LEFT JOIN step_log s ON s.tenant_id = p.tenant_id AND s.instance_id = p.id
    GROUP BY p.tenant_id, p.id
    HAVING count(s.revision) <> p.revision OR min(s.revision) <> 1 OR max(s.revision) <> p.revision`,
  'ended instances that keep their state': `
    SELECT id FROM process_instance WHERE state IS NOT NULL`,
  // What is done by the calendar always waits for its next time.
  'jobs of nobody': `
    SELECT kind, type, element_id, last_error FROM job
    WHERE type NOT IN ('start-timer', 'ownership-round')`,
  'subscriptions of nobody': `SELECT name, element_id FROM message_subscription`,
  'open tasks of ended instances': `
    SELECT element_id, id FROM user_task WHERE state = 'created'`,
  'open incidents': `SELECT element_id, kind, message FROM incident WHERE resolved_at IS NULL`,
  'incidents that were resolved by themselves': `SELECT element_id, kind, message FROM incident`,
  'called processes that are not one for each call': `
    SELECT parent_id, parent_element_id FROM process_instance WHERE parent_id IS NOT NULL
    GROUP BY 1, 2 HAVING count(*) <> 1`,
  'cases without a process': `
    SELECT i.reference FROM inquiry i LEFT JOIN process_instance p
      ON p.tenant_id = i.tenant_id AND p.id = i.instance_id WHERE p.id IS NULL`,
  'processes without a case': `
    SELECT p.id FROM process_instance p LEFT JOIN inquiry i
      ON i.tenant_id = p.tenant_id AND i.instance_id = p.root_id WHERE i.id IS NULL`,
  'completed tasks without exactly one event of that': `
    SELECT t.element_id, t.id FROM user_task t LEFT JOIN event e ON e.tenant_id = t.tenant_id
      AND e.subject_type = 'task' AND e.subject_id = t.id::text AND e.kind = 'task.completed'
    WHERE t.state = 'completed' GROUP BY t.tenant_id, t.id HAVING count(e.id) <> 1`,
  'completions of tasks that are not completed': `
    SELECT t.id FROM user_task t JOIN event e ON e.tenant_id = t.tenant_id
      AND e.subject_type = 'task' AND e.subject_id = t.id::text AND e.kind = 'task.completed'
    WHERE t.state <> 'completed'`,
  'persons after retention': `SELECT tenant_id, id FROM party`,
  'words after retention': `
    SELECT inquiry_id FROM inquiry_content WHERE text IS NOT NULL OR subject IS NOT NULL`,
};

/** What is wrong with the database after everything has ended, in words with the rows. */
export async function inconsistencies(db: Db): Promise<string[]> {
  const found: string[] = [];
  for (const [what, sql] of Object.entries(FORBIDDEN)) {
    const rows = await db.query(sql);
    if (rows.length > 0) found.push(`${what}: ${JSON.stringify(rows.slice(0, 5))}`);
  }
  return found;
}

/** How often something is known to have happened to each case, by reference and kind of event. */
export async function readEventCounts(db: Db): Promise<Map<string, Record<string, number>>> {
  const rows = await db.query<{ reference: string; counts: Record<string, number> }>(
    `SELECT reference, jsonb_object_agg(kind, times) AS counts FROM (
       SELECT i.reference, e.kind, count(*) AS times FROM inquiry i JOIN event e
         ON e.tenant_id = i.tenant_id AND e.subject_type = 'inquiry' AND e.subject_id = i.id::text
       GROUP BY 1, 2) AS counted GROUP BY 1`,
  );
  return new Map(rows.map(({ reference, counts }) => [reference, counts]));
}
