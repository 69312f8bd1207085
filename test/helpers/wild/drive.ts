import { AppError } from '../../../src/kernel/errors.js';
import type { JsonObject } from '../../../src/kernel/json.js';
import type { CaseStep } from '../../conformance/suite/case.js';
import { play } from '../../conformance/suite/play.js';
import type { Stage } from '../../conformance/suite/stage.js';

/** What could be done next: a step of a case, or a person's answer to the first open incident. */
type Move = Act | { incident: string };
type Act = Record<string, string | JsonObject>;

/** How a process stands: what an owner would see of it. */
interface Standing {
  open: string[];
  incidents: string[];
  instances: string[];
}

/** Every move the process allows now, in an order that depends on nothing but the model. */
async function moves({ db, tenant, clock }: Stage): Promise<Move[]> {
  const rows = await db.query<{ kind: string; text: string; key: string }>(
    `SELECT 'task' AS kind, element_id AS text, '' AS key FROM user_task
       WHERE tenant_id = $1 AND state = 'created'
     UNION SELECT 'job', type, '' FROM job WHERE tenant_id = $1 AND kind = 'external' AND retries > 0
     UNION SELECT 'time', (least(max(available_at) - $2, interval '100 days'))::text, '' FROM job
       WHERE tenant_id = $1 AND kind = 'timer' AND retries > 0 HAVING count(*) > 0
     UNION SELECT kind, name, correlation_key FROM message_subscription WHERE tenant_id = $1
     UNION SELECT 'incident', '', '' FROM incident WHERE tenant_id = $1 AND resolved_at IS NULL
     UNION SELECT 'set', process_id, '' FROM process_instance
       WHERE tenant_id = $1 AND status = 'active'
     ORDER BY 1, 2, 3`,
    [tenant, clock()],
  );
  return rows.flatMap(({ kind, text, key }): Move[] => {
    const variables = { count: rows.length % 4 };
    switch (kind) {
      case 'task':
        return [{ complete: text, variables }, { complete: text }, { error: text, code: 'NO' }];
      case 'job':
        return [
          { job: text, variables },
          { jobError: text, code: 'NO' },
        ];
      case 'time':
        return [{ time: 'PT1H' }, { time: 'P1D' }];
      case 'message':
        return [{ message: text, key, variables }];
      case 'signal':
        return [{ signal: text }];
      case 'incident':
        return [{ incident: 'retry' }, { incident: 'skip' }];
      default:
        return [{ set: text, variables: { count: 2 } }];
    }
  });
}

/** Makes the move that a number picks. Resolves to what was refused by a documented code, if it was. */
async function move(stage: Stage, pick: number): Promise<string> {
  const all = await moves(stage);
  const chosen = all[pick % Math.max(1, all.length)];
  return chosen ? made(stage, chosen) : 'nothing to do';
}

async function made(stage: Stage, chosen: Move): Promise<string> {
  try {
    if ('incident' in chosen) await answerIncident(stage, chosen['incident'] === 'retry');
    else await play(stage, chosen as unknown as CaseStep);
    return JSON.stringify(chosen);
  } catch (error) {
    // An engine that breaks down says so politely, too.
    if (!(error instanceof AppError) || error.code === 'step_failed') throw error;
    await stage.settle();
    return `${JSON.stringify(chosen)}: ${error.code}`;
  }
}

async function answerIncident(stage: Stage, retries: boolean): Promise<void> {
  const { db, tenant } = stage;
  const [incident] = await db.query<{ id: string }>(
    `SELECT id FROM incident WHERE tenant_id = $1 AND resolved_at IS NULL
     ORDER BY element_id, kind, id LIMIT 1`,
    [tenant],
  );
  if (!incident) return;
  const request = { incidentId: incident.id, by: 'tester', reason: 'tried' };
  const engine = stage.engine();
  await db.inTransaction(async (tx) => {
    if (retries) await engine.resolveIncident(tx, tenant, request);
    else await engine.skipIncident(tx, tenant, request);
  });
  await stage.settle();
}

/** What stands, without ids, which no two runs share. */
async function standing({ db, tenant }: Stage): Promise<Standing> {
  const tasks = await db.query<{ text: string }>(
    `SELECT element_id AS text FROM user_task WHERE tenant_id = $1 AND state = 'created'`,
    [tenant],
  );
  const incidents = await db.query<{ text: string }>(
    `SELECT concat_ws(': ', element_id, kind, resolution) AS text FROM incident WHERE tenant_id = $1`,
    [tenant],
  );
  const instances = await db.query<{ text: string; variables: JsonObject }>(
    `SELECT concat_ws(' ', process_id, status, revision) AS text, variables FROM process_instance
     WHERE tenant_id = $1`,
    [tenant],
  );
  const sorted = (texts: string[]): string[] => texts.sort();
  return {
    open: sorted(tasks.map(({ text }) => text)),
    incidents: sorted(incidents.map(({ text }) => text)),
    instances: sorted(instances.map((row) => `${row.text} ${canonical(row.variables)}`)),
  };
}

function canonical(variables: JsonObject): string {
  return JSON.stringify(Object.entries(variables).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What was done, and how the process stood after it. */
export type Story = { done: string; then: Standing }[];

/**
 * Starts a process and makes the moves that the numbers pick. What goes wrong on the way is an
 * incident or a documented refusal; anything else is thrown.
 */
export async function drive(
  stage: Stage,
  processId: string,
  picks: readonly number[],
): Promise<Story> {
  const start = await made(stage, { start: processId });
  const story: Story = [{ done: start, then: await standing(stage) }];
  for (const pick of picks) {
    const done = await move(stage, pick);
    story.push({ done, then: await standing(stage) });
  }
  return story;
}
