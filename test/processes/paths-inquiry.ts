import type { JsonObject, JsonValue } from '../../src/kernel/json.js';
import { caseVariables, caseWith } from './case-variables.js';
import type { PathStep, ProcessPath, ProcessPaths } from './paths.js';

/** What the processes that an inquiry calls answer when nothing special happens. */
const common: Record<string, JsonValue> = {
  frist_neste: {
    dueDeadline: null,
    nextDeadline: 'guarantee',
    nextDeadlineAt: '2026-03-04T22:59:59.999Z',
  },
  svar_kanal: 'email',
  svar_send: { delivered: true },
  arkiv_regel: 'assess',
  tilb_spor: { delivered: true },
};
const work: PathStep = { complete: 'general_behandle', variables: { outcome: 'answered' } };
const content: PathStep = { timer: 'tilb_tid' };
const forward = { firstLineResult: 'forward' };

/** Both phases after work on a case the same way; their element ids differ by a prefix. */
function handling(prefix: string, found: Record<string, JsonValue>): ProcessPath[] {
  const id = (name: string): string => `${prefix}_${name}`;
  const results = { ...common, ...found, [id('rut')]: { unit: 'GEO', responsible: true } };
  const answer: PathStep[] = [{ complete: id('svar') }, content];
  const path = (
    name: string,
    changes: JsonObject,
    steps: PathStep[],
    ends: string[] = [],
    told: Record<string, JsonValue> = {},
  ): ProcessPath => ({
    name,
    variables: caseWith(changes),
    results: { ...results, ...told },
    steps,
    ends: [...ends, id('slutt')],
  });
  return [
    path('the unit works and answers', {}, [work, ...answer]),
    path('the front desk answers at once', { firstLine: true }, [
      { complete: id('svar1'), variables: { firstLineResult: 'solved' } },
      content,
    ]),
    path(
      'the front desk is late, and sends it on to the service’s own process',
      { firstLine: true },
      [
        { timer: id('svar1_frist') },
        { complete: id('svar1'), variables: forward },
        work,
        ...answer,
      ],
      [id('svar1_varslet')],
    ),
    path('the front desk passes the answer on', { answeredBy: 'SERV' }, [
      work,
      { complete: id('svar_serv') },
      content,
    ]),
    path(
      'the citizen was told by the service process',
      { answeredBy: 'SERV' },
      [{ complete: 'general_behandle', variables: { outcome: 'linked' } }, content],
      [],
      { arkiv_regel: 'none' },
    ),
    path('the citizen withdraws the case', {}, [{ message: 'inquiry.withdrawn' }, content]),
    path(
      'the citizen writes again after the end, and the unit goes on',
      {},
      [
        work,
        { complete: id('svar') },
        { message: 'citizen.answered' },
        { complete: 'general_behandle', variables: { outcome: 'completed', reopened: false } },
        ...answer,
      ],
      [],
      { tilb_gjenapne: { reopened: true } },
    ),
    {
      name: 'another authority is responsible',
      variables: caseWith({ service: 'VEIHULL', district: 'ytre-fjordvik', unit: 'VEI' }),
      results: { [id('rut')]: { unit: 'VEI', responsible: false } },
      steps: [],
      ends: [id(prefix === 'g1' ? 'videresendt' : 'underrettet')],
    },
    {
      name: 'two units say that it is not theirs',
      variables: caseVariables,
      results: { ...results, [id('rut')]: { unit: 'GEO', responsible: true, timesRouted: 1 } },
      steps: [
        { error: 'general_behandle', code: 'WRONG_UNIT' },
        { complete: 'klass_velg', variables: { service: 'SITKART' } },
        work,
        ...answer,
      ],
      ends: [id('slutt')],
    },
  ];
}

const afterOne: ProcessPath[] = [
  ...handling('g1', {}),
  {
    name: 'the front desk registers, and is late in choosing',
    variables: caseWith({ complete: false, identified: false, service: null }),
    results: { ...common, g1_rut: { unit: 'GEO', responsible: true } },
    steps: [
      { complete: 'g1_reg', variables: { channel: 'phone', ownWords: false, role: 'owner' } },
      { complete: 'ident_finn', variables: { identified: true } },
      { timer: 'klass_frist' },
      { complete: 'klass_velg', variables: { service: 'SITKART' } },
      { complete: 'general_behandle', variables: { outcome: 'completed' } },
      { complete: 'g1_svar' },
      content,
    ],
    ends: ['g1_slutt'],
  },
];

const never = { radiusMetres: 0, days: 0 };
const afterTwo: ProcessPath[] = [
  ...handling('g12', { g12_duplikat: never }),
  {
    name: 'nobody knows what it is about, and the words tell',
    variables: caseWith({ complete: false }),
    results: {
      ...common,
      g12_duplikat: never,
      klass_forslag: { suggestedService: 'SITKART', suggestionScore: 0.9 },
      klass_sett: { service: 'SITKART' },
      g12_rut: { unit: 'GEO', responsible: true },
    },
    steps: [work, { complete: 'g12_svar' }, content],
    ends: ['g12_slutt'],
  },
  {
    name: 'somebody reported the same before',
    variables: caseVariables,
    results: {
      ...common,
      g12_duplikat: never,
      g12_rut: { unit: 'GEO', responsible: true },
      g12_dublett: { duplicateOf: 'FJ-2026-000017' },
    },
    steps: [],
    ends: ['g12_underrettet'],
  },
];

const before: ProcessPath[] = [
  {
    name: 'the front desk knows the answer',
    variables: { inquiryId: '1', knowsAnswer: true },
    steps: [],
    ends: ['g10_svar_slutt'],
  },
  {
    name: 'the note reaches the right person',
    variables: { inquiryId: '1', knowsAnswer: false },
    steps: [
      { message: 'inquiry-before.opened', variables: { rightPerson: true } },
      { timer: 'g10_tid' },
    ],
    ends: ['g10_slutt'],
  },
  {
    name: 'the note reaches somebody else first, and the citizen calls again',
    variables: { inquiryId: '1', knowsAnswer: false },
    steps: [
      { message: 'inquiry-before.opened', variables: { rightPerson: false } },
      { message: 'inquiry-before.opened', variables: { rightPerson: true } },
      { message: 'inquiry-before.called-again' },
      { message: 'inquiry-before.opened' },
      { timer: 'g10_tid' },
    ],
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
