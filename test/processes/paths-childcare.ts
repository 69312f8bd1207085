import type { JsonObject } from '../../src/kernel/json.js';
import { caseWith } from './case-variables.js';
import type { PathStep, ProcessPath, ProcessPaths } from './paths.js';

const parent = (changes: JsonObject): JsonObject =>
  caseWith({
    service: 'BARNEHAGE',
    unit: 'OPPV',
    serviceProcess: 'childcare-after',
    placeType: 'kindergarten',
    ...changes,
  });
const information = { way: 'information', workingDays: 2, archiveRule: 'none' };
const lookUp = { way: 'lookUp', workingDays: 2, archiveRule: 'none' };
const place = { way: 'place', workingDays: 10, archiveRule: 'assess' };
const decision = { way: 'decision', workingDays: 15, archiveRule: 'journal' };
const mainIntake = { inMain: true, deadlineOn: '2026-03-01', startsOn: '2026-08-15' };
const otherIntake = { inMain: false, deadlineOn: null, startsOn: null };
const disabled = { byLaw: true, group: 1, reason: 'Nedsatt funksjonsevne' };
const sibling = { byLaw: false, group: 2, reason: 'Søsken' };
const ruled = (ruling: string): PathStep => ({ complete: 'bhg_vurder', variables: { ruling } });
const given = (answer: string): PathStep => ({
  complete: 'bhg_plass',
  variables: { place: answer },
});
const looked = (application: string): PathStep => ({
  complete: 'bhg_slaopp',
  variables: { application },
});

const after: ProcessPath[] = [
  {
    name: 'the front desk sorts and answers, both late',
    variables: parent({}),
    results: { bhg_regel: information },
    steps: [
      { timer: 'bhg_4t' },
      { complete: 'bhg_sorter', variables: { matter: 'question' } },
      { timer: 'bhg_2vd' },
      { complete: 'bhg_finn', variables: { found: true } },
    ],
    ends: ['bhg_4t_slutt', 'bhg_2vd_slutt', 'bhg_svar_slutt'],
  },
  {
    name: 'an application is found late',
    variables: parent({ matter: 'status' }),
    results: { bhg_regel: lookUp },
    steps: [{ timer: 'bhg_slaopp_frist' }, looked('found')],
    ends: ['bhg_slaopp_slutt', 'bhg_status_slutt'],
  },
  {
    name: 'there is no application',
    variables: parent({ matter: 'status' }),
    results: { bhg_regel: lookUp },
    steps: [looked('notFound')],
    ends: ['bhg_ikke_slutt'],
  },
  {
    name: 'a wish in time takes part in the main intake',
    variables: parent({ matter: 'change', received: '2026-02-20T09:00:00.000Z' }),
    results: { bhg_regel: place, bhg_opptak: mainIntake },
    steps: [{ complete: 'bhg_registrer', variables: { registered: true } }],
    ends: ['bhg_hoved_slutt'],
  },
  {
    name: 'a wish after the deadline gets a place, late',
    variables: parent({ matter: 'change' }),
    results: { bhg_regel: place, bhg_opptak: otherIntake },
    steps: [{ timer: 'bhg_10vd' }, given('yes')],
    ends: ['bhg_10vd_slutt', 'bhg_plass_slutt'],
  },
  {
    name: 'a move to after-school care waits',
    variables: parent({ matter: 'moved', received: '2026-02-20T09:00:00.000Z' }),
    results: { bhg_regel: place, bhg_opptak: otherIntake },
    steps: [given('no')],
    ends: ['bhg_vent_slutt'],
  },
  {
    name: 'documents come, and priority is given late',
    variables: parent({ matter: 'priority', ground: 'disability' }),
    results: { bhg_regel: decision, bhg_prioritet: disabled },
    steps: [
      { timer: 'bhg_15vd' },
      ruled('missing'),
      { message: 'citizen.answered' },
      ruled('granted'),
    ],
    ends: ['bhg_15vd_slutt', 'bhg_ja_slutt'],
  },
  {
    name: 'no documents come, and priority is refused',
    variables: parent({ matter: 'priority', ground: 'sibling' }),
    results: { bhg_regel: decision, bhg_prioritet: sibling },
    steps: [ruled('missing'), { timer: 'bhg_3uker' }, ruled('refused')],
    ends: ['bhg_nei_slutt'],
  },
];

const before: ProcessPath[] = [
  {
    name: 'it is in the lists',
    variables: { inquiryId: '1', found: true },
    steps: [],
    ends: ['bhg0_slutt'],
  },
  {
    name: 'the head knows, when called twice',
    variables: { inquiryId: '1', found: false },
    steps: [{ timer: 'bhg0_ikke' }, { message: 'childcare-before.answered' }],
    ends: ['bhg0_slutt'],
  },
];
const permit = (complete: boolean, adviceNeeded: boolean): ProcessPath => ({
  name: `an application ${complete ? 'looks complete' : 'lacks something'}${adviceNeeded ? ', advice is needed' : ''}`,
  variables: { complete, adviceNeeded },
  steps: [],
  ends: ['bm0_slutt'],
});

export const childcarePaths: readonly ProcessPaths[] = [
  { processId: 'childcare-after', file: 'childcare/after.bpmn', paths: after },
  {
    processId: 'childcare-before',
    file: 'childcare/before.bpmn',
    startMessage: 'childcare-before.received',
    paths: before,
  },
];

export const permitReceiptPaths: readonly ProcessPaths[] = [
  {
    processId: 'permit-receipt-before',
    file: 'permit-receipt/before.bpmn',
    startMessage: 'permit-receipt-before.received',
    paths: [permit(true, false), permit(false, true)],
  },
];
