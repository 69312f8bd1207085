import { caseWith } from './case-variables.js';
import type { ProcessPath, ProcessPaths } from './paths.js';

/** The case was touched on Friday 27 February: one working day before the question. */
const fresh = caseWith({ found: true, lastUpdated: '2026-02-27T12:00:00.000Z' });
/** Nothing has happened in the case since the middle of January. */
const quiet = caseWith({ found: true, lastUpdated: '2026-01-15T12:00:00.000Z' });
const unknown = caseWith({ found: false, lastUpdated: null });

const before: ProcessPath[] = [
  {
    name: 'the status is in the notes',
    variables: { inquiryId: '1', found: true },
    steps: [],
    ends: ['g20_si_slutt'],
  },
  {
    name: 'the caseworker answers the telephone',
    variables: { inquiryId: '1', found: false, unitAnswers: true },
    steps: [],
    ends: ['g20_slutt'],
  },
  {
    name: 'the caseworker calls back, after the citizen has called again',
    variables: { inquiryId: '1', found: false, unitAnswers: false },
    steps: [
      { message: 'status-query-before.called-again' },
      { message: 'status-query-before.caseworker-called' },
    ],
    ends: ['g20_slutt'],
  },
];

const afterOne: ProcessPath[] = [
  {
    name: 'a fresh case is told at once',
    variables: fresh,
    steps: [
      { complete: 'g2_finn', variables: { found: true } },
      { complete: 'g2_fortell', variables: { satisfied: true } },
    ],
    ends: ['g2_slutt'],
  },
  {
    name: 'there is no such case',
    variables: unknown,
    steps: [{ complete: 'g2_finn', variables: { found: false } }, { complete: 'g2_ny' }],
    ends: ['g2_ny_slutt'],
  },
  {
    name: 'the unit tells where a quiet case stands',
    variables: quiet,
    steps: [
      { complete: 'g2_finn', variables: { found: true } },
      { message: 'status-query.status' },
      { complete: 'g2_fortell' },
    ],
    ends: ['g2_slutt'],
  },
  {
    name: 'the unit keeps silent for two working days',
    variables: quiet,
    steps: [
      { complete: 'g2_finn', variables: { found: true } },
      { timer: 'g2_2vd' },
      { complete: 'g2_gi', variables: { promisedBy: '2026-03-20' } },
      { complete: 'g2_fortell' },
    ],
    ends: ['g2_slutt'],
  },
];

const afterTwo: ProcessPath[] = [
  {
    name: 'the citizen sees a fresh case without anybody’s work',
    variables: fresh,
    steps: [],
    ends: ['g22_slutt'],
  },
  {
    name: 'the unit tells where a quiet case stands',
    variables: quiet,
    steps: [{ complete: 'g22_gi' }],
    ends: ['g22_slutt'],
  },
  {
    name: 'the unit is late in telling',
    variables: quiet,
    steps: [{ timer: 'g22_2vd' }, { complete: 'g22_gi' }],
    ends: ['g22_esk_slutt', 'g22_slutt'],
  },
  {
    name: 'the front desk finds the case',
    variables: caseWith({ found: false, lastUpdated: '2026-02-27T12:00:00.000Z' }),
    steps: [{ complete: 'g22_finn', variables: { found: true } }],
    ends: ['g22_slutt'],
  },
  {
    name: 'there is no such case',
    variables: unknown,
    steps: [{ complete: 'g22_finn', variables: { found: false } }, { complete: 'g22_ny' }],
    ends: ['g22_ny_slutt'],
  },
];

export const statusPaths: readonly ProcessPaths[] = [
  {
    processId: 'status-query-before',
    file: 'status-query/before.bpmn',
    startMessage: 'status-query-before.received',
    paths: before,
  },
  {
    processId: 'status-query-after-1',
    file: 'status-query/after-1.bpmn',
    startMessage: 'status-query-after-1.received',
    paths: afterOne,
  },
  {
    processId: 'status-query-after-2',
    file: 'status-query/after-2.bpmn',
    startMessage: 'status-query-after-2.received',
    paths: afterTwo,
  },
];
