import type { JsonObject } from '../../src/kernel/json.js';
import { caseWith } from './case-variables.js';
import type { PathStep, ProcessPath, ProcessPaths } from './paths.js';

const feedback = (changes: JsonObject): JsonObject =>
  caseWith({
    service: 'TILBAKEM',
    unit: 'SERV',
    answeredBy: 'SERV',
    serviceProcess: 'feedback-after',
    kind: 'complaint',
    aboutUnit: 'VAR',
    ...changes,
  });
const considered = (improve: boolean): PathStep => ({
  complete: 'ris_utred',
  variables: { finding: 'upheld', improve },
});
const interim = (interimReply: boolean): PathStep => ({
  complete: 'ris_forelopig',
  variables: { interimReply, ...(interimReply ? { promisedBy: '2026-03-12' } : {}) },
});

const after: ProcessPath[] = [
  {
    name: 'praise reaches those it is about',
    variables: feedback({ kind: 'praise' }),
    steps: [{ complete: 'ris_del', variables: { praiseShared: true } }],
    ends: ['ris_slutt'],
  },
  {
    name: 'a complaint leads to a change',
    variables: feedback({}),
    steps: [
      considered(true),
      {
        complete: 'ris_forbedre',
        variables: { improvement: 'routine', improvementBy: '2026-04-01' },
      },
    ],
    ends: ['ris_slutt'],
  },
  {
    name: 'nobody says what it is, the sorting is late, and the complaint is not upheld',
    variables: feedback({ kind: 'unclear', aboutUnit: null }),
    steps: [
      { timer: 'ris_4t' },
      { complete: 'ris_sorter', variables: { kind: 'complaint', aboutUnit: 'VEI' } },
      { complete: 'ris_utred', variables: { finding: 'notUpheld' } },
    ],
    ends: ['ris_4t_slutt', 'ris_slutt'],
  },
  {
    name: 'a slow complaint gets an interim reply',
    variables: feedback({}),
    steps: [{ timer: 'ris_garanti' }, interim(true), considered(false)],
    ends: ['ris_forelopig_slutt', 'ris_slutt'],
  },
  {
    name: 'an interim reply is clearly unnecessary',
    variables: feedback({ kind: 'suggestion' }),
    steps: [{ timer: 'ris_garanti' }, interim(false), considered(false)],
    ends: ['ris_forelopig_slutt', 'ris_slutt'],
  },
  {
    name: 'the answer is ready before the interim reply is written',
    variables: feedback({}),
    steps: [{ timer: 'ris_garanti' }, considered(false)],
    ends: ['ris_slutt'],
  },
];

const before: ProcessPath[] = [
  {
    name: 'the right manager rings back',
    variables: { inquiryId: '1', unitKnown: true, managerAnswers: true },
    steps: [],
    ends: ['ris0_svart'],
  },
  {
    name: 'somebody gets it, and nobody answers',
    variables: { inquiryId: '1', unitKnown: false, managerAnswers: false },
    steps: [{ timer: 'ris0_stille' }],
    ends: ['ris0_slutt'],
  },
  {
    name: 'the manager answers when asked again',
    variables: { inquiryId: '1', unitKnown: true, managerAnswers: false },
    steps: [{ message: 'feedback-before.asked-again', variables: { managerAnswers: true } }],
    ends: ['ris0_svart'],
  },
];

export const feedbackPaths: readonly ProcessPaths[] = [
  { processId: 'feedback-after', file: 'feedback/after.bpmn', paths: after },
  {
    processId: 'feedback-before',
    file: 'feedback/before.bpmn',
    startMessage: 'feedback-before.received',
    paths: before,
  },
];
