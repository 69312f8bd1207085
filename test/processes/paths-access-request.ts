import type { JsonObject } from '../../src/kernel/json.js';
import { caseWith } from './case-variables.js';
import type { PathStep, ProcessPath, ProcessPaths } from './paths.js';

const request = (changes: JsonObject = {}): JsonObject =>
  caseWith({
    service: 'INNSYN',
    unit: 'DOK',
    serviceProcess: 'access-request-after',
    subjectArea: 'building',
    countFrom: null,
    ...changes,
  });
const open = { innsynv_tegn: { sensitive: false, section: '3', reason: 'Hovedregelen' } };
const health = {
  innsynv_tegn: { sensitive: true, section: '13', reason: 'Helse, sosial og barnevern' },
};
const found: PathStep = { complete: 'innsynv_finn', variables: { found: 'identified' } };
const unclear: PathStep = { complete: 'innsynv_finn', variables: { found: 'unclear' } };
const read: PathStep = { complete: 'innsynv_les', variables: { confidentialFound: true } };
const asked: PathStep = { complete: 'innsyn_sporsmal' };
const given = (access: string): PathStep => ({ complete: 'innsynv_vurder', variables: { access } });

const after: ProcessPath[] = [
  {
    name: 'the documents are open',
    variables: request(),
    results: open,
    steps: [found, given('full')],
    ends: ['innsyn_slutt'],
  },
  {
    name: 'nothing is decided until the request counts as refused',
    variables: request(),
    results: open,
    steps: [
      { timer: 'innsyn_1vd' },
      { timer: 'innsyn_3vd' },
      { timer: 'innsyn_5vd' },
      found,
      given('full'),
    ],
    ends: ['innsyn_1vd_slutt', 'innsyn_3vd_slutt', 'innsyn_5vd_slutt', 'innsyn_slutt'],
  },
  {
    name: 'the citizen tells which case it is',
    variables: request(),
    results: open,
    steps: [unclear, asked, { message: 'citizen.answered' }, found, given('refused')],
    ends: ['innsyn_slutt'],
  },
  {
    name: 'the citizen does not tell which case it is',
    variables: request(),
    steps: [unclear, asked, { timer: 'innsyn_14d' }],
    ends: ['innsyn_avvist'],
  },
];

const assess: ProcessPath[] = [
  {
    name: 'all is given',
    variables: request(),
    results: open,
    steps: [found, given('full')],
    ends: ['innsynv_fullt'],
  },
  {
    name: 'health data are masked',
    variables: request({ subjectArea: 'health' }),
    results: health,
    steps: [found, read, given('partial'), { complete: 'innsynv_sladd' }],
    ends: ['innsynv_delvis'],
  },
  {
    name: 'all is held back',
    variables: request({ subjectArea: 'health' }),
    results: health,
    steps: [found, read, given('refused')],
    ends: ['innsynv_avslag'],
  },
  {
    name: 'nobody knows what is asked for',
    variables: request({ subjectArea: null }),
    steps: [unclear],
    ends: ['innsynv_uklart'],
  },
];

const before: ProcessPath[] = [
  {
    name: 'the right one gets it and follows it up',
    variables: { inquiryId: '1', ownCase: true, followedUp: true },
    steps: [{ message: 'access-request-before.read' }],
    ends: ['innsyn0_svart'],
  },
  {
    name: 'it is passed on and forgotten, and nobody asks again',
    variables: { inquiryId: '1', followedUp: false },
    steps: [
      { message: 'access-request-before.read', variables: { ownCase: false } },
      { message: 'access-request-before.read', variables: { ownCase: true } },
      { timer: 'innsyn0_stille' },
    ],
    ends: ['innsyn0_slutt'],
  },
  {
    name: 'it is forgotten, and found again when somebody asks',
    variables: { inquiryId: '1', ownCase: true, followedUp: false },
    steps: [
      { message: 'access-request-before.read' },
      { message: 'access-request-before.asked-again' },
      { message: 'access-request-before.read', variables: { followedUp: true } },
    ],
    ends: ['innsyn0_svart'],
  },
];

export const accessRequestPaths: readonly ProcessPaths[] = [
  { processId: 'access-request-after', file: 'access-request/after.bpmn', paths: after },
  { processId: 'access-request-assess', file: 'access-request/assess.bpmn', paths: assess },
  {
    processId: 'access-request-before',
    file: 'access-request/before.bpmn',
    startMessage: 'access-request-before.received',
    paths: before,
  },
];
