import { caseWith } from './case-variables.js';
import type { ProcessPaths } from './paths.js';

const kept = caseWith({ archiveRule: 'none', firstLine: true, intakeProcess: 'general-after' });

const RULES = { arkiv_regel: 'none' };

/** What goes on around the services: conversations, messages, cases that are opened again. */
export const dialoguePaths: readonly ProcessPaths[] = [
  {
    processId: 'citizen-message',
    file: 'shared/citizen-message.bpmn',
    startMessage: 'citizen.message',
    paths: [
      {
        name: 'somebody reads it',
        variables: { inquiryId: '7101', messageId: '9', readBy: '2026-03-04T22:59:59.999Z' },
        steps: [{ message: 'message.read' }],
        ends: ['melding_slutt'],
      },
      {
        name: 'nobody reads it in time',
        variables: { inquiryId: '7101', messageId: '9', readBy: '2026-03-04T22:59:59.999Z' },
        steps: [{ timer: 'melding_frist' }],
        ends: ['melding_brutt'],
      },
    ],
  },
  {
    processId: 'shared-first-contact',
    file: 'shared/first-contact.bpmn',
    paths: [
      {
        name: 'what was answered at once is closed at once',
        variables: kept,
        results: RULES,
        steps: [{ timer: 'forste_oppbevar' }],
        ends: ['forste_slutt'],
      },
    ],
  },
  {
    processId: 'shared-call-back',
    file: 'shared/call-back.bpmn',
    paths: [
      {
        name: 'the call answers the question',
        variables: { ...kept, callBackBy: '2026-03-03T22:59:59.999Z' },
        results: RULES,
        steps: [
          { complete: 'ring_opp', variables: { callOutcome: 'answered' } },
          { timer: 'ring_oppbevar' },
        ],
        ends: ['ring_slutt'],
      },
      {
        name: 'nobody calls in time, and the case is handled like others',
        variables: { ...kept, firstLine: false, callBackBy: '2026-03-03T22:59:59.999Z' },
        results: RULES,
        steps: [
          { timer: 'ring_frist' },
          { complete: 'ring_opp', variables: { callOutcome: 'notReached' } },
          { complete: 'general_behandle' },
        ],
        ends: ['ring_brutt', 'ring_videre'],
      },
    ],
  },
  {
    processId: 'inquiry-reopened',
    file: 'shared/reopened.bpmn',
    paths: [
      {
        name: 'the unit answers anew',
        variables: caseWith({ answerChannel: 'email', archiveRule: 'none' }),
        results: { ...RULES, svar_kanal: 'email', svar_send: { delivered: true } },
        steps: [{ complete: 'general_behandle' }, { timer: 'apnet_oppbevar' }],
        ends: ['apnet_slutt'],
      },
      {
        name: 'it is the wrong unit first',
        variables: caseWith({ answerChannel: 'email', archiveRule: 'none' }),
        results: { ...RULES, svar_kanal: 'email', svar_send: { delivered: true } },
        steps: [
          { error: 'general_behandle', code: 'WRONG_UNIT' },
          { complete: 'general_behandle' },
          { timer: 'apnet_oppbevar' },
        ],
        ends: ['apnet_slutt'],
      },
    ],
  },
];
