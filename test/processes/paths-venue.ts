import type { JsonObject } from '../../src/kernel/json.js';
import { caseWith } from './case-variables.js';
import type { PathStep, ProcessPath, ProcessPaths } from './paths.js';

const venue = (changes: JsonObject): JsonObject =>
  caseWith({
    service: 'LOKALE',
    unit: 'KULT',
    serviceProcess: 'venue-after',
    renter: 'association',
    youth: 'yes',
    venue: 'hall',
    eventFrom: '2026-03-28T18:00:00+01:00',
    ...changes,
  });
const price = (perHour: number, more: JsonObject): Record<string, JsonObject> => ({
  lok_pris: { perHour, deposit: 0, insurance: false, key: true, ...more },
});
const young = price(0, { reason: 'Lag for barn og unge' });
const grown = price(150, { reason: 'Lag for voksne' });
const meeting = price(0, { key: false, reason: 'Lag, møterom' });
const adults = { youth: 'no' };
const available = (value: string): PathStep => ({
  complete: 'lok_ledig',
  variables: { available: value },
});
const found = (alternative: string): PathStep => ({
  complete: 'lok_los',
  variables: { alternative },
});
const offer: PathStep = { complete: 'lok_tilbud', variables: { agreedPrice: 600 } };
const answered: PathStep = { message: 'citizen.answered' };
const replied = (reply: string): PathStep[] => [
  answered,
  { complete: 'lok_svar', variables: { reply } },
];
const key: PathStep = { complete: 'lok_nokkel', variables: { access: 'code' } };

const after: ProcessPath[] = [
  {
    name: 'the young pay nothing and get a code',
    variables: venue({}),
    results: young,
    steps: [available('yes'), offer, ...replied('accepted'), key],
    ends: ['lok_slutt'],
  },
  {
    name: 'a meeting room needs no key',
    variables: venue({ ...adults, venue: 'meeting' }),
    results: meeting,
    steps: [available('yes'), offer, ...replied('accepted')],
    ends: ['lok_slutt'],
  },
  {
    name: 'everything is late, and still agreed',
    variables: venue(adults),
    results: grown,
    steps: [
      { timer: 'lok_3vd' },
      available('yes'),
      { timer: 'lok_5vd' },
      offer,
      ...replied('accepted'),
      { timer: 'lok_10d' },
      { message: 'venue.paid' },
      { timer: 'lok_nokkel_frist' },
      key,
    ],
    ends: ['lok_3vd_slutt', 'lok_5vd_slutt', 'lok_10d_slutt', 'lok_nokkel_slutt', 'lok_slutt'],
  },
  {
    name: 'another time is found, asked for once more, and declined',
    variables: venue({}),
    results: young,
    steps: [
      available('conflict'),
      found('yes'),
      offer,
      ...replied('otherTime'),
      available('yes'),
      offer,
      ...replied('declined'),
    ],
    ends: ['lok_bortfalt_slutt'],
  },
  {
    name: 'the venue is taken',
    variables: venue({}),
    results: young,
    steps: [available('conflict'), found('no')],
    ends: ['lok_avslag_slutt'],
  },
  {
    name: 'the offer is not answered within seven days',
    variables: venue({}),
    results: young,
    steps: [available('yes'), offer, { timer: 'lok_7d' }],
    ends: ['lok_bortfalt_slutt'],
  },
  {
    name: 'nobody pays',
    variables: venue(adults),
    results: grown,
    steps: [available('yes'), offer, ...replied('accepted'), { timer: 'lok_14d' }],
    ends: ['lok_frigi_slutt'],
  },
  {
    name: 'the renter cancels',
    variables: venue(adults),
    results: grown,
    steps: [available('yes'), offer, ...replied('accepted'), { message: 'venue.cancelled' }],
    ends: ['lok_frigi_slutt'],
  },
];

const before: ProcessPath[] = [
  {
    name: 'it looks free',
    variables: { inquiryId: '1', free: true, doubleBooked: false },
    steps: [],
    ends: ['lok0_slutt'],
  },
  {
    name: 'it is free the second time, and booked twice',
    variables: { inquiryId: '1', free: false, doubleBooked: true },
    steps: [{ message: 'venue-before.called-again', variables: { free: true } }],
    ends: ['lok0_slutt'],
  },
  {
    name: 'it looks taken',
    variables: { inquiryId: '1', free: false },
    steps: [{ timer: 'lok0_gir_opp' }],
    ends: ['lok0_vent_slutt'],
  },
];

export const venuePaths: readonly ProcessPaths[] = [
  { processId: 'venue-after', file: 'venue/after.bpmn', paths: after },
  {
    processId: 'venue-before',
    file: 'venue/before.bpmn',
    startMessage: 'venue-before.received',
    paths: before,
  },
];
