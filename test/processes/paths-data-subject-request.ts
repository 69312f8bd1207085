import type { JsonObject } from '../../src/kernel/json.js';
import { caseWith } from './case-variables.js';
import type { PathStep, ProcessPath, ProcessPaths } from './paths.js';

const request = (changes: JsonObject = {}): JsonObject =>
  caseWith({
    service: 'PERSONVERN',
    unit: 'PVO',
    serviceProcess: 'data-subject-request-after',
    channel: 'portal',
    right: 'access',
    ...changes,
  });
const access = { pvob_regel: { measure: 'give', erasable: false, reason: 'Rett til innsyn' } };
const keep = {
  pvob_regel: { measure: 'refuse', erasable: false, reason: 'Arkivplikten går foran' },
};
const erasable = { pvob_regel: { measure: 'erase', erasable: true, reason: 'Rett til sletting' } };
const correct = { pvob_regel: { measure: 'correct', erasable: false, reason: 'Rett til retting' } };
const chosen: PathStep = { complete: 'pvob_velg', variables: { units: ['OKO'] } };
const collected: PathStep = { complete: 'pvob_finn' };
const compiled = (archiveDuty: boolean): PathStep => ({
  complete: 'pvob_sammenstill',
  variables: { archiveDuty },
});
const decided = (measure: string): PathStep => ({
  complete: 'pvob_avgjor',
  variables: { measure },
});
const gathered = [chosen, collected, compiled(false)];
const given: PathStep[] = [...gathered, decided('give'), { complete: 'pvob_gi' }];
const extended = (extendDeadline: string): PathStep => ({
  complete: 'pvo_forleng',
  variables: { extendDeadline, extendedTo: '2026-05-01' },
});
const asked: PathStep = { complete: 'pvo_be' };
const confirmed = (identityConfirmed: string): PathStep => ({
  complete: 'pvo_kontroll',
  variables: { identityConfirmed },
});
const letter = request({ channel: 'letter' });

const after: ProcessPath[] = [
  {
    name: 'who asks is known, and sees the data',
    variables: request(),
    results: access,
    steps: given,
    ends: ['pvo_slutt'],
  },
  {
    name: 'a month is too short, and the citizen is told',
    variables: request(),
    results: access,
    steps: [{ timer: 'pvo_maned' }, extended('yes'), ...given],
    ends: ['pvo_forlenget', 'pvo_slutt'],
  },
  {
    name: 'a month is enough after all, once who asks is known',
    variables: letter,
    results: access,
    steps: [
      asked,
      { message: 'citizen.answered' },
      confirmed('yes'),
      { timer: 'pvo_maned' },
      extended('no'),
      ...given,
    ],
    ends: ['pvo_som_for', 'pvo_slutt'],
  },
  {
    name: 'who asks is somebody else',
    variables: letter,
    steps: [asked, { message: 'citizen.answered' }, confirmed('no')],
    ends: ['pvo_avvist_slutt'],
  },
  {
    name: 'who asks does not say who it is',
    variables: letter,
    steps: [asked, { timer: 'pvo_14d' }],
    ends: ['pvo_avvist_slutt'],
  },
];

const handle: ProcessPath[] = [
  {
    name: 'a unit is late, and the data is given',
    variables: request(),
    results: access,
    steps: [
      chosen,
      { timer: 'pvob_10vd' },
      collected,
      compiled(false),
      decided('give'),
      { complete: 'pvob_gi' },
    ],
    ends: ['pvob_purret', 'pvob_gitt'],
  },
  {
    name: 'archived data is not erased',
    variables: request({ right: 'erasure' }),
    results: keep,
    steps: [chosen, collected, compiled(true), decided('erase'), decided('refuse')],
    ends: ['pvob_avslag'],
  },
  {
    name: 'other data is erased',
    variables: request({ right: 'erasure' }),
    results: erasable,
    steps: [...gathered, decided('erase'), { complete: 'pvob_slett' }],
    ends: ['pvob_slettet'],
  },
  {
    name: 'wrong data is corrected',
    variables: request({ right: 'rectification' }),
    results: correct,
    steps: [...gathered, decided('correct'), { complete: 'pvob_rett' }],
    ends: ['pvob_rettet'],
  },
];

export const dataSubjectRequestPaths: readonly ProcessPaths[] = [
  {
    processId: 'data-subject-request-after',
    file: 'data-subject-request/after.bpmn',
    paths: after,
  },
  {
    processId: 'data-subject-request-handle',
    file: 'data-subject-request/handle.bpmn',
    paths: handle,
  },
  {
    processId: 'data-subject-request-before',
    file: 'data-subject-request/before.bpmn',
    startMessage: 'data-subject-request-before.received',
    paths: [
      {
        name: 'everybody answers',
        variables: { inquiryId: '1' },
        steps: [{ message: 'data-subject-request-before.all-answered' }],
        ends: ['pvo0_slutt'],
      },
      {
        name: 'somebody has to be telephoned',
        variables: { inquiryId: '1' },
        steps: [{ timer: 'pvo0_mangler' }, { message: 'data-subject-request-before.all-answered' }],
        ends: ['pvo0_slutt'],
      },
    ],
  },
];
