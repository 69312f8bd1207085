import type { JsonObject } from '../../src/kernel/json.js';

/** What intake gives a process: a case of Monday 2 March 2026, registered in full, for a unit. */
export const caseVariables: JsonObject = {
  inquiryId: '7101',
  reference: 'FJ-2026-000042',
  service: 'SITKART',
  channel: 'phone',
  received: '2026-03-02T09:00:00.000Z',
  ownWords: false,
  identified: true,
  complete: true,
  district: null,
  expectedBy: '2026-03-04T22:59:59.999Z',
  statutoryBy: null,
  serviceProcess: 'general-after',
  firstLine: false,
  answeredBy: 'unit',
  retention: 'P24M',
  unit: 'GEO',
};

/** The case variables with some of them changed. */
export function caseWith(changes: JsonObject): JsonObject {
  return { ...caseVariables, ...changes };
}
