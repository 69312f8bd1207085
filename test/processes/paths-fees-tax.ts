import type { JsonObject } from '../../src/kernel/json.js';
import { caseWith } from './case-variables.js';
import type { PathStep, ProcessPath, ProcessPaths } from './paths.js';

const fee = (changes: JsonObject): JsonObject =>
  caseWith({ service: 'AVGIFT', unit: 'OKO', serviceProcess: 'fees-tax-after', ...changes });
const question = { archiveRule: 'none', workingDays: 3, reason: 'Spørsmål' };
const wrongInvoice = { archiveRule: 'assess', workingDays: 3, reason: 'Feil på faktura' };
const instalment = { archiveRule: 'assess', workingDays: 4, reason: 'Betalingsavtale' };
const taxComplaint = { archiveRule: 'journal', workingDays: 15, reason: 'Klage på eiendomsskatt' };
const found = (finding: string): PathStep => ({ complete: 'avg_slaopp', variables: { finding } });
const ruled = (ruling: string): PathStep => ({ complete: 'avg_klage', variables: { ruling } });
const late = {
  avg_regel: taxComplaint,
  avg_i_tide_regel: { timely: false, reason: 'Mer enn seks uker' },
};
const corrected: PathStep = {
  complete: 'avg_beregn',
  variables: { amountBefore: 4200, amountAfter: 2100, invoiceCorrected: true },
};

const after: ProcessPath[] = [
  {
    name: 'the front desk sorts a question late, and it is explained',
    variables: fee({}),
    results: { avg_regel: question },
    steps: [
      { timer: 'avg_4t' },
      { complete: 'avg_sorter', variables: { matter: 'question', feeType: 'water' } },
      found('right'),
    ],
    ends: ['avg_4t_slutt', 'avg_forklart_slutt'],
  },
  {
    name: 'an invoice is wrong, and corrected late',
    variables: fee({ matter: 'wrongInvoice' }),
    results: { avg_regel: wrongInvoice },
    steps: [{ timer: 'avg_3vd' }, found('wrong'), corrected],
    ends: ['avg_3vd_slutt', 'avg_rettet_slutt'],
  },
  {
    name: 'the citizen sends what is missing',
    variables: fee({ matter: 'wrongInvoice' }),
    results: { avg_regel: wrongInvoice },
    steps: [found('missing'), { message: 'citizen.answered' }, found('wrong'), corrected],
    ends: ['avg_rettet_slutt'],
  },
  {
    name: 'the citizen does not answer within two weeks',
    variables: fee({ matter: 'wrongInvoice' }),
    results: { avg_regel: wrongInvoice },
    steps: [found('missing'), { timer: 'avg_14d' }, found('right')],
    ends: ['avg_forklart_slutt'],
  },
  {
    name: 'somebody else made the claim',
    variables: fee({ matter: 'question' }),
    results: { avg_regel: question },
    steps: [found('elsewhere')],
    ends: ['avg_videre_slutt'],
  },
  {
    name: 'an agreement on instalments is given late',
    variables: fee({ matter: 'instalment' }),
    results: { avg_regel: instalment },
    steps: [
      { timer: 'avg_4vd' },
      { complete: 'avg_avdrag', variables: { agreement: 'yes', instalments: 3 } },
    ],
    ends: ['avg_4vd_slutt', 'avg_avtale_slutt'],
  },
  {
    name: 'no agreement is given',
    variables: fee({ matter: 'instalment' }),
    results: { avg_regel: instalment },
    steps: [{ complete: 'avg_avdrag', variables: { agreement: 'no' } }],
    ends: ['avg_avslag_slutt'],
  },
  {
    name: 'a complaint in time goes to the appeals board, late',
    variables: fee({ matter: 'taxComplaint', noticeOn: '2026-02-20' }),
    results: {
      avg_regel: taxComplaint,
      avg_i_tide_regel: { timely: true, reason: 'Innen seks uker' },
    },
    steps: [{ timer: 'avg_15vd' }, ruled('no')],
    ends: ['avg_15vd_slutt', 'avg_nemnd_slutt'],
  },
  {
    name: 'a complaint whose notice nobody knows changes the tax',
    variables: fee({ matter: 'taxComplaint', noticeOn: null }),
    results: {
      avg_regel: taxComplaint,
      avg_i_tide_regel: { timely: true, reason: 'Datoen er ikke kjent' },
    },
    steps: [ruled('yes'), { complete: 'avg_skatt_rett', variables: { amountAfter: 900 } }],
    ends: ['avg_endret_slutt'],
  },
  {
    name: 'a late complaint is dismissed',
    variables: fee({ matter: 'taxComplaint', noticeOn: '2025-12-01' }),
    results: late,
    steps: [{ complete: 'avg_for_sent', variables: { admitted: 'no' } }],
    ends: ['avg_avvist_slutt'],
  },
  {
    name: 'a late complaint is admitted for special reasons',
    variables: fee({ matter: 'taxComplaint', noticeOn: '2025-12-01' }),
    results: late,
    steps: [{ complete: 'avg_for_sent', variables: { admitted: 'yes' } }, ruled('no')],
    ends: ['avg_nemnd_slutt'],
  },
];

const before: ProcessPath[] = [
  {
    name: 'a question is answered',
    variables: { inquiryId: '1', wrong: false },
    steps: [{ timer: 'avg0_leses' }],
    ends: ['avg0_slutt'],
  },
  {
    name: 'an invoice is corrected, when asked again',
    variables: { inquiryId: '1', wrong: true },
    steps: [{ message: 'fees-tax-before.asked-again' }, { timer: 'avg0_leses' }],
    ends: ['avg0_slutt'],
  },
];

export const feesTaxPaths: readonly ProcessPaths[] = [
  { processId: 'fees-tax-after', file: 'fees-tax/after.bpmn', paths: after },
  {
    processId: 'fees-tax-before',
    file: 'fees-tax/before.bpmn',
    startMessage: 'fees-tax-before.received',
    paths: before,
  },
];
