import type { JsonObject } from '../../src/kernel/json.js';
import { caseWith } from './case-variables.js';
import type { PathStep, ProcessPath, ProcessPaths } from './paths.js';

const appeal = (decisionAt: string | null): JsonObject =>
  caseWith({
    service: 'KLAGE',
    unit: 'TILD',
    serviceProcess: 'complaint-after',
    appealOf: '26-K3F9-2XQ7',
    decisionFound: decisionAt !== null,
    decisionService: decisionAt === null ? null : 'PARKHC',
    decisionAt,
    decidedBy: decisionAt === null ? null : 'TILD',
  });
const inTime = appeal('2026-02-20T22:59:59.999Z');
const late = appeal('2026-01-05T22:59:59.999Z');
const body = {
  klage_regel: { body: 'klagenemnd', days: 21, reason: 'Kommunens egne vedtak' },
};
const reconsidered = (answer: string): PathStep => ({
  complete: 'klage_vurder',
  variables: { reconsidered: answer },
});
const accepted = (lateAccepted: string): PathStep => ({
  complete: 'klage_frist',
  variables: { lateAccepted },
});
const sent: PathStep = { complete: 'klage_send' };
const decided = (appealOutcome: string): PathStep => ({
  message: 'complaint.done',
  variables: { appealOutcome },
});

const after: ProcessPath[] = [
  {
    name: 'the unit changes its decision',
    variables: inTime,
    results: body,
    steps: [reconsidered('changed')],
    ends: ['klage_omgjort_slutt'],
  },
  {
    name: 'the appeal body confirms the decision, after everybody was late',
    variables: inTime,
    results: body,
    steps: [
      { timer: 'klage_10vd' },
      reconsidered('upheld'),
      sent,
      { timer: 'klage_8uker' },
      decided('upheld'),
    ],
    ends: ['klage_purret', 'klage_spurt', 'klage_stadfestet_slutt'],
  },
  {
    name: 'the appeal body changes the decision, after sending it back once',
    variables: inTime,
    results: body,
    steps: [
      reconsidered('upheld'),
      sent,
      decided('returned'),
      reconsidered('upheld'),
      sent,
      decided('changed'),
    ],
    ends: ['klage_endret_slutt'],
  },
  {
    name: 'an appeal comes too late',
    variables: late,
    results: body,
    steps: [accepted('no')],
    ends: ['klage_avvist_slutt'],
  },
  {
    name: 'a late appeal is heard all the same',
    variables: late,
    results: body,
    steps: [accepted('yes'), reconsidered('changed')],
    ends: ['klage_omgjort_slutt'],
  },
  {
    name: 'somebody has to find the decision',
    variables: appeal(null),
    results: body,
    steps: [
      {
        complete: 'klage_let',
        variables: { decisionService: 'PARKHC', decidedOn: '2026-02-20' },
      },
      reconsidered('changed'),
    ],
    ends: ['klage_omgjort_slutt'],
  },
];

export const complaintPaths: readonly ProcessPaths[] = [
  { processId: 'complaint-after', file: 'complaint/after.bpmn', paths: after },
  {
    processId: 'complaint-before',
    file: 'complaint/before.bpmn',
    startMessage: 'complaint-before.received',
    paths: [true, false].map((agrees) => ({
      name: agrees ? 'the caseworker agrees' : 'the caseworker sends it on',
      variables: { agrees },
      steps: [],
      ends: [agrees ? 'klage0_slutt' : 'klage0_sendt'],
    })),
  },
];
