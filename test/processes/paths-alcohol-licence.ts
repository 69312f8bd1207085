import type { JsonObject } from '../../src/kernel/json.js';
import { caseWith } from './case-variables.js';
import type { PathStep, ProcessPath, ProcessPaths } from './paths.js';

const application = (orgNumber: string): JsonObject =>
  caseWith({
    service: 'SKJENK',
    unit: 'BEV',
    serviceProcess: 'alcohol-licence-after',
    orgNumber,
    eventDate: '2026-06-01',
    hasPremises: true,
    eventKind: 'open',
    guests: 150,
  });
const charge = { skjenk_gebyr: { fee: 400, reason: 'Åpent, inntil 200 gjester' } };
const right = { ...charge, skjenk_sjekk: { complete: true, lacks: '' } };
const wrong = { ...charge, skjenk_sjekk: { complete: false, lacks: 'orgNumber' } };
const asked: PathStep = { complete: 'skjenk_be' };
const stated: PathStep = { message: 'alcohol-licence.done', variables: { policeObject: false } };
const responsible: PathStep = { complete: 'skjenk_ansvarlig', variables: { responsibleOk: 'yes' } };
const decided = (decision: string): PathStep => ({
  complete: 'skjenk_avgjor',
  variables: { decision },
});
const invoiced: PathStep = { complete: 'skjenk_fakturer' };
const letter: PathStep = { complete: 'skjenk_mangler' };

const after: ProcessPath[] = [
  {
    name: 'the licence is granted',
    variables: application('940039541'),
    results: right,
    steps: [asked, stated, responsible, decided('grant'), invoiced],
    ends: ['skjenk_slutt'],
  },
  {
    name: 'the police are slow, the decision is late, and it is a refusal',
    variables: application('940039541'),
    results: right,
    steps: [
      asked,
      { timer: 'skjenk_10vd' },
      { complete: 'skjenk_purr', variables: { newDate: '2026-05-01' } },
      stated,
      responsible,
      { timer: 'skjenk_5vd' },
      decided('refuse'),
    ],
    ends: ['skjenk_esk_slutt', 'skjenk_avslag_slutt'],
  },
  {
    name: 'the applicant answers, but the number is still wrong, and then is silent',
    variables: application('940039542'),
    results: wrong,
    steps: [
      letter,
      { message: 'citizen.answered' },
      { complete: 'skjenk_rett' },
      letter,
      { timer: 'skjenk_14d' },
      asked,
      stated,
      responsible,
      decided('refuse'),
    ],
    ends: ['skjenk_avslag_slutt'],
  },
];

export const alcoholLicencePaths: readonly ProcessPaths[] = [
  { processId: 'alcohol-licence-after', file: 'alcohol-licence/after.bpmn', paths: after },
  {
    processId: 'alcohol-licence-before',
    file: 'alcohol-licence/before.bpmn',
    startMessage: 'alcohol-licence-before.received',
    paths: [
      {
        name: 'all is there',
        variables: { inquiryId: '1', somethingMissing: false },
        steps: [{ message: 'alcohol-licence-before.police-answered' }],
        ends: ['skjenk0_slutt'],
      },
      {
        name: 'papers are missing, and the police are asked twice',
        variables: { inquiryId: '1', somethingMissing: true },
        steps: [
          { timer: 'skjenk0_ikke' },
          { message: 'alcohol-licence-before.papers-came', variables: { somethingMissing: false } },
          { timer: 'skjenk0_purr' },
          { message: 'alcohol-licence-before.police-answered' },
        ],
        ends: ['skjenk0_slutt'],
      },
    ],
  },
];
