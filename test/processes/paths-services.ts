import type { JsonObject } from '../../src/kernel/json.js';
import { caseVariables, caseWith } from './case-variables.js';
import type { PathStep, ProcessPath, ProcessPaths } from './paths.js';

const bin = (changes: JsonObject): JsonObject =>
  caseWith({
    service: 'DUNK',
    unit: 'VAR',
    serviceProcess: 'bin-order-after',
    requesterRole: 'owner',
    orderType: 'broken',
    waste: 'residual',
    currentLitres: 140,
    newLitres: 140,
    ...changes,
  });
const free = { dunk_gebyr: { feeChange: false, rule: 'Samme størrelse' } };
const dearer = { dunk_gebyr: { feeChange: true, rule: 'Annen størrelse eller antall' } };
const larger = { orderType: 'change', newLitres: 240 };
const route: PathStep = {
  complete: 'dunk_kjoreliste',
  variables: { deliveryDate: '2026-03-10', binLitres: '140' },
};
const delivered: PathStep = { message: 'bin-order.delivered' };

const binOrder: ProcessPath[] = [
  {
    name: 'a broken bin goes straight through',
    variables: bin({}),
    results: free,
    steps: [route, delivered],
    ends: ['dunk_slutt'],
  },
  {
    name: 'the owner accepts a dearer bin',
    variables: bin(larger),
    results: dearer,
    steps: [
      { complete: 'dunk_pris', variables: { priceAccepted: true } },
      route,
      delivered,
      { complete: 'dunk_gebyr_inn', variables: { feeUpdated: true, feeFrom: '2026-04-01' } },
    ],
    ends: ['dunk_slutt'],
  },
  {
    name: 'the owner does not accept the price',
    variables: bin(larger),
    results: dearer,
    steps: [{ complete: 'dunk_pris', variables: { priceAccepted: false } }],
    ends: ['dunk_trukket_slutt'],
  },
  {
    name: 'a tenant has the owner’s consent, and the bin is late',
    variables: bin({ requesterRole: 'tenant' }),
    results: free,
    steps: [{ message: 'bin-order.consent' }, route, { timer: 'dunk_10vd' }, delivered],
    ends: ['dunk_esk_slutt', 'dunk_slutt'],
  },
  {
    name: 'a tenant never gets the owner’s consent',
    variables: bin({ requesterRole: 'tenant' }),
    steps: [{ timer: 'dunk_14d' }],
    ends: ['dunk_trukket_slutt'],
  },
];

const road = (changes: JsonObject): JsonObject =>
  caseWith({
    service: 'VEIHULL',
    unit: 'VEI',
    serviceProcess: 'road-damage-after',
    damage: 'hole',
    place: 'carriageway',
    depthCm: 4,
    roadCategory: 'K',
    ...changes,
  });
const ours = { vei_eier: { owner: 'municipality', municipal: true } };
const harmless = { ...ours, vei_fare: { danger: false, reason: 'Ingen fare meldt' } };
const dangerous = { ...ours, vei_fare: { danger: true, reason: 'Dypt hull' } };
const inspected = (measure: string): PathStep => ({
  complete: 'vei_befar',
  variables: { measure },
});
const order: PathStep = { complete: 'vei_ordre', variables: { contractor: 'asphalt' } };
const done: PathStep = { message: 'road-damage.done' };

const roadDamage: ProcessPath[] = [
  {
    name: 'a hole is repaired',
    variables: road({}),
    results: harmless,
    steps: [inspected('repair'), order, done],
    ends: ['vei_slutt'],
  },
  {
    name: 'a deep hole is made safe late, and the contractor is late too',
    variables: road({ depthCm: 12 }),
    results: dangerous,
    steps: [
      { timer: 'vei_24t' },
      { complete: 'vei_sikre', variables: { secured: 'cones' } },
      inspected('repair'),
      order,
      { timer: 'vei_10vd' },
      done,
    ],
    ends: ['vei_24t_slutt', 'vei_purr_slutt', 'vei_slutt'],
  },
  {
    name: 'the damage goes into the plan',
    variables: road({}),
    results: harmless,
    steps: [inspected('plan')],
    ends: ['vei_plan_slutt'],
  },
  {
    name: 'there is nothing to repair',
    variables: road({}),
    results: harmless,
    steps: [inspected('reject')],
    ends: ['vei_avvist_slutt'],
  },
  {
    name: 'the county owns the road',
    variables: road({ roadCategory: 'F' }),
    results: { vei_eier: { owner: 'county', municipal: false } },
    steps: [],
    ends: ['vei_videre_slutt'],
  },
  {
    name: 'the hole is reported already',
    variables: road({}),
    results: { ...ours, vei_dublett: { duplicateOf: 'FJ-2026-000017' } },
    steps: [],
    ends: ['vei_koblet_slutt'],
  },
];

const general: ProcessPath[] = [
  {
    name: 'the unit does the work',
    variables: caseVariables,
    steps: [{ complete: 'general_behandle', variables: { outcome: 'completed' } }],
    ends: ['general_slutt'],
  },
];

export const servicePaths: readonly ProcessPaths[] = [
  { processId: 'general-after', file: 'general/after.bpmn', paths: general },
  { processId: 'bin-order-after', file: 'bin-order/after.bpmn', paths: binOrder },
  {
    processId: 'bin-order-before',
    file: 'bin-order/before.bpmn',
    startMessage: 'bin-order-before.received',
    paths: [
      {
        name: 'the fee stays the same',
        variables: { inquiryId: '1', feeChange: false },
        steps: [{ timer: 'dunk0_runde' }],
        ends: ['dunk0_slutt'],
      },
      {
        name: 'the note is lost, and the fee is typed in again',
        variables: { inquiryId: '1', feeChange: true },
        steps: [{ message: 'bin-order-before.called-again' }, { timer: 'dunk0_runde' }],
        ends: ['dunk0_slutt'],
      },
    ],
  },
  { processId: 'road-damage-after', file: 'road-damage/after.bpmn', paths: roadDamage },
  {
    processId: 'road-damage-before',
    file: 'road-damage/before.bpmn',
    startMessage: 'road-damage-before.received',
    paths: [
      {
        name: 'the hole is found and mended',
        variables: { inquiryId: '1', placeKnown: true, alreadyFixed: false },
        steps: [{ timer: 'vei0_tur' }],
        ends: ['vei0_slutt'],
      },
      {
        name: 'the same hole is on the list twice, and mended before',
        variables: { inquiryId: '1', placeKnown: false, alreadyFixed: true },
        steps: [{ message: 'road-damage-before.called-again' }, { timer: 'vei0_tur' }],
        ends: ['vei0_slutt'],
      },
    ],
  },
];
