import { readPackages } from '../../catalogue/read-packages.js';
import type { Db } from '../../db/database.js';
import { movableClock } from '../../kernel/clock.js';
import type { Config } from '../../kernel/config.js';
import type { Logger } from '../../kernel/log.js';
import { buildEngine } from '../build-engine.js';
import { madeUpMunicipality } from '../demo-municipalities.js';
import { PROCESSES, seedMunicipality } from '../seed.js';
import { readFigures } from './figures.js';
import { passTime } from './passing-time.js';
import type { Clockwork } from './passing-time.js';
import type { Moment, PlannedCase, ReplayPlan } from './plan.js';
import { makeReport } from './report.js';
import type { Deviation, ReplayReport } from './report.js';
import { Stage } from './stage.js';

/** How far a replay has come. */
export interface ReplayProgress {
  /** Cases of which nothing more is to come. */
  readonly done: number;
  readonly cases: number;
  /** What the moved clock shows. */
  readonly at: Date;
}

export interface ReplayOptions {
  readonly plan: ReplayPlan;
  readonly db: Db;
  /** A municipality that has no cases yet; it is made up and set up for the replay. */
  readonly tenant: string;
  readonly config: Config;
  readonly log: Logger;
  readonly onProgress?: (progress: ReplayProgress) => void;
  /** Stops between two moments. */
  readonly signal?: AbortSignal;
}

/**
 * Lets a log happen again in the product, on a clock that stands still between its moments: cases
 * come in through intake, recorded people do their tasks, and what falls due in between is done when
 * it falls due. What the model does not allow at its moment is reported, never forced. Resolves to
 * undefined when it was stopped.
 */
export async function replay(options: ReplayOptions): Promise<ReplayReport | undefined> {
  const { plan, db, tenant, config, log } = options;
  const clock = movableClock(plan.from);
  const engineSide = buildEngine({ ...config, smtpUrl: undefined }, db, clock, log);
  try {
    const packages = await readPackages(PROCESSES);
    await seedMunicipality({ ...engineSide, db, clock }, madeUpMunicipality(tenant), packages);
    const stage = await Stage.open({ ...engineSide, db, clock, tenant });
    const counted = await play(options, { ...engineSide, db, clock }, stage);
    return counted && makeReport(counted, await readFigures(db, tenant));
  } finally {
    engineSide.mailer.close();
  }
}

async function play(
  { plan: { cases, moments, until }, onProgress, signal }: ReplayOptions,
  clockwork: Clockwork,
  stage: Stage,
) {
  const toCome = new Map<PlannedCase, number>();
  for (const moment of moments) toCome.set(moment.case, (toCome.get(moment.case) ?? 0) + 1);
  const counted = { cases: cases.length, activities: 0, tasks: 0, deviations: [] as Deviation[] };
  let done = 0;
  for (const moment of moments) {
    if (signal?.aborted) return undefined;
    await passTime(clockwork, moment.at);
    await happen(stage, moment, counted);
    const left = (toCome.get(moment.case) ?? 0) - 1;
    toCome.set(moment.case, left);
    if (left === 0) done += 1;
    onProgress?.({ done, cases: cases.length, at: moment.at });
  }
  await passTime(clockwork, new Date(until.getTime() + 1));
  return counted;
}

async function happen(
  stage: Stage,
  moment: Moment,
  counted: { activities: number; tasks: number; deviations: Deviation[] },
): Promise<void> {
  if (moment.kind === 'arrival') return stage.arrive(moment.case);
  if (moment.kind === 'closing') return stage.close(moment.case);
  counted.activities += 1;
  const reason = await stage.act(moment);
  if (reason === undefined) {
    counted.tasks += 1;
    return;
  }
  const { line, activity, caseId } = moment.event;
  counted.deviations.push({ caseId, line, activity, at: moment.at, reason });
}
