import type { JsonObject, JsonValue } from '../../src/kernel/json.js';
import { caseVariables, caseWith } from './case-variables.js';
import type { ProcessPath, ProcessPaths } from './paths.js';

const identify: ProcessPath[] = [
  { name: 'somebody we know', variables: caseVariables, steps: [], ends: ['ident_slutt'] },
  {
    name: 'the front desk asks who it is',
    variables: caseWith({ identified: false, complete: false }),
    steps: [{ complete: 'ident_finn', variables: { identified: true } }],
    ends: ['ident_slutt'],
  },
];

const unclear = caseWith({ complete: false, timesRouted: null });
const suggested = (suggestedService: string | null, suggestionScore: number) => ({
  klass_forslag: { suggestedService, suggestionScore },
});
const chosen = { service: 'SITKART' };

const classify: ProcessPath[] = [
  {
    name: 'the citizen chose the service',
    variables: caseWith({ timesRouted: null }),
    steps: [],
    ends: ['klass_slutt'],
  },
  {
    name: 'the words say it clearly',
    variables: unclear,
    results: { ...suggested('DUNK', 0.8), klass_sett: { service: 'DUNK' } },
    steps: [],
    ends: ['klass_slutt'],
  },
  {
    name: 'nobody is sure, and the front desk is late',
    variables: unclear,
    results: suggested('DUNK', 0.2),
    steps: [{ timer: 'klass_frist' }, { complete: 'klass_velg', variables: chosen }],
    ends: ['klass_varslet', 'klass_slutt'],
  },
  {
    name: 'it came back from one unit, however sure the words are',
    variables: caseWith({ timesRouted: 1 }),
    results: suggested('DUNK', 1),
    steps: [{ complete: 'klass_velg', variables: chosen }],
    ends: ['klass_slutt'],
  },
  {
    name: 'it came back from two units: the process owner decides',
    variables: caseWith({ timesRouted: 2 }),
    steps: [{ complete: 'klass_avgjor', variables: chosen }],
    ends: ['klass_slutt'],
  },
];

const answering = (changes: JsonObject, channel: string, delivered?: boolean) => ({
  variables: caseWith({ template: null, ...changes }),
  results: {
    svar_kanal: channel,
    ...(delivered !== undefined && { svar_send: { delivered } }),
  } as Record<string, JsonValue>,
});
const printed = { complete: 'svar_papir', variables: { sentBy: 'letter' } };

const answer: ProcessPath[] = [
  {
    name: 'by mail',
    ...answering({}, 'email', true),
    steps: [],
    ends: ['svar_slutt'],
  },
  {
    name: 'the mail cannot be delivered',
    ...answering({ answeredBy: 'SERV' }, 'email', false),
    steps: [printed],
    ends: ['svar_slutt'],
  },
  {
    name: 'on paper for one who has reserved',
    ...answering({ reservation: 'JA' }, 'paper'),
    steps: [printed],
    ends: ['svar_slutt'],
  },
  {
    name: 'to nobody, when nobody is known',
    ...answering({ identified: false }, 'none'),
    steps: [],
    ends: ['svar_slutt'],
  },
];

const asked = { tilb_spor: { delivered: true } };
const reopened = { ...asked, tilb_gjenapne: { reopened: true } };

const notContent = { message: 'feedback.answered', variables: { score: 2 } };

const feedback: ProcessPath[] = [
  { name: 'nobody to ask', variables: caseVariables, steps: [], ends: ['tilb_slutt'] },
  {
    name: 'no answer in two weeks',
    variables: caseVariables,
    results: asked,
    steps: [{ timer: 'tilb_tid' }],
    ends: ['tilb_slutt'],
  },
  {
    name: 'content',
    variables: caseVariables,
    results: asked,
    steps: [{ message: 'feedback.answered', variables: { score: 4 } }],
    ends: ['tilb_takk'],
  },
  {
    name: 'not content, and opened again',
    variables: caseVariables,
    results: reopened,
    steps: [notContent, { complete: 'tilb_vurder', variables: { reopenCase: true } }],
    ends: ['tilb_apnet'],
  },
  {
    name: 'not content, nobody looks in time, and it stays as it is',
    variables: caseVariables,
    results: asked,
    steps: [
      notContent,
      { timer: 'tilb_venter' },
      { complete: 'tilb_vurder', variables: { reopenCase: false } },
    ],
    ends: ['tilb_minnet', 'tilb_staar'],
  },
  {
    name: 'not content, and writes before anybody has looked',
    variables: caseVariables,
    results: reopened,
    steps: [notContent, { message: 'citizen.answered' }],
    ends: ['tilb_apnet'],
  },
  {
    name: 'the citizen writes again',
    variables: caseVariables,
    results: reopened,
    steps: [{ message: 'citizen.answered' }],
    ends: ['tilb_apnet'],
  },
];

const finding = {
  findingKey: 'breached DUNK',
  kind: 'breached',
  service: 'DUNK',
  cell: null,
  count: 7,
};
const noMeasure = { measure: 'none', measureUnit: 'VAR', measureBy: '2026-04-01' };

const measure: ProcessPath[] = [
  {
    name: 'nothing is changed',
    variables: finding,
    steps: [{ complete: 'tiltak_velg', variables: noMeasure }],
    ends: ['tiltak_ingen'],
  },
  {
    name: 'a measure, and its effect ninety days after',
    variables: finding,
    results: { tiltak_tell: { countAfter: 2 } },
    steps: [
      { complete: 'tiltak_velg', variables: { ...noMeasure, measure: 'routine' } },
      { timer: 'tiltak_vent' },
      { complete: 'tiltak_vurder', variables: { effect: 'better' } },
    ],
    ends: ['tiltak_slutt'],
  },
];

const shared = (id: string, paths: ProcessPath[]): ProcessPaths => ({
  processId: `shared-${id}`,
  file: `shared/${id}.bpmn`,
  paths,
});

/** Of `shared-archive` a path could not make the receipt late: see the inquiries' own, and the features. */
export const sharedPaths: readonly ProcessPaths[] = [
  shared('identify', identify),
  shared('classify', classify),
  shared('answer', answer),
  shared('feedback', feedback),
  { processId: 'learning-measure', file: 'learning/measure.bpmn', paths: measure },
];
