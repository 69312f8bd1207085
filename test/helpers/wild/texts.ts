import fc from 'fast-check';

/** Names that JavaScript objects have by themselves, and others that trip a careless reader. */
const TRAPS = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '$type', ''];

const ODD_IDS = [
  'a.b',
  'a b',
  '#',
  '*',
  '1st',
  'æøå',
  '日本',
  '😀',
  '-',
  'a:b',
  ' x',
  'x'.repeat(10_000),
];

/** A few good ids, so that some meet, and any that somebody could think of. */
export const wildId = fc.oneof(
  { weight: 20, arbitrary: fc.nat(30).map((number) => `e${number}`) },
  { weight: 1, arbitrary: fc.constantFrom(...TRAPS, ...ODD_IDS) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
);

const FEEL = [
  '=1',
  '="x"',
  '=true',
  '=a',
  '=a.b.c',
  '=a = 1',
  '=[1, 2, 3]',
  '=null',
  '=now()',
  '=duration("PT1H")',
  '=date and time("2026-03-02T10:00:00Z")',
  '={a: 1}',
  '=for x in [1, 2] return x',
  '=1..1000000000',
  '=for x in 1..100000000 return x',
  '=if',
  '=',
  '= ',
  '=((((',
  `=${'('.repeat(3000)}`,
  `=${'-'.repeat(3000)}1`,
  `=${'a.'.repeat(2000)}a`,
  `=${'1+'.repeat(2000)}1`,
  `=[${'['.repeat(2000)}`,
  '=function(x) x(x)',
  '=constructor',
  '=__proto__',
  '=a.__proto__',
  '=(function(x) x(x))(function(x) x(x))',
  '=matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "(a+)+$")',
  '${execution}',
  '#{bean}',
  'text',
  'PT1H',
  'R/PT0S',
  'R/P1D',
  'R3/PT1M',
  'P99999999999Y',
  '2026-03-02T10:00:00Z',
  '1970-01-01',
  'banana',
  '0 0 * * *',
  '',
  '\u200b',
];

/** What may stand in any field of a model: FEEL of all kinds, other languages, nonsense. */
export const wildText = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...FEEL) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
  {
    weight: 1,
    arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }).map((text) => `=${text}`),
  },
);
