import type { JsonObject } from '../../src/kernel/json.js';
import { caseWith } from './case-variables.js';
import type { PathStep, ProcessPath, ProcessPaths } from './paths.js';

const variables = caseWith({ promisedBy: '2026-05-04' });
const nextDeadlineAt = '2026-03-05T09:00:00.000Z';
const handled: PathStep = { complete: 'general_behandle', variables: { outcome: 'answered' } };

/** What the clock says at every look. */
function clock(dueDeadline: string | null): Record<string, JsonObject> {
  return { frist_neste: { dueDeadline, nextDeadline: 'guarantee', nextDeadlineAt } };
}

function path(name: string, due: string | null, steps: PathStep[], ends: string[]): ProcessPath {
  return { name, variables, results: clock(due), steps, ends };
}

const paths: ProcessPath[] = [
  path('nothing falls due', null, [handled], ['frist_slutt']),
  path(
    'a timer and a change make it look again',
    null,
    [{ timer: 'frist_tid' }, { message: 'deadline.changed' }, handled],
    ['frist_slutt'],
  ),
  path('the unit is reminded', 'warning', [handled], ['frist_minn_slutt', 'frist_slutt']),
  path('the promise is broken', 'guarantee', [handled], ['frist_leder_slutt', 'frist_slutt']),
  path('the law is broken', 'statutory', [handled], ['frist_leder_slutt', 'frist_slutt']),
  path(
    'an interim reply is sent',
    'interim',
    [
      {
        complete: 'frist_forelopig',
        variables: { interimReply: true, promisedBy: '2026-05-04' },
      },
      handled,
    ],
    ['frist_forelopig_slutt', 'frist_slutt'],
  ),
  path(
    'no interim reply is needed',
    'interim',
    [{ complete: 'frist_forelopig', variables: { interimReply: false } }, handled],
    ['frist_forelopig_slutt', 'frist_slutt'],
  ),
  path(
    'a promised date slips',
    'promised',
    [{ complete: 'frist_forsinkelse', variables: { promisedBy: '2026-05-04' } }, handled],
    ['frist_forsinkelse_slutt', 'frist_slutt'],
  ),
  path(
    'the citizen hears where a silent case stands',
    'silent',
    [{ complete: 'frist_stille', variables: { tellCitizen: true } }, handled],
    ['frist_status_slutt', 'frist_slutt'],
  ),
  path(
    'a silent case was just spoken of',
    'silent',
    [{ complete: 'frist_stille', variables: { tellCitizen: false } }, handled],
    ['frist_status_slutt', 'frist_slutt'],
  ),
  path(
    'the case ends before anybody has written the interim reply',
    'interim',
    [handled],
    ['frist_slutt'],
  ),
  path(
    'the citizen chases twice',
    null,
    [{ message: 'inquiry.chased' }, { message: 'inquiry.chased' }, handled],
    ['frist_purret_slutt', 'frist_purret_slutt', 'frist_slutt'],
  ),
  path('the citizen withdraws', null, [{ message: 'inquiry.withdrawn' }], ['frist_trukket_slutt']),
];

const breach = { objectiveId: '7201', unit: 'VAR' };

export const deadlinePaths: readonly ProcessPaths[] = [
  { processId: 'shared-deadline', file: 'shared/deadline.bpmn', paths },
  {
    processId: 'objective-breach',
    file: 'objective-breach/breach.bpmn',
    startMessage: 'objective.burnt',
    paths: [
      {
        name: 'the manager chooses a measure',
        variables: breach,
        steps: [{ complete: 'brent_tiltak', variables: { breachMeasure: 'move-people' } }],
        ends: ['brent_varslet', 'brent_slutt'],
      },
      {
        name: 'the manager says nothing for five days',
        variables: breach,
        steps: [{ timer: 'brent_frist' }, { complete: 'brent_eier_tiltak' }],
        ends: ['brent_varslet', 'brent_eier_slutt'],
      },
    ],
  },
];
