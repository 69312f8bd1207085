import { readFileSync } from 'node:fs';
import type { PackageFolder } from '../../src/catalogue/read-packages.js';
import {
  boundary,
  bpmn,
  callActivity,
  catchEvent,
  end,
  flows,
  serviceTask,
  start,
  timer,
  userTask,
} from '../helpers/bpmn.js';

/** An intake of its own, so that the product's may be redrawn: each deadline a timer of its own. */
export const CRASH_INTAKE = 'crash-intake';

/** The code of the service whose cases the crash test works on, beside the bin orders. */
export const CRASH_SERVICE = 'KRASJ';

const inputs = (values: Record<string, string>): string =>
  `<zeebe:ioMapping>${Object.entries(values)
    .map(([target, source]) => `<zeebe:input source="${source}" target="${target}"/>`)
    .join('')}</zeebe:ioMapping>`;
const text = (value: string): string => `=&quot;${value}&quot;`;

const desk = '<zeebe:assignmentDefinition candidateGroups="SERV"/>';
const atOnce = (collection: string): string =>
  `<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="${collection}" inputElement="part"/></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>`;

const tell = (id: string, template: string, recipient: string, repeated = ''): string =>
  serviceTask(
    id,
    'notify',
    inputs({ template: text(template), recipient: text(recipient) }),
  ).replace('</bpmn:serviceTask>', `${repeated}</bpmn:serviceTask>`);

/** Four branches that must all come back: a late task, a called process, mails and a consent. */
const work = bpmn(
  'crash-work',
  [
    start,
    '<bpmn:parallelGateway id="fork"/>',
    userTask('handle', desk),
    boundary('late', 'handle', timer('PT2S'), false),
    serviceTask('escalate', 'escalate', inputs({ deadline: text('internal'), level: '=1' })),
    tell('tell', 'escalated', 'manager'),
    '<bpmn:endEvent id="late_end"/>',
    boundary('every_second', 'handle', timer('R3/PT1S', 'timeCycle'), false),
    serviceTask('remind', 'remind', inputs({ recipient: text('unit') })),
    '<bpmn:endEvent id="remind_end"/>',
    callActivity('call', 'crash-part'),
    tell('copies', 'assigned', 'unit', atOnce('=[1,2,3]')),
    userTask('consent', desk),
    boundary('no_consent', 'consent', timer('PT3S')),
    '<bpmn:exclusiveGateway id="merge"/>',
    '<bpmn:parallelGateway id="join"/>',
    end,
    flows(
      'start fork',
      'fork handle join',
      'late escalate tell late_end',
      'every_second remind remind_end',
      'fork call join',
      'fork copies join',
      'fork consent merge join',
      'no_consent merge',
      'join end',
    ),
  ].join(''),
);

/** Waits a little, then asks two people at once. */
const part = bpmn(
  'crash-part',
  start +
    catchEvent('wait', timer('PT1S')) +
    userTask('each', desk, atOnce('=[1,2]')) +
    end +
    flows('start wait each end'),
);

const intake = readFileSync(new URL('intake.bpmn', import.meta.url), 'utf8');

const names = { nb: 'Krasj', nn: 'Krasj', en: 'Crash' };

/** A service with this intake, this work, and a retention of two seconds. */
export const crashPackage: PackageFolder = {
  folder: 'crash',
  service: {
    code: CRASH_SERVICE,
    names,
    descriptions: names,
    los: [],
    unit: 'SERV',
    firstLine: false,
    answeredBy: 'SERV',
    channels: ['phone'],
    guarantee: null,
    statutory: null,
    dataClass: 'P1',
    retention: { class: 'R6', duration: 'PT2S' },
    archive: 'journal',
    process: 'crash-work',
    intakeProcess: CRASH_INTAKE,
    variants: [],
    form: null,
    volumePerYear: 0,
    volumeBasis: 'assumption',
  },
  resources: [
    { name: 'crash/intake.bpmn', content: intake },
    { name: 'crash/work.bpmn', content: work },
    { name: 'crash/part.bpmn', content: part },
  ],
};
