import type { PathStep, ProcessPath, ProcessPaths } from './paths.js';

const variables = { crisisId: '9101', service: 'BROYTING', startedFor: 'threshold' };
const confirmed = (crisisDecision: string): PathStep => ({
  complete: 'krise_bekreft',
  variables: { crisisDecision },
});
const evaluated: PathStep = {
  complete: 'krise_evaluer',
  variables: { grade: 4, improvement: 'routine' },
};

const paths: ProcessPath[] = [
  {
    name: 'it is confirmed, and is over when it has been calm',
    variables,
    results: { krise_se: { calm: true, reportsPerHour: 3 } },
    steps: [confirmed('keep'), { timer: 'krise_kvarter' }, evaluated],
    ends: ['krise_slutt'],
  },
  {
    name: 'nobody confirms it, it is not calm, and the leader switches it off',
    variables,
    results: { krise_se: { calm: false, reportsPerHour: 80 } },
    steps: [
      { timer: 'krise_uten_svar' },
      { timer: 'krise_kvarter' },
      { timer: 'krise_kvarter' },
      { message: 'crisis.off' },
      evaluated,
    ],
    ends: ['krise_slutt'],
  },
  {
    name: 'it was no crisis',
    variables,
    steps: [confirmed('callOff'), evaluated],
    ends: ['krise_slutt'],
  },
  {
    name: 'it is switched off before anybody has confirmed it',
    variables,
    steps: [{ message: 'crisis.off' }, evaluated],
    ends: ['krise_slutt'],
  },
];

export const crisisModePaths: readonly ProcessPaths[] = [
  { processId: 'crisis-mode', file: 'crisis-mode/after.bpmn', paths },
];
