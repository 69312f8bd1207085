import type { JsonObject } from '../../src/kernel/json.js';
import { caseWith } from './case-variables.js';
import type { PathStep, ProcessPath, ProcessPaths } from './paths.js';

const water = (changes: JsonObject): JsonObject =>
  caseWith({
    service: 'VANN',
    unit: 'VAR',
    serviceProcess: 'water-sewer-after',
    kind: 'leak',
    households: 'one',
    damage: false,
    ...changes,
  });
const calm = { vann_hast: { callOut: false, hours: 24, reason: 'Kan vente til neste dag' } };
const harm = { vann_hast: { callOut: true, hours: 2, reason: 'Noe tar skade' } };
const gone = { vann_hast: { callOut: true, hours: 2, reason: 'Flere er rammet' } };
const onSite: PathStep = { complete: 'vann_utrykning', variables: { found: 'mainPipe' } };
const assessed = (measure: string, noticeKind = 'none'): PathStep => ({
  complete: 'vann_vurder',
  variables: { measure, noticeKind },
});
const done: PathStep = { message: 'water-sewer.done' };

const after: ProcessPath[] = [
  {
    name: 'a leak does damage, and the duty officer comes late',
    variables: water({ damage: true }),
    results: harm,
    steps: [{ timer: 'vann_2t' }, onSite, assessed('repair'), done],
    ends: ['vann_2t_slutt', 'vann_slutt'],
  },
  {
    name: 'the street is without water, is told, and waits long for the repair',
    variables: water({ kind: 'noWater', households: 'street' }),
    results: gone,
    steps: [onSite, assessed('repair', 'waterOff'), { timer: 'vann_frist' }, done],
    ends: ['vann_purr_slutt', 'vann_slutt'],
  },
  {
    name: 'a small leak is looked at late and planned',
    variables: water({}),
    results: calm,
    steps: [{ timer: 'vann_1vd' }, assessed('plan')],
    ends: ['vann_1vd_slutt', 'vann_plan_slutt'],
  },
  {
    name: 'the pipe is the owner’s own',
    variables: water({}),
    results: calm,
    steps: [assessed('private')],
    ends: ['vann_privat_slutt'],
  },
  {
    name: 'the leak is reported already',
    variables: water({}),
    results: { vann_dublett: { duplicateOf: 'FJ-2026-000017' } },
    steps: [],
    ends: ['vann_koblet_slutt'],
  },
];

const before: ProcessPath[] = [
  {
    name: 'it is urgent, and the second call is answered',
    variables: { inquiryId: '1', urgent: true },
    steps: [{ timer: 'vann0_ikke' }, { message: 'water-sewer-before.answered' }],
    ends: ['vann0_slutt'],
  },
  {
    name: 'it can wait',
    variables: { inquiryId: '1', urgent: false },
    steps: [{ message: 'water-sewer-before.answered' }],
    ends: ['vann0_ventet'],
  },
];

export const waterSewerPaths: readonly ProcessPaths[] = [
  { processId: 'water-sewer-after', file: 'water-sewer/after.bpmn', paths: after },
  {
    processId: 'water-sewer-before',
    file: 'water-sewer/before.bpmn',
    startMessage: 'water-sewer-before.received',
    paths: before,
  },
];
