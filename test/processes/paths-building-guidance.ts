import type { JsonObject } from '../../src/kernel/json.js';
import { caseWith } from './case-variables.js';
import type { PathStep, ProcessPath, ProcessPaths } from './paths.js';

const question = (changes: JsonObject): JsonObject =>
  caseWith({
    service: 'BYGG',
    unit: 'BYGG',
    serviceProcess: 'building-guidance-after',
    need: 'advice',
    ...changes,
  });
const shed = { need: 'guide', measure: 'freestanding', areaM2: 30, distanceM: 1.5, dwelling: 'no' };
const LAW = 'SAK10 og pbl slik de gjelder fra 2015-07-01';
const exempt = {
  bygg_tre: {
    answer: 'exempt',
    notice:
      'Du trenger ikke å søke. Bygningen kan være inntil 50 kvadratmeter, skal stå minst én meter fra nabogrensen, ha én etasje og ikke brukes til opphold. Meld fra til kommunen når den er ferdig, så den kommer på kartet.',
    law: LAW,
  },
};
const unclear = {
  bygg_tre: { answer: 'ask', notice: 'Planen må avklares av en saksbehandler.', law: LAW },
};
const looked = (caseType: string, incomplete: string): PathStep => ({
  complete: 'bygg_slaopp',
  variables: { caseType, incomplete, completeOn: '2026-02-02' },
});
const chosen = (way: string, more: JsonObject = {}): PathStep => ({
  complete: 'bygg_velg',
  variables: { way, ...more },
});

const after: ProcessPath[] = [
  {
    name: 'a small shed needs no application, and nobody is disturbed',
    variables: question({ ...shed, plan: 'yes' }),
    results: exempt,
    steps: [],
    ends: ['bygg_regel_slutt'],
  },
  {
    name: 'the plan is not known: a caseworker writes, late',
    variables: question({ ...shed, plan: 'unknown' }),
    results: unclear,
    steps: [chosen('written'), { timer: 'bygg_3vd' }, { complete: 'bygg_skriv' }],
    ends: ['bygg_3vd_slutt', 'bygg_slutt'],
  },
  {
    name: 'the case waits for the applicant, and the look-up was late',
    variables: question({ need: 'status' }),
    results: { bygg_klokke: { days: 84, basis: 'pbl § 21-7 første ledd' } },
    steps: [{ timer: 'bygg_1vd' }, looked('ordinary', 'yes')],
    ends: ['bygg_1vd_slutt', 'bygg_status_slutt'],
  },
  {
    name: 'the case is complete and its deadline is told',
    variables: question({ need: 'status' }),
    results: { bygg_klokke: { days: 21, basis: 'pbl § 21-7 annet ledd' } },
    steps: [looked('simple', 'no')],
    ends: ['bygg_status_slutt'],
  },
  {
    name: 'the call comes late, and what was said matters',
    variables: question({}),
    steps: [
      chosen('call', { appointment: '2026-03-04T10:00:00+01:00' }),
      { timer: 'bygg_ringetid' },
      { complete: 'bygg_ring', variables: { important: true } },
      { complete: 'bygg_nedtegn' },
    ],
    ends: ['bygg_ring_slutt', 'bygg_slutt'],
  },
  {
    name: 'a call settles it',
    variables: question({}),
    steps: [chosen('call'), { complete: 'bygg_ring', variables: { important: false } }],
    ends: ['bygg_slutt'],
  },
  {
    name: 'a conference is held and minuted',
    variables: question({}),
    steps: [
      chosen('conference'),
      { complete: 'bygg_mote', variables: { held: true, heldOn: '2026-03-10' } },
      { complete: 'bygg_referat' },
    ],
    ends: ['bygg_slutt'],
  },
  {
    name: 'no conference within two weeks: guidance is written instead',
    variables: question({}),
    steps: [chosen('conference'), { timer: 'bygg_2uker' }, { complete: 'bygg_skriv' }],
    ends: ['bygg_slutt'],
  },
];

const before: ProcessPath[] = [
  {
    name: 'the one who is disturbed knows',
    variables: { inquiryId: '1', answerKnown: true },
    steps: [
      { message: 'building-guidance-before.picked-up', variables: { rightPerson: true } },
      { timer: 'bygg0_stille' },
    ],
    ends: ['bygg0_slutt'],
  },
  {
    name: 'it takes three transfers, and two answers',
    variables: { inquiryId: '1', answerKnown: false },
    steps: [
      { message: 'building-guidance-before.picked-up', variables: { rightPerson: false } },
      { message: 'building-guidance-before.picked-up', variables: { rightPerson: false } },
      { message: 'building-guidance-before.picked-up', variables: { rightPerson: true } },
      { message: 'building-guidance-before.called-again' },
      { message: 'building-guidance-before.picked-up' },
      { timer: 'bygg0_stille' },
    ],
    ends: ['bygg0_slutt'],
  },
];

export const buildingGuidancePaths: readonly ProcessPaths[] = [
  { processId: 'building-guidance-after', file: 'building-guidance/after.bpmn', paths: after },
  {
    processId: 'building-guidance-before',
    file: 'building-guidance/before.bpmn',
    startMessage: 'building-guidance-before.received',
    paths: before,
  },
];
