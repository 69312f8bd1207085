import type { JsonObject } from '../../src/kernel/json.js';
import { caseVariables, caseWith } from './case-variables.js';
import type { PathStep, ProcessPath, ProcessPaths } from './paths.js';

/** Both phases after work on a case the same way; their element ids differ by a prefix. */
function handling(prefix: string): ProcessPath[] {
  const id = (name: string): string => `${prefix}_${name}`;
  const routed = { [id('rut')]: { unit: 'GEO', responsible: true } };
  const work: PathStep = { complete: 'general_behandle', variables: { outcome: 'answered' } };
  const retained: PathStep = { timer: id('oppbevar') };
  const answer: PathStep[] = [{ complete: id('svar') }, retained];
  const path = (
    name: string,
    changes: JsonObject,
    steps: PathStep[],
    ends: string[],
  ): ProcessPath => ({
    name,
    variables: caseWith(changes),
    results: routed,
    steps,
    ends: [...ends, id('slutt')],
  });
  return [
    path('the unit works and answers', {}, [work, ...answer], []),
    path(
      'the front desk answers at once',
      { firstLine: true },
      [{ complete: id('svar1') }, retained],
      [],
    ),
    path(
      'the front desk passes the answer on',
      { answeredBy: 'SERV' },
      [work, { complete: id('svar_serv') }, retained],
      [],
    ),
    path(
      'the citizen was told by the service process',
      { answeredBy: 'SERV' },
      [{ complete: 'general_behandle', variables: { outcome: 'linked' } }, retained],
      [],
    ),
    path(
      'the guarantee and the law both come near',
      {},
      [
        { timer: id('garanti') },
        { timer: id('lovfrist') },
        { complete: id('forelopig'), variables: { interimReply: true } },
        work,
        ...answer,
      ],
      [id('garanti_slutt'), id('forelopig_slutt')],
    ),
    path(
      'the interim reply is overtaken by the answer',
      { statutoryBy: '2026-04-02T21:59:59.999Z' },
      [
        { timer: id('lovfrist') },
        work,
        { complete: id('forelopig'), variables: { interimReply: false } },
        ...answer,
      ],
      [id('forelopig_slutt')],
    ),
    {
      name: 'another authority is responsible',
      variables: caseWith({ service: 'VEIHULL', district: 'ytre-fjordvik', unit: 'VEI' }),
      results: { [id('rut')]: { unit: 'VEI', responsible: false } },
      steps: [retained],
      ends: [id('slutt')],
    },
  ];
}

const registration: PathStep[] = [
  { complete: 'g1_reg', variables: { channel: 'phone', ownWords: false, role: 'owner' } },
  { complete: 'g1_ident', variables: { identified: true } },
];
const routed = { g1_rut: { unit: 'GEO', responsible: true } };
const routed2 = { g12_rut: { unit: 'GEO', responsible: true } };
const siteMap = { service: 'SITKART' };

const afterOne: ProcessPath[] = [
  ...handling('g1'),
  {
    name: 'the front desk registers, and is late in choosing',
    variables: caseWith({ complete: false, identified: false, service: null }),
    results: routed,
    steps: [
      ...registration,
      { timer: 'g1_velg_frist' },
      { complete: 'g1_velg', variables: siteMap },
      { complete: 'general_behandle', variables: { outcome: 'completed' } },
      { complete: 'g1_svar' },
      { timer: 'g1_oppbevar' },
    ],
    ends: ['g1_velg_slutt', 'g1_slutt'],
  },
  {
    name: 'the case came to the wrong unit',
    variables: caseVariables,
    results: routed,
    steps: [
      { error: 'general_behandle', code: 'WRONG_UNIT' },
      { complete: 'g1_velg', variables: siteMap },
      { complete: 'general_behandle', variables: { outcome: 'answered' } },
      { complete: 'g1_svar' },
      { timer: 'g1_oppbevar' },
    ],
    ends: ['g1_slutt'],
  },
];

const afterTwo: ProcessPath[] = [
  ...handling('g12'),
  {
    name: 'the front desk clarifies, and is late',
    variables: caseWith({ complete: false, service: null }),
    results: routed2,
    steps: [
      { timer: 'g12_avklar_frist' },
      { complete: 'g12_avklar', variables: siteMap },
      { complete: 'general_behandle', variables: { outcome: 'rejected' } },
      { complete: 'g12_svar' },
      { timer: 'g12_oppbevar' },
    ],
    ends: ['g12_avklar_slutt', 'g12_slutt'],
  },
  {
    name: 'the wrong unit sends it back for clarification',
    variables: caseVariables,
    results: routed2,
    steps: [
      { error: 'general_behandle', code: 'WRONG_UNIT' },
      { complete: 'g12_avklar', variables: siteMap },
      { complete: 'general_behandle', variables: { outcome: 'answered' } },
      { complete: 'g12_svar' },
      { timer: 'g12_oppbevar' },
    ],
    ends: ['g12_slutt'],
  },
  {
    name: 'somebody reported the same before',
    variables: caseVariables,
    results: { ...routed2, g12_dublett: { duplicateOf: 'FJ-2026-000017' } },
    steps: [{ timer: 'g12_oppbevar' }],
    ends: ['g12_slutt'],
  },
  {
    name: 'the citizen chases twice',
    variables: caseVariables,
    results: routed2,
    steps: [
      { message: 'inquiry.chaser' },
      { message: 'inquiry.chaser' },
      { complete: 'general_behandle', variables: { outcome: 'answered' } },
      { complete: 'g12_svar' },
      { timer: 'g12_oppbevar' },
    ],
    ends: ['g12_paaminn_slutt', 'g12_paaminn_slutt', 'g12_slutt'],
  },
];

const before: ProcessPath[] = [
  {
    name: 'the front desk knows the answer',
    variables: { knowsAnswer: true, rightPerson: false },
    steps: [],
    ends: ['g10_svar_slutt'],
  },
  {
    name: 'the note reaches the right person',
    variables: { knowsAnswer: false, rightPerson: true },
    steps: [],
    ends: ['g10_slutt'],
  },
  {
    name: 'the note reaches somebody else first',
    variables: { knowsAnswer: false, rightPerson: false },
    steps: [],
    ends: ['g10_slutt'],
  },
];

export const inquiryPaths: readonly ProcessPaths[] = [
  {
    processId: 'inquiry-before',
    file: 'inquiry/before.bpmn',
    startMessage: 'inquiry-before.received',
    paths: before,
  },
  {
    processId: 'inquiry-after-1',
    file: 'inquiry/after-1.bpmn',
    startMessage: 'inquiry-after-1.received',
    paths: afterOne,
  },
  {
    processId: 'inquiry-after-2',
    file: 'inquiry/after-2.bpmn',
    startMessage: 'inquiry-after-2.received',
    paths: afterTwo,
  },
];
