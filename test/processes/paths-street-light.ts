import type { JsonObject } from '../../src/kernel/json.js';
import { caseWith } from './case-variables.js';
import type { PathStep, ProcessPath, ProcessPaths } from './paths.js';

const light = (changes: JsonObject): JsonObject =>
  caseWith({
    service: 'GATELYS',
    unit: 'VEI',
    serviceProcess: 'street-light-after',
    fault: 'dark',
    place: 'road',
    roadCategory: 'K',
    ...changes,
  });
const ours = { lys_eier: { owner: 'municipality', municipal: true } };
const single = { ...ours, lys_hast: { danger: false, workingDays: 10, reason: 'Enkelt lys' } };
const stretch = { ...ours, lys_hast: { danger: false, workingDays: 3, reason: 'Mørk strekning' } };
const crossing = {
  ...ours,
  lys_hast: { danger: false, workingDays: 3, reason: 'Mørkt gangfelt eller skolevei' },
};
const wire = {
  ...ours,
  lys_hast: { danger: true, workingDays: 3, reason: 'Løs ledning eller åpen luke' },
};
const pole = {
  ...ours,
  lys_hast: { danger: true, workingDays: 10, reason: 'Skadet stolpe eller arm' },
};
const assessed = (measure: string): PathStep => ({
  complete: 'lys_vurder',
  variables: { measure },
});
const order: PathStep = { complete: 'lys_ordre', variables: { contractor: 'lighting' } };
const done: PathStep = { message: 'street-light.done' };

const after: ProcessPath[] = [
  {
    name: 'a dark light is mended',
    variables: light({}),
    results: single,
    steps: [assessed('repair'), order, done],
    ends: ['lys_slutt'],
  },
  {
    name: 'a dark stretch is mended late',
    variables: light({ fault: 'stretch' }),
    results: stretch,
    steps: [assessed('repair'), order, { timer: 'lys_frist' }, done],
    ends: ['lys_purr_slutt', 'lys_slutt'],
  },
  {
    name: 'a crossing that flickers is in order again',
    variables: light({ fault: 'flickering', place: 'crossing' }),
    results: crossing,
    steps: [assessed('reject')],
    ends: ['lys_avvist_slutt'],
  },
  {
    name: 'a loose wire is made safe late',
    variables: light({ fault: 'wire' }),
    results: wire,
    steps: [
      { timer: 'lys_24t' },
      { complete: 'lys_sikre', variables: { secured: 'powerOff' } },
      assessed('repair'),
      order,
      done,
    ],
    ends: ['lys_24t_slutt', 'lys_slutt'],
  },
  {
    name: 'a damaged pole is made safe and waits for the lamp change',
    variables: light({ fault: 'damaged' }),
    results: pole,
    steps: [{ complete: 'lys_sikre', variables: { secured: 'fenced' } }, assessed('plan')],
    ends: ['lys_plan_slutt'],
  },
  {
    name: 'the state owns the light',
    variables: light({ roadCategory: 'R' }),
    results: { lys_eier: { owner: 'state', municipal: false } },
    steps: [],
    ends: ['lys_videre_slutt'],
  },
  {
    name: 'the light is reported already',
    variables: light({}),
    results: { ...ours, lys_dublett: { duplicateOf: 'FJ-2026-000017' } },
    steps: [],
    ends: ['lys_koblet_slutt'],
  },
];

const before: ProcessPath[] = [
  {
    name: 'the light is mended when the list is long',
    variables: { inquiryId: '1', municipal: true },
    steps: [{ timer: 'lys0_lang' }],
    ends: ['lys0_slutt'],
  },
  {
    name: 'the same light is on the list twice',
    variables: { inquiryId: '1', municipal: true },
    steps: [{ message: 'street-light-before.called-again' }, { timer: 'lys0_lang' }],
    ends: ['lys0_slutt'],
  },
  {
    name: 'the light is somebody else’s',
    variables: { inquiryId: '1', municipal: false },
    steps: [],
    ends: ['lys0_videre'],
  },
];

export const streetLightPaths: readonly ProcessPaths[] = [
  { processId: 'street-light-after', file: 'street-light/after.bpmn', paths: after },
  {
    processId: 'street-light-before',
    file: 'street-light/before.bpmn',
    startMessage: 'street-light-before.received',
    paths: before,
  },
];
