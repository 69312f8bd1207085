import type { JsonObject } from '../../src/kernel/json.js';
import { caseWith } from './case-variables.js';
import type { PathStep, ProcessPath, ProcessPaths } from './paths.js';

const application = (changes: JsonObject = {}): JsonObject =>
  caseWith({
    service: 'PARKHC',
    unit: 'TILD',
    serviceProcess: 'disabled-parking-after',
    hasMedical: true,
    hasPhoto: true,
    ...changes,
  });
const lacking = application({ hasMedical: false, hasPhoto: false, reminded: null });
const all = { park_sjekk: { complete: true, lacks: '' } };
const none = { park_sjekk: { complete: false, lacks: 'medical' } };
const assessed = (decision: string): PathStep => ({
  complete: 'park_vurder',
  variables: { decision },
});
const issued: PathStep = {
  complete: 'park_utsted',
  variables: { permitNumber: '26-100', permitYears: 3 },
};
const letter: PathStep = { complete: 'park_mangler' };

const after: ProcessPath[] = [
  {
    name: 'the permit is granted',
    variables: application(),
    results: all,
    steps: [assessed('grant'), issued],
    ends: ['park_slutt'],
  },
  {
    name: 'the assessment is late and the permit refused',
    variables: application(),
    results: all,
    steps: [{ timer: 'park_10vd' }, assessed('refuse')],
    ends: ['park_purret', 'park_avslag_slutt'],
  },
  {
    name: 'the applicant sends what is missing, twice',
    variables: lacking,
    results: none,
    steps: [
      letter,
      { message: 'citizen.answered' },
      assessed('missing'),
      letter,
      { message: 'citizen.answered' },
      assessed('grant'),
      issued,
    ],
    ends: ['park_slutt'],
  },
  {
    name: 'the applicant is reminded after three weeks, and after six what exists is decided on',
    variables: lacking,
    results: none,
    steps: [letter, { timer: 'park_3uker' }, { timer: 'park_3uker' }, assessed('refuse')],
    ends: ['park_avslag_slutt'],
  },
];

export const disabledParkingPaths: readonly ProcessPaths[] = [
  { processId: 'disabled-parking-after', file: 'disabled-parking/after.bpmn', paths: after },
  {
    processId: 'disabled-parking-renewal',
    file: 'disabled-parking/renewal.bpmn',
    startMessage: 'disabled-parking.granted',
    paths: [
      {
        name: 'the holder is reminded before the permit expires',
        variables: { inquiryId: '7101', at: '2029-03-02T09:00:00.000Z' },
        steps: [{ timer: 'parkf_8uker' }, { timer: 'parkf_utlop' }],
        ends: ['parkf_slutt'],
      },
    ],
  },
  {
    processId: 'disabled-parking-before',
    file: 'disabled-parking/before.bpmn',
    startMessage: 'disabled-parking-before.received',
    paths: [
      {
        name: 'nothing is lost',
        variables: { inquiryId: '1', medicalFound: true },
        steps: [{ timer: 'park0_tur' }],
        ends: ['park0_slutt'],
      },
      {
        name: 'the medical form is lost, brought again, and asked about',
        variables: { inquiryId: '1', medicalFound: false },
        steps: [
          { timer: 'park0_ikke' },
          { message: 'disabled-parking-before.form-brought', variables: { medicalFound: true } },
          { message: 'disabled-parking-before.called' },
          { timer: 'park0_tur' },
        ],
        ends: ['park0_slutt'],
      },
    ],
  },
];
