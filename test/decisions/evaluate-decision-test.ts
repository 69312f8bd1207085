import { expect } from 'chai';
import { evaluateDecision } from '../../src/decisions/evaluate-decision.js';
import { FeelError } from '../../src/decisions/feel-error.js';
import { readDecisionModel } from '../../src/decisions/read-decision-model.js';
import { InvalidError, NotFoundError } from '../../src/kernel/errors.js';
import { decision, dmn, literal, table } from './dmn-xml.js';
import type { TableSpec } from './dmn-xml.js';

async function decide(spec: TableSpec, context: Record<string, unknown>) {
  const model = await readDecisionModel(dmn(decision('d', table('t', spec))));
  return evaluateDecision(model, 'd', context);
}

async function refusal(spec: TableSpec, context: Record<string, unknown>): Promise<InvalidError> {
  try {
    await decide(spec, context);
  } catch (error) {
    expect(error).to.be.instanceOf(InvalidError);
    return error as InvalidError;
  }
  throw new Error('nothing was thrown');
}

const rows = [
  ['> 10', '"high"'],
  ['> 5', '"middle"'],
  ['> 0', '"low"'],
];
const ordered = { name: 'level', values: '"low", "middle", "high"' };
const numbers = rows.map(([test], index) => [test!, String(index + 1)]);

describe('A decision table by hit policy', () => {
  for (const [what, spec, x, value, matched] of [
    ['Unique', { rows }, 3, 'low', [3]],
    ['First', { hitPolicy: 'FIRST', rows }, 12, 'high', [1]],
    ['First, further down', { hitPolicy: 'FIRST', rows }, 6, 'middle', [2]],
    ['Any', { hitPolicy: 'ANY', rows: rows.map(([t]) => [t!, '"x"']) }, 12, 'x', [1, 2, 3]],
    ['Priority', { hitPolicy: 'PRIORITY', outputs: [ordered], rows }, 12, 'low', [3]],
    [
      'Output order',
      { hitPolicy: 'OUTPUT ORDER', outputs: [ordered], rows },
      12,
      ['low', 'middle', 'high'],
      [3, 2, 1],
    ],
    ['Rule order', { hitPolicy: 'RULE ORDER', rows }, 12, ['high', 'middle', 'low'], [1, 2, 3]],
    ['Collect', { hitPolicy: 'COLLECT', rows }, 6, ['middle', 'low'], [2, 3]],
    ['Collect sum', { hitPolicy: 'COLLECT', aggregation: 'SUM', rows: numbers }, 6, 5, [2, 3]],
    ['Collect least', { hitPolicy: 'COLLECT', aggregation: 'MIN', rows: numbers }, 6, 2, [2, 3]],
    ['Collect greatest', { hitPolicy: 'COLLECT', aggregation: 'MAX', rows: numbers }, 6, 3, [2, 3]],
    ['Collect count', { hitPolicy: 'COLLECT', aggregation: 'COUNT', rows }, 6, 2, [2, 3]],
  ] as const) {
    it(`${what} gives ${JSON.stringify(value)}`, async () => {
      const result = await decide({ inputs: ['x'], outputs: ['level'], ...spec }, { x });
      expect(result.value).to.deep.equal(value);
      expect(result.explanation.matched.map(({ index }) => index)).to.deep.equal(matched);
    });
  }

  for (const [hitPolicy, aggregation, value] of [
    ['UNIQUE', undefined, null],
    ['FIRST', undefined, null],
    ['ANY', undefined, null],
    ['RULE ORDER', undefined, null],
    ['COLLECT', undefined, null],
    ['COLLECT', 'SUM', null],
    ['COLLECT', 'COUNT', 0],
  ] as const) {
    it(`${hitPolicy} ${aggregation ?? ''} without a match gives ${value}`, async () => {
      const spec = { hitPolicy, ...(aggregation && { aggregation }), rows: numbers };
      const result = await decide({ inputs: ['x'], outputs: ['y'], ...spec }, { x: -1 });
      expect(result.value).to.equal(value);
      expect(result.explanation.matched).to.deep.equal([]);
    });
  }

  it('without a match gives the default, when there is one', async () => {
    const one = { inputs: ['x'], outputs: [{ name: 'y', default: '"none"' }], rows };
    expect((await decide(one, { x: -1 })).value).to.equal('none');
    const outputs = [{ name: 'y', default: '"none"' }, 'z'];
    const two = { inputs: ['x'], outputs, rows: [['> 0', '1', '2']] };
    expect((await decide(two, { x: -1 })).value).to.deep.equal({ y: 'none', z: null });
  });

  it('with several outputs gives an object, ordered by the first and then the next', async () => {
    const outputs = [
      { name: 'unit', values: '"VAR", "VEI"' },
      { name: 'days', values: '1, [2..9]' },
    ];
    const spec = { hitPolicy: 'OUTPUT ORDER', inputs: ['x'], outputs };
    const table = [
      ['-', '"VEI"', '1'],
      ['-', '"VAR"', '5'],
      ['-', '"VAR"', '1'],
      ['> 0', '"VEI"', '1'],
    ];
    expect((await decide({ ...spec, rows: table }, { x: 1 })).value).to.deep.equal([
      { unit: 'VAR', days: 1 },
      { unit: 'VAR', days: 5 },
      { unit: 'VEI', days: 1 },
      { unit: 'VEI', days: 1 },
    ]);
  });

  it('Unique refuses two rows and names them', async () => {
    const error = await refusal({ inputs: ['x'], outputs: ['y'], rows }, { x: 6 });
    expect(error).to.include({ code: 'decision_not_unique' });
    expect(error.message).to.equal(
      'Decision "Navn d": more than one row matches, but only one may (rows 2, 3)',
    );
    expect(error.details.map(({ elementId }) => elementId)).to.deep.equal(['t_r2', 't_r3']);
  });

  it('Any refuses rows that answer differently', async () => {
    const spec = { hitPolicy: 'ANY', inputs: ['x'], outputs: ['y'], rows };
    expect((await refusal(spec, { x: 6 })).code).to.equal('decision_outputs_differ');
  });

  it('Priority refuses an answer that is not among the values', async () => {
    const outputs = [{ name: 'y', values: '"low", "middle"' }];
    const error = await refusal({ hitPolicy: 'PRIORITY', inputs: ['x'], outputs, rows }, { x: 12 });
    expect(error.code).to.equal('decision_output_not_listed');
    expect(error.details[0]?.reason).to.include('row 1').and.include('column "y"');
  });

  it('Sum refuses an answer that is no number', async () => {
    const spec = { hitPolicy: 'COLLECT', aggregation: 'SUM', inputs: ['x'], outputs: ['y'], rows };
    expect((await refusal(spec, { x: 6 })).code).to.equal('decision_not_numbers');
  });

  it('tells the row and column where an expression fails', async () => {
    const spec = { inputs: ['x'], outputs: ['y'], rows: [['> 0', 'for i in 1..x return i']] };
    const error = await refusal(spec, { x: 1e9 });
    expect(error).to.be.instanceOf(FeelError).and.include({ code: 'feel_limit' });
    expect(error.message).to.include('(decision "Navn d", row 1, column "y")');
    const test = { inputs: ['x'], outputs: ['y'], rows: [['for i in 1..? return i', '1']] };
    expect((await refusal(test, { x: 1.5 })).message).to.include('row 1, column "x"');
    const input = { inputs: ['count'], outputs: ['y'], rows };
    expect((await refusal(input, {})).code).to.equal('feel_not_json');
    const output = { inputs: ['x'], outputs: ['y'], rows: [['-', 'count']] };
    expect((await refusal(output, {})).message).to.include('row 1, column "y"');
  });

  it('reads an empty cell as "asks nothing" on the left and as null on the right', async () => {
    const spec = { inputs: ['x'], outputs: ['y', 'z'], rows: [['', '', '-']] };
    const { value, explanation } = await decide(spec, { x: 1 });
    expect(value).to.deep.equal({ y: null, z: null });
    expect(explanation.matched[0]?.conditions).to.deep.equal([]);
  });
});

