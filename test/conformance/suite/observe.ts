import type { JsonObject } from '../../../src/kernel/json.js';
import type { CaseEnd } from './case.js';
import type { Stage } from './stage.js';

/** The elements of the open tasks, and the open incidents as `element: kind`. */
export async function openNow({
  db,
  tenant,
}: Stage): Promise<{ open: string[]; incidents: string[] }> {
  const rows = await db.query<{ task: boolean; text: string }>(
    `SELECT true AS task, element_id AS text FROM user_task
       WHERE tenant_id = $1 AND state = 'created'
     UNION ALL
     SELECT false, coalesce(element_id, '-') || ': ' || kind FROM incident
       WHERE tenant_id = $1 AND resolved_at IS NULL`,
    [tenant],
  );
  const texts = (task: boolean) =>
    rows
      .filter((row) => row.task === task)
      .map(({ text }) => text)
      .sort();
  return { open: texts(true), incidents: texts(false) };
}

export interface SeenEnd extends CaseEnd {
  processId: string;
  variables: JsonObject;
}

/** Every instance: its status, variables, and the end events of the model it has reached. */
export async function instancesNow(
  { db, tenant }: Stage,
  endEvents: ReadonlySet<string>,
): Promise<SeenEnd[]> {
  const rows = await db.query<Omit<SeenEnd, 'ends'> & { entered: string[] | null }>(
    `SELECT i.process_id AS "processId", i.status, i.variables,
       (SELECT jsonb_agg(e->>'id' ORDER BY l.revision, position) FROM step_log l,
          jsonb_array_elements(l.elements) WITH ORDINALITY AS x(e, position)
        WHERE l.tenant_id = $1 AND l.instance_id = i.id AND e->>'event' = 'enter') AS entered
     FROM process_instance i WHERE i.tenant_id = $1 ORDER BY i.id`,
    [tenant],
  );
  return rows.map(({ entered, ...row }) => ({
    ...row,
    ends: (entered ?? []).filter((id) => endEvents.has(id)),
  }));
}

/** What still stands for an instance that is over: there may be nothing. */
export async function leftovers({ db, tenant }: Stage): Promise<string[]> {
  const rows = await db.query<{ what: string }>(
    `SELECT what FROM (
       SELECT 'job ' || coalesce(element_id, type) AS what, tenant_id, instance_id FROM job
       UNION ALL SELECT 'subscription ' || element_id, tenant_id, instance_id
         FROM message_subscription
       UNION ALL SELECT 'task ' || element_id, tenant_id, instance_id FROM user_task
         WHERE state = 'created'
       UNION ALL SELECT 'incident ' || kind, tenant_id, instance_id FROM incident
         WHERE resolved_at IS NULL) o
     JOIN process_instance i ON i.tenant_id = o.tenant_id AND i.id = o.instance_id
     WHERE o.tenant_id = $1 AND i.status NOT IN ('created', 'active')`,
    [tenant],
  );
  return rows.map(({ what }) => what);
}
