import type { Tx } from '../../db/tx.js';
import { WAKE_CHANNEL } from '../../jobs/worker.js';
import type { Id } from '../../kernel/ids.js';
import { SAVE_PARTS } from './save-parts.js';
import type { SavedStep } from './saved-step.js';
import { STILL_NEWEST } from './unsaved-row.js';

/**
 * Saves a step in one statement: state, tasks, timers, jobs, subscriptions, children, incidents and
 * the log stand or fall together. It need not be awaited, so that COMMIT travels with it. When the row
 * is no longer the one that was loaded, it fails as overtaken, and the transaction is run again.
 */
export async function saveStep(tx: Tx, step: SavedStep): Promise<void> {
  const { name, sql, values } = statementFor(step);
  await tx.query(
    sql,
    values.map((value) => VALUES[value]?.(step)),
    { name },
  );
}

const ENDED_AT = `CASE WHEN :status = 'active' THEN NULL ELSE :now::timestamptz END`;

const SAVED = `UPDATE process_instance SET status = :status, revision = :nextRevision,
  stamp = :nextStamp, variables = :variables, state = :state, ended_at = ${ENDED_AT}
  WHERE tenant_id = :tenant AND id = :instanceId AND stamp = :stamp RETURNING 1`;

const MADE = `INSERT INTO process_instance (tenant_id, id, definition_id, process_id, version, status,
    revision, stamp, variables, state, root_id, started_by, started_at, ended_at)
  SELECT :tenant, :instanceId::bigint, :definitionId::bigint, :processId, :version, :status,
    :nextRevision, :nextStamp, :variables, :state, :instanceId, :actor, :now, ${ENDED_AT}
  WHERE ${STILL_NEWEST} RETURNING 1`;

const LOGGED = `INSERT INTO step_log (tenant_id, instance_id, revision, at, actor, command, elements)
  VALUES (:tenant, :instanceId, :nextRevision, :now, :actor, :command, :log)`;

const ANSWER = `SELECT CASE WHEN count(*) = 0 THEN fail_overtaken() END,
  CASE WHEN :due THEN pg_notify('${WAKE_CHANNEL}', '')::text END FROM saved`;

interface Statement {
  name: string;
  sql: string;
  /** What `$1, $2 …` stand for, by name. */
  values: string[];
}

/** By which parts they have. Few of the many there could be ever occur. */
const statements = new Map<number, Statement>();

function statementFor(step: SavedStep): Statement {
  let mask = step.made ? 1 << SAVE_PARTS.length : 0;
  for (const [index, { needed }] of SAVE_PARTS.entries()) if (needed(step)) mask |= 1 << index;
  const known = statements.get(mask);
  if (known) return known;
  const parts = SAVE_PARTS.filter((_, index) => mask & (1 << index));
  const common = [
    `saved AS (${step.made ? MADE : SAVED})`,
    ...parts.map(({ name, sql }) => `${name} AS (${sql})`),
  ];
  const text = `WITH ${[...common, `logged AS (${LOGGED})`].join(',\n')}\n${ANSWER}`;
  const values: string[] = [];
  const sql = text.replaceAll(/(?<!:):([a-z]\w*)/gi, (_, value: string) => {
    if (!values.includes(value)) values.push(value);
    return `$${values.indexOf(value) + 1}`;
  });
  const made = { name: `save-step-${mask}`, sql, values };
  statements.set(mask, made);
  return made;
}

const ids = (rows: readonly { id: Id }[]): Id[] => rows.map(({ id }) => id);

const VALUES: Record<string, (step: SavedStep) => unknown> = {
  tenant: ({ tenant }) => tenant,
  instanceId: ({ instanceId }) => instanceId,
  definitionId: ({ definitionId }) => definitionId,
  processId: ({ processId }) => processId,
  rootId: ({ rootId }) => rootId,
  version: ({ made }) => made?.version,
  newestOnly: ({ made }) => made?.newestOnly,
  status: ({ status }) => status,
  stamp: ({ stamp }) => stamp,
  nextRevision: ({ nextRevision }) => nextRevision,
  nextStamp: ({ nextStamp }) => nextStamp,
  variables: ({ variables }) => variables,
  state: ({ state }) => state,
  now: ({ now }) => now,
  actor: ({ actor }) => actor,
  command: ({ command }) => command,
  log: ({ changes }) => JSON.stringify(changes.log),
  tasks: ({ changes }) => JSON.stringify(changes.tasks),
  endedTasks: ({ changes }) => ids(changes.endedTasks),
  canceledTasks: ({ changes }) =>
    ids(changes.endedTasks.filter(({ state }) => state === 'canceled')),
  jobs: ({ changes }) => JSON.stringify(changes.jobs),
  endedJobs: ({ changes }) => changes.endedJobs,
  subscriptions: ({ changes }) => JSON.stringify(changes.subscriptions),
  endedSubscriptions: ({ changes }) => changes.endedSubscriptions,
  incidents: ({ changes }) => JSON.stringify(changes.incidents),
  endedIncidents: ({ changes }) => JSON.stringify(changes.endedIncidents),
  children: ({ changes }) => JSON.stringify(changes.children),
  due: ({ changes, now }) => changes.jobs.some((job) => new Date(job.available_at) <= now),
};
