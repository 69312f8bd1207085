import type { JsonObject } from '../../src/kernel/json.js';
import { caseWith } from './case-variables.js';
import type { PathStep, ProcessPath, ProcessPaths } from './paths.js';

const order = (changes: JsonObject): JsonObject =>
  caseWith({
    serviceProcess: 'site-map-after',
    product: 'siteMap',
    requesterRole: 'owner',
    fileFormat: 'pdf',
    ...changes,
  });
const paid = { kart_pris: { amount: 600, reason: 'Situasjonskart' } };
const free = { kart_pris: { amount: 0, reason: 'Egen eiendom er uten gebyr' } };
const checked = (orderCheck: string): PathStep => ({
  complete: 'kart_sjekk',
  variables: { orderCheck },
});
const made: PathStep = { complete: 'kart_lag', variables: { delivered: 'attachment' } };

const after: ProcessPath[] = [
  {
    name: 'a map is made and paid for',
    variables: order({}),
    results: paid,
    steps: [
      checked('ready'),
      made,
      { complete: 'kart_faktura', variables: { invoiceSent: true, invoiceAmount: 600 } },
    ],
    ends: ['kart_slutt'],
  },
  {
    name: 'an owner’s own property costs nothing, and is made late',
    variables: order({ product: 'propertyReport' }),
    results: free,
    steps: [
      { timer: 'kart_sjekk_frist' },
      checked('missing'),
      { message: 'citizen.answered' },
      checked('ready'),
      { timer: 'kart_frist' },
      made,
    ],
    ends: ['kart_sjekk_slutt', 'kart_esk_slutt', 'kart_slutt'],
  },
  {
    name: 'the citizen does not answer',
    variables: order({}),
    results: paid,
    steps: [checked('missing'), { timer: 'kart_14d' }],
    ends: ['kart_trukket_slutt'],
  },
  {
    name: 'the price is not accepted',
    variables: order({}),
    results: paid,
    steps: [checked('declined')],
    ends: ['kart_avslatt_slutt'],
  },
];

const before: ProcessPath[] = [
  {
    name: 'all is known',
    variables: { inquiryId: '1', complete: true },
    steps: [],
    ends: ['kart0_slutt'],
  },
  {
    name: 'something is missing, and the citizen is called twice',
    variables: { inquiryId: '1', complete: false },
    steps: [
      { timer: 'kart0_ikke' },
      { message: 'site-map-before.answered', variables: { complete: true } },
    ],
    ends: ['kart0_slutt'],
  },
];

export const siteMapPaths: readonly ProcessPaths[] = [
  { processId: 'site-map-after', file: 'site-map/after.bpmn', paths: after },
  {
    processId: 'site-map-before',
    file: 'site-map/before.bpmn',
    startMessage: 'site-map-before.received',
    paths: before,
  },
];
