/** Why an activity that was recorded could not be done in the model at its moment. */
export type DeviationReason = 'beforeArrival' | 'afterClosing' | 'notOffered' | 'unknownActivity';

/** A recorded activity that the model does not allow at its moment. */
export interface Deviation {
  caseId: string;
  /** The log's line. */
  line: number;
  activity: string;
  at: Date;
  reason: DeviationReason;
}

/** What the product itself holds of the replayed cases when the clock has stopped. */
export interface ProductFigures {
  /** Deadline breaches it has recorded. */
  escalations: number;
  closed: number;
  /** Closed cases whose deadline it had found breached before they were closed. */
  closedLate: number;
  stillOpen: number;
  /** Open cases among those whose deadline it has found breached. */
  openLate: number;
  /** Places in their processes that wait for somebody to mend them. */
  incidents: number;
}

/** The outcome of a replay. */
export interface ReplayReport extends ProductFigures {
  cases: number;
  /** Events in the log. */
  activities: number;
  /** User tasks completed for them. */
  tasks: number;
  deviations: Deviation[];
  /** Cases without any deviation. */
  conforming: number;
}

/** What the replay itself counted, with the figures the product gives. */
export function makeReport(
  counted: { cases: number; activities: number; tasks: number; deviations: Deviation[] },
  product: ProductFigures,
): ReplayReport {
  const deviating = new Set(counted.deviations.map(({ caseId }) => caseId));
  return { ...counted, ...product, conforming: counted.cases - deviating.size };
}

const REASONS: Record<DeviationReason, string> = {
  beforeArrival: 'before the case came in',
  afterClosing: 'after the case was closed',
  notOffered: 'not offered by the model at that moment',
  unknownActivity: 'not in the model',
};

/** How many deviations each activity has for each reason, most first. */
export function countDeviations(
  deviations: readonly Deviation[],
): { activity: string; reason: DeviationReason; count: number }[] {
  const counts = new Map<string, { activity: string; reason: DeviationReason; count: number }>();
  for (const { activity, reason } of deviations) {
    const key = `${reason} ${activity}`;
    const entry = counts.get(key) ?? { activity, reason, count: 0 };
    entry.count += 1;
    counts.set(key, entry);
  }
  return [...counts.values()].sort(
    (a, b) => b.count - a.count || a.activity.localeCompare(b.activity),
  );
}

/** The report as lines of text, each deviation listed at the end. */
export function reportLines(report: ReplayReport): string[] {
  const { cases, deviations, conforming } = report;
  const share = cases ? ((100 * conforming) / cases).toFixed(1) : '0.0';
  const row = (label: string, value: number | string) => `${label.padEnd(34)}${value}`;
  return [
    row('Cases', cases),
    row('Activities in the log', report.activities),
    row('Tasks completed', report.tasks),
    row('Escalations (deadlines missed)', report.escalations),
    row('Closed', report.closed),
    row('Closed after their deadline', `${report.closedLate} of ${report.closed}`),
    row('Still open', report.stillOpen),
    row('Still open after their deadline', `${report.openLate} of ${report.stillOpen}`),
    row('Incidents', report.incidents),
    row('Cases that follow the model', `${conforming} of ${cases} (${share} %)`),
    row('Deviations', deviations.length),
    ...countDeviations(deviations).map(
      ({ activity, reason, count }) =>
        `  ${String(count).padStart(5)} × ${activity}, ${REASONS[reason]}`,
    ),
    ...(deviations.length ? ['', 'Each deviation:'] : []),
    ...deviations.map(
      ({ line, caseId, activity, at, reason }) =>
        `  line ${line}: ${caseId}, ${activity}, ${at.toISOString()}: ${REASONS[reason]}`,
    ),
  ];
}
