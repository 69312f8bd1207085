import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planReplay } from '../../../src/compose/replay/plan.js';
import type { ReplayPlan } from '../../../src/compose/replay/plan.js';
import { readLog } from '../../../src/compose/replay/read-log.js';
import { replay } from '../../../src/compose/replay/replay.js';
import type { ReplayProgress } from '../../../src/compose/replay/replay.js';
import type { ReplayReport } from '../../../src/compose/replay/report.js';
import type { Db } from '../../../src/db/database.js';
import { readConfig } from '../../../src/kernel/config.js';
import { createLogger } from '../../../src/kernel/log.js';

export const TENANT = 'replay';

/** A log that has been replayed, and what came of it. */
export interface Replayed {
  plan: ReplayPlan;
  report: ReplayReport | undefined;
  progress: ReplayProgress[];
}

/** Replays a log into `db`, until `signal` stops it. */
export async function replayFile(
  db: Db,
  file: string,
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: () => void } = {},
): Promise<Replayed> {
  const plan = await planReplay(readLog(createReadStream(file, 'utf8')));
  const folder = await mkdtemp(join(tmpdir(), 'saksflyt-test-'));
  const progress: ReplayProgress[] = [];
  try {
    const report = await replay({
      plan,
      db,
      tenant: TENANT,
      config: readConfig({ DATA_DIR: folder }),
      log: createLogger({ level: 'warn' }),
      onProgress(reached) {
        progress.push(reached);
        onProgress?.();
      },
      ...(signal && { signal }),
    });
    return { plan, report, progress };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A row as text, so that lists of rows can be compared in any order. */
const asText = (...fields: (string | Date)[]) =>
  fields.map((field) => (typeof field === 'string' ? field : field.toISOString())).join(' ');

/** Who completed which task when, as the log has it and as the product has it. */
export async function completions(db: Db, { plan, report }: Replayed) {
  const deviating = new Set(report?.deviations.map(({ line }) => line));
  const recorded = plan.cases
    .flatMap(({ events }) => events)
    .filter(({ line }) => !deviating.has(line))
    .map(({ resource, time }) => asText(resource, time));
  const rows = await db.query<{ assignee: string; at: Date }>(
    `SELECT assignee, ended_at AS at FROM user_task WHERE tenant_id = $1 AND state = 'completed'`,
    [TENANT],
  );
  const done = rows.map(({ assignee, at }) => asText(assignee, at));
  return { recorded: recorded.sort(), done: done.sort() };
}

/** When which channel's cases came in, should have ended, and ended. */
export async function courses(db: Db, { plan }: Replayed) {
  const recorded = plan.cases.map(({ channel, arrival, deadline, closing }) =>
    asText(channel, arrival, deadline, closing ?? 'open'),
  );
  const rows = await db.query<{ channel: string; came: Date; due: Date; closed: Date | null }>(
    `SELECT channel, received_at AS came, expected_by AS due, closed_at AS closed FROM inquiry
     WHERE tenant_id = $1 AND service_code = 'BYGGMOTTAK'`,
    [TENANT],
  );
  const ran = rows.map(({ channel, came, due, closed }) =>
    asText(channel, came, due, closed ?? 'open'),
  );
  return { recorded: recorded.sort(), ran: ran.sort() };
}