describe('Decisions that require others', () => {
  const first = { inputs: ['service'], outputs: ['y'], rows: [['"DUNK"', '"VAR"', 'avfall']] };

  it('make those first, under their name, their id, and their variable', async () => {
    const model = await readDecisionModel(
      dmn(
        decision('unit', table('t', first)),
        decision('sum', literal('unit + "/" + Navn unit + "/" + place'), ['unit']),
      ),
    );
    const { value, explanation } = evaluateDecision(model, 'sum', { service: 'DUNK', place: 'A' });
    expect(value).to.equal('VAR/VAR/A');
    expect(explanation).to.deep.include({ decisionId: 'sum', hitPolicy: null, matched: [] });
    expect(explanation.requires.map(({ decisionId }) => decisionId)).to.deep.equal(['unit']);
    expect(explanation.requires[0]?.matched[0]?.description).to.equal('avfall');
  });

  it('hand a date on as a date', async () => {
    const model = await readDecisionModel(
      dmn(
        decision('due', literal('add working days(now(), 1)')),
        decision('weekday', literal('due.weekday'), ['due']),
      ),
    );
    const now = new Date('2026-11-23T09:00:00Z');
    expect(evaluateDecision(model, 'weekday', {}, { now }).value).to.equal(2);
    expect(evaluateDecision(model, 'due', {}, { now }).value).to.equal('2026-11-24T22:59:59.999Z');
  });

  it('make each decision once, however many ask for it', async () => {
    const steps = Array.from({ length: 30 }, (_, i) =>
      decision(`d${i + 1}`, literal(`d${i} + 1`), [`d${i}`, i > 0 ? `d${i - 1}` : 'd0']),
    );
    const model = await readDecisionModel(dmn(decision('d0', literal('0')), ...steps));
    expect(evaluateDecision(model, 'd30', {}).value).to.equal(30);
  });

  it('an unknown decision is not found', async () => {
    const model = await readDecisionModel(dmn(decision('d', literal('1'))));
    expect(() => evaluateDecision(model, 'other', {}))
      .to.throw(NotFoundError)
      .with.property('code', 'decision_not_found');
  });
});
