import { expect } from 'chai';
import { readDecisionModel } from '../../src/decisions/read-decision-model.js';
import { InvalidError } from '../../src/kernel/errors.js';
import { decision, dmn, table } from './dmn-xml.js';
import type { TableSpec } from './dmn-xml.js';

const good = { inputs: ['x'], outputs: ['y'], rows: [['> 0', '1']] };
const FIRST = '<decisionTable id="t"';

async function reasons(spec: Partial<TableSpec>, change = (xml: string) => xml): Promise<string[]> {
  try {
    await readDecisionModel(dmn(decision('d', change(table('t', { ...good, ...spec })))));
  } catch (error) {
    expect(error).to.be.instanceOf(InvalidError);
    return (error as InvalidError).details.map(({ reason }) => reason);
  }
  return [];
}

describe('A decision table is refused', () => {
  it('for cells that cannot be read, each with its row and column', async () => {
    const rows = [
      ['> 0', '1'],
      ['> ', '1'],
      ['-', '1 +'],
      ['> 5 and < 7', 'for i in 1..1000000 return i'],
    ];
    const found = await reasons({ rows });
    expect(found).to.have.length(4);
    expect(found[0]).to.equal(
      'row 2, column "x": FEEL expression ">": it is incomplete at character 2',
    );
    expect(found[1]).to.include('row 3, column "y"');
    expect(found[2]).to.include('row 4, column "x"').and.include('write a range');
    expect(found[3]).to.include('row 4, column "y"').and.include('iterates over more than');
  });

  for (const [what, spec, reason] of [
    ['a hit policy that does not exist', { hitPolicy: 'LAST' }, 'LAST does not exist'],
    [
      'an aggregation that does not exist',
      { hitPolicy: 'COLLECT', aggregation: 'AVERAGE' },
      'AVERAGE does not exist',
    ],
    [
      'an aggregation of one',
      { hitPolicy: 'FIRST', aggregation: 'SUM' },
      'with the hit policy COLLECT',
    ],
    [
      'an aggregation of several outputs',
      { hitPolicy: 'COLLECT', aggregation: 'SUM', outputs: ['a', 'b'], rows: [] },
      'exactly one output',
    ],
    ['priority without an order', { hitPolicy: 'PRIORITY' }, 'needs its values in order'],
    ['an order without an order', { hitPolicy: 'OUTPUT ORDER' }, 'needs its values in order'],
    ['no output', { outputs: [], rows: [] }, 'has no output'],
    ['an output without a name', { outputs: ['', 'b'], rows: [] }, 'needs a name'],
    ['two outputs of one name', { outputs: ['a', 'a'], rows: [] }, '"a" is used twice'],
    ['an output of a bad name', { outputs: ['__proto__'], rows: [] }, 'not allowed'],
    ['a bad input expression', { inputs: ['x +'] }, 'column "x +"'],
    ['an input without expression', { inputs: [''] }, 'column "" has no expression'],
    ['bad values', { outputs: [{ name: 'y', values: '"a",' }] }, 'values of column "y"'],
    ['a bad default', { outputs: [{ name: 'y', default: '1 +' }] }, 'default of column "y"'],
    ['too few cells', { rows: [['1']] }, 'row 1 has another number of cells'],
    ['too many cells', { inputs: [], rows: [['1', '2']] }, ''],
  ] as const) {
    it(`for ${what}`, async () => {
      const found = await reasons(spec);
      if (reason === '') expect(found).to.deep.equal([]);
      else expect(found.join('\n')).to.include(reason);
    });
  }

  it('for too many cells in a row', async () => {
    const extra = '<inputEntry id="more"><text>1</text></inputEntry><outputEntry';
    const found = await reasons({}, (xml) => xml.replace('<outputEntry', extra));
    expect(found.join('\n')).to.include('row 1 has another number of cells');
  });

  it('for values of an input that cannot be read, or another language', async () => {
    const values = '<inputValues><text>1,</text></inputValues></input>';
    expect(await reasons({}, (xml) => xml.replace('</input>', values))).to.have.length(1);
    const change = (xml: string) =>
      xml.replace('<inputExpression', '<inputExpression expressionLanguage="juel"');
    expect(await reasons({}, change)).to.deep.equal([
      'the expression language juel is not supported; use FEEL',
    ]);
  });

  it('for nothing that is right', async () => {
    expect(await reasons({})).to.deep.equal([]);
    expect(await reasons({ inputs: [], rows: [['1']] })).to.deep.equal([]);
    expect(
      await reasons({}, (xml) => xml.replace(FIRST, `${FIRST} preferredOrientation="Rule-as-Row"`)),
    ).to.deep.equal([]);
    const unnamed = (xml: string) => xml.replace('id="t_r1"', '').replace(' label="x"', '');
    expect(await reasons({}, unnamed)).to.deep.equal([]);
  });
});
