import type { JsonObject } from '../../src/kernel/json.js';
import { caseWith } from './case-variables.js';
import type { PathStep, ProcessPath, ProcessPaths } from './paths.js';

const missed = (changes: JsonObject): JsonObject =>
  caseWith({
    service: 'TOMMING',
    unit: 'VAR',
    serviceProcess: 'missed-collection-after',
    waste: 'residual',
    scope: 'mine',
    binOut: 'yes',
    hindrance: 'none',
    ...changes,
  });
const ordinary = { measure: 'extraRound', workingDays: 2, reason: 'Dunken sto framme' };
const street = { measure: 'wholeStreet', workingDays: 2, reason: 'Hele gata ble hoppet over' };
const notOut = { measure: 'nextRound', workingDays: 0, reason: 'Dunken sto ikke framme' };
const planned: PathStep = { complete: 'tom_plan', variables: { crew: 'extra' } };
const done: PathStep = { message: 'missed-collection.done' };

const after: ProcessPath[] = [
  {
    name: 'one bin is collected by an extra round',
    variables: missed({}),
    results: { tom_regel: ordinary },
    steps: [planned, done],
    ends: ['tom_slutt'],
  },
  {
    name: 'a whole street is collected late, and the vehicle did not get there at first',
    variables: missed({ scope: 'street' }),
    results: { tom_regel: street, tom_hos: { collected: true } },
    steps: [
      planned,
      { timer: 'tom_frist' },
      { message: 'missed-collection.done', variables: { collected: false } },
      planned,
      { message: 'missed-collection.done', variables: { collected: true } },
    ],
    ends: ['tom_esk_slutt', 'tom_slutt'],
  },
  {
    name: 'the street was reported already',
    variables: missed({ scope: 'street' }),
    results: { tom_dublett: { duplicateOf: 'FJ-2026-000017' } },
    steps: [],
    ends: ['tom_koblet_slutt'],
  },
  {
    name: 'the bin was not out, and waits for the next ordinary round',
    variables: missed({ binOut: 'no' }),
    results: { tom_regel: notOut },
    steps: [],
    ends: ['tom_neste_slutt'],
  },
];

const before: ProcessPath[] = [
  {
    name: 'a vehicle is free',
    variables: { inquiryId: '1', vehicleFree: true },
    steps: [{ timer: 'tom0_stille' }],
    ends: ['tom0_slutt'],
  },
  {
    name: 'it stands until next time, and somebody calls again',
    variables: { inquiryId: '1', vehicleFree: false },
    steps: [
      { message: 'missed-collection-before.called-again', variables: { vehicleFree: true } },
      { timer: 'tom0_stille' },
    ],
    ends: ['tom0_slutt'],
  },
];

export const missedCollectionPaths: readonly ProcessPaths[] = [
  { processId: 'missed-collection-after', file: 'missed-collection/after.bpmn', paths: after },
  {
    processId: 'missed-collection-before',
    file: 'missed-collection/before.bpmn',
    startMessage: 'missed-collection-before.received',
    paths: before,
  },
];
