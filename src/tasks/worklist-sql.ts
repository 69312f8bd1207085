import { TASK_COLUMNS, TASK_JOINS } from './tasks.js';

/**
 * Where a page of the worklist is looked for: among the most urgent open tasks of all, among those
 * that can concern the principal, among those it has taken, at one inquiry, or everywhere.
 */
export type WorklistSource = 'urgent' | 'own' | 'taken' | 'inquiry' | 'all';

/** How many of the most urgent tasks are looked at for those of the principal. */
const MOST_URGENT = 1000;

/**
 * Parameters: tenant, logins, groups, units, is admin, mine, assigned, overdue, now, group,
 * [service, reference], and the position to go on from as 100 - priority, due time, id.
 */
export function worklistSql(source: WorklistSource, limit: number): string {
  return `SELECT ${TASK_COLUMNS} FROM ${FROM[source]} ${TASK_JOINS}
    WHERE t.tenant_id = $1 AND t.state = 'created' AND ${VISIBLE} AND ${CHOSEN}
      AND ${after('t')} ${ONLY[source]} ORDER BY ${order('t')} LIMIT ${limit}`;
}

const order = (t: string): string =>
  `100 - ${t}.priority, coalesce(${t}.due_at, 'infinity'), ${t}.id`;

const after = (t: string): string => `(${order(t)}) > ($12, $13::timestamptz, $14)`;

/** The same rule as `tasks.read` in the policy, as far as a list can ask it. */
const VISIBLE = `($5 OR t.assignee = ANY($2) OR t.candidate_users && $2 OR t.candidate_groups && $3
  OR (cardinality(t.candidate_groups) = 0 AND cardinality(t.candidate_users) = 0)
  OR i.unit_code = ANY($4))`;

const CHOSEN = `($6::boolean IS NULL OR coalesce(t.assignee = ANY($2), false) = $6)
  AND ($7::boolean IS NULL OR (t.assignee IS NOT NULL) = $7)
  AND ($8::boolean IS NULL OR coalesce(t.due_at < $9, false) = $8)
  AND ($10::text IS NULL OR t.candidate_groups @> ARRAY[$10::text])
  AND (($11::text[])[1] IS NULL OR i.service_code = ($11::text[])[1])
  AND (($11::text[])[2] IS NULL OR i.reference = ($11::text[])[2])`;

const URGENT = `(SELECT * FROM user_task u WHERE u.tenant_id = $1 AND u.state = 'created'
  AND ${after('u')} ORDER BY ${order('u')} LIMIT ${MOST_URGENT}) t`;

const FROM: Readonly<Record<WorklistSource, string>> = {
  urgent: URGENT,
  own: 'user_task t',
  taken: 'user_task t',
  inquiry: 'user_task t',
  all: 'user_task t',
};

/**
 * Every way in which `VISIBLE` can hold, each by an index of its own: together they would be read
 * off no index.
 */
const OWN = `AND t.id IN (
  SELECT id FROM user_task WHERE tenant_id = $1 AND state = 'created' AND assignee = ANY($2)
  UNION ALL SELECT id FROM user_task WHERE tenant_id = $1 AND state = 'created'
    AND candidate_groups && $3
  UNION ALL SELECT id FROM user_task WHERE tenant_id = $1 AND state = 'created'
    AND candidate_users && $2 AND cardinality(candidate_users) > 0
  UNION ALL SELECT id FROM user_task WHERE tenant_id = $1 AND state = 'created'
    AND cardinality(candidate_groups) = 0 AND cardinality(candidate_users) = 0
  UNION ALL ${tasksOfInquiries('q.unit_code = ANY($4)')})`;

const ONLY: Readonly<Record<WorklistSource, string>> = {
  urgent: '',
  own: OWN,
  taken: 'AND t.assignee = ANY($2)',
  inquiry: `AND t.id IN (${tasksOfInquiries('q.reference = ($11::text[])[2]')})`,
  all: '',
};

/**
 * In two ways, since no index leads from a case to a process of its own and to those it has called
 * alike. A called process counts while it runs: after that it has no open task.
 */
function tasksOfInquiries(which: string): string {
  return `SELECT u.id FROM inquiry q JOIN user_task u
    ON u.tenant_id = q.tenant_id AND u.instance_id = q.instance_id AND u.state = 'created'
    WHERE q.tenant_id = $1 AND ${which}
  UNION ALL SELECT u.id FROM inquiry q JOIN process_instance c
    ON c.tenant_id = q.tenant_id AND c.root_id = q.instance_id AND c.parent_id IS NOT NULL
      AND c.status IN ('created', 'active')
    JOIN user_task u ON u.tenant_id = c.tenant_id AND u.instance_id = c.id AND u.state = 'created'
    WHERE q.tenant_id = $1 AND ${which}`;
}
