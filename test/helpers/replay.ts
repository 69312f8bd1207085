import { fileURLToPath } from 'node:url';
import type { LogEvent } from '../../src/compose/replay/read-log.js';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** The made-up log that comes with the process. */
export const SAMPLE_LOG = path('../../processes/permit-receipt/sample.csv');

/** Half of a real municipality's log (doi:10.4121/12709127); it lies outside the repository. */
export const REAL_LOG = path('../../../shared/data/receipt.csv');

/** An event of case `c1`, an hour apart from its neighbours in `line`. */
export function logEvent(
  line: number,
  activity: string,
  changes: Partial<LogEvent> = {},
): LogEvent {
  return {
    line,
    caseId: 'c1',
    channel: 'Desk',
    start: new Date('2024-01-01T00:00:00Z'),
    plannedEnd: new Date('2024-02-01T00:00:00Z'),
    end: null,
    activity,
    resource: 'Clerk 1',
    time: new Date(Date.UTC(2024, 0, 1, line)),
    ...changes,
  };
}
