import type { JsonObject } from '../../src/kernel/json.js';
import { caseWith } from './case-variables.js';
import type { PathStep, ProcessPath, ProcessPaths } from './paths.js';

const snow = (changes: JsonObject): JsonObject =>
  caseWith({
    service: 'BROYTING',
    unit: 'VEI',
    serviceProcess: 'snow-clearing-after',
    kind: 'notCleared',
    roadClass: 'residential',
    roadCategory: 'K',
    schoolRoad: false,
    health: false,
    hill: false,
    ...changes,
  });
const ours = { sno_eier: { owner: 'municipality', municipal: true } };
const street = {
  ...ours,
  sno_rode: { beat: 'rode-4', contractor: 'north' },
  sno_poeng: 25,
  sno_plan: { triageHours: 2, clearHours: 24, reason: 'Lav prioritet' },
};
const main = {
  ...ours,
  sno_rode: { beat: 'rode-1', contractor: 'own' },
  sno_poeng: 80,
  sno_plan: { triageHours: 2, clearHours: 4, reason: 'Høy prioritet' },
};
const crisis = { ...street, sno_krise: { crisis: true } };
const assessed = (measure: string): PathStep => ({
  complete: 'sno_prioriter',
  variables: { measure },
});
const done: PathStep = { message: 'snow-clearing.done' };

const after: ProcessPath[] = [
  {
    name: 'a residential street is cleared by its beat',
    variables: snow({}),
    results: street,
    steps: [assessed('order'), done],
    ends: ['sno_slutt'],
  },
  {
    name: 'a steep school road is looked at late and cleared late',
    variables: snow({
      kind: 'slippery',
      roadClass: 'main',
      schoolRoad: true,
      hill: true,
      district: 'sentrum',
      points: 80,
    }),
    results: main,
    steps: [{ timer: 'sno_to_timer' }, assessed('order'), { timer: 'sno_frist' }, done],
    ends: ['sno_esk_slutt', 'sno_purr_slutt', 'sno_slutt'],
  },
  {
    name: 'the road is within the standard',
    variables: snow({}),
    results: street,
    steps: [assessed('standard')],
    ends: ['sno_standard_slutt'],
  },
  {
    name: 'all is cleared before anybody has looked at it',
    variables: snow({}),
    results: street,
    steps: [{ message: 'snow-clearing.done', variables: { bulk: true } }],
    ends: ['sno_slutt'],
  },
  {
    name: 'the beat is reported done during a crisis',
    variables: snow({}),
    results: crisis,
    steps: [{ message: 'snow-clearing.done', variables: { bulk: true } }],
    ends: ['sno_slutt'],
  },
  {
    name: 'the crisis is over, and the street is not cleared',
    variables: snow({}),
    results: crisis,
    steps: [{ signal: 'crisis.over' }, assessed('order'), done],
    ends: ['sno_slutt'],
  },
  {
    name: 'the county owns the road',
    variables: snow({ roadCategory: 'F' }),
    results: { sno_eier: { owner: 'county', municipal: false } },
    steps: [],
    ends: ['sno_videre_slutt'],
  },
  {
    name: 'the place is reported already',
    variables: snow({}),
    results: { ...ours, sno_dublett: { duplicateOf: 'FJ-2026-000017' } },
    steps: [],
    ends: ['sno_koblet_slutt'],
  },
];

const before: ProcessPath[] = [
  {
    name: 'who shouts loudest is cleared first',
    variables: { inquiryId: '1', loud: true },
    steps: [],
    ends: ['sno0_slutt'],
  },
  {
    name: 'who does not shout waits',
    variables: { inquiryId: '1', loud: false },
    steps: [{ timer: 'sno0_vent' }],
    ends: ['sno0_ventet'],
  },
  {
    name: 'who waits calls again, louder',
    variables: { inquiryId: '1', loud: false },
    steps: [{ message: 'snow-clearing-before.called-again', variables: { loud: true } }],
    ends: ['sno0_slutt'],
  },
];

export const snowClearingPaths: readonly ProcessPaths[] = [
  { processId: 'snow-clearing-after', file: 'snow-clearing/after.bpmn', paths: after },
  {
    processId: 'snow-clearing-before',
    file: 'snow-clearing/before.bpmn',
    startMessage: 'snow-clearing-before.received',
    paths: before,
  },
];
