import { expect } from 'chai';
import { readDecisionModel } from '../../src/decisions/read-decision-model.js';
import { InvalidError } from '../../src/kernel/errors.js';
import { decision, dmn, literal, table } from './dmn-xml.js';

const good = { inputs: ['x'], outputs: ['y'], rows: [['> 0', '1']] };

async function problems(xml: string): Promise<InvalidError['details']> {
  try {
    await readDecisionModel(xml);
  } catch (error) {
    expect(error).to.be.instanceOf(InvalidError);
    expect((error as InvalidError).code).to.equal('decision_invalid');
    return (error as InvalidError).details;
  }
  throw new Error('nothing was refused');
}

async function reasons(xml: string): Promise<string[]> {
  return (await problems(xml)).map(({ reason }) => reason);
}

describe('A decision model', () => {
  it('is read with its columns, rows and requirements', async () => {
    const model = await readDecisionModel(
      dmn(
        '<inputData id="i" name="antall dager"/><knowledgeSource id="k" name="loven"/>',
        decision('first', literal('antall dager + 1')),
        '<decision id="second" name="Annen"><variable name="resultat"/><informationRequirement ' +
          'id="r"><requiredDecision href="#first"/></informationRequirement>' +
          '<informationRequirement id="r2"><requiredInput href="#i"/></informationRequirement>' +
          '<decisionTable id="t" hitPolicy="PRIORITY"><input id="in"><inputExpression><text> x ' +
          '</text></inputExpression><inputValues><text>1, 2</text></inputValues></input>' +
          '<output id="out" label="Svar"><outputValues><text>"a", not("b")</text></outputValues>' +
          '</output><annotation name="Lov"/><annotation name="Eier"/><rule id="one"><description>' +
          'fordi</description><inputEntry id="c"><text>1</text></inputEntry><outputEntry id="d">' +
          '<text>"a"</text></outputEntry><annotationEntry><text>§ 1</text></annotationEntry>' +
          '<annotationEntry><text></text></annotationEntry></rule></decisionTable></decision>',
      ).replace('not("b")', '"b"'),
    );
    expect(model).to.include({ id: 'model', name: 'Modell' });
    expect([...model.decisions.keys()]).to.deep.equal(['first', 'second']);
    expect(model.decisions.get('first')).to.deep.equal({
      id: 'first',
      name: 'Navn first',
      resultNames: ['Navn first', 'first'],
      requires: [],
      logic: { kind: 'expression', expression: 'antall dager + 1' },
    });
    expect(model.decisions.get('second')).to.deep.equal({
      id: 'second',
      name: 'Annen',
      resultNames: ['resultat', 'Annen', 'second'],
      requires: ['first'],
      logic: {
        kind: 'table',
        hitPolicy: 'P',
        inputs: [{ id: 'in', label: 'x', expression: 'x', allowedValues: '1, 2' }],
        outputs: [
          { id: 'out', name: '', label: 'Svar', allowedValues: ['"a"', '"b"'], defaultValue: null },
        ],
        rules: [
          {
            id: 'one',
            index: 1,
            description: 'fordi',
            inputEntries: ['1'],
            outputEntries: ['"a"'],
            annotations: { Eier: '', Lov: '§ 1' },
          },
        ],
      },
    });
  });

  it('may say FEEL, and carry elements of other tools', async () => {
    const xml = dmn(
      decision(
        'd',
        literal('1').replace('<lit', '<lit').replace('n>', 'n expressionLanguage="feel">'),
      ),
    );
    const withLanguage = xml.replace(
      'namespace="test"',
      'namespace="test" xmlns:tool="urn:tool" tool:version="1" ' +
        'expressionLanguage="https://www.omg.org/spec/DMN/20191111/FEEL/"',
    );
    expect((await readDecisionModel(withLanguage)).decisions.size).to.equal(1);
  });

  for (const [what, xml, reason] of [
    ['a document type', `<!DOCTYPE x [<!ENTITY a "b">]>${dmn()}`, 'DOCTYPE'],
    ['a document type in small letters', `<!doctype x>${dmn()}`, 'DOCTYPE'],
    ['a huge file', dmn(decision('d', literal(`"${'x'.repeat(1_000_000)}"`))), 'larger than'],
    ['no XML', 'garbage', 'it is not a DMN 1.3 file'],
    ['nothing', '', 'it is not a DMN 1.3 file'],
    ['another language', '<a/>', 'it is not a DMN 1.3 file'],
    ['an older DMN', dmn().replace('20191111', '20180521'), 'it is not a DMN 1.3 file'],
    ['a cut file', dmn(decision('d', literal('1'))).slice(0, -20), 'it is not a DMN 1.3 file'],
    ['an unknown element', dmn(decision('d', literal('1')), '<foo/>'), 'unknown type'],
    [
      'two of one id',
      dmn(decision('d', literal('1')), decision('d', literal('2'))),
      'duplicate ID',
    ],
    ['no decision', dmn('<inputData id="i" name="i"/>'), 'it holds no decision'],
    ['no id', dmn(decision('d', literal('1')).replace('id="d"', '')), 'a Decision needs an id'],
    ['a bad id', dmn(decision('constructor', literal('1'))), 'constructor is not allowed'],
    ['no logic', dmn(decision('d', '')), 'neither a table nor an expression'],
    ['a context', dmn(decision('d', '<context id="c"/>')), 'Context is not supported'],
    ['a knowledge model', dmn('<businessKnowledgeModel id="b" name="b"/>'), 'is not supported'],
    ['an import', dmn('<import namespace="x" importType="y"/>'), 'imports are not supported'],
    ['no expression', dmn(decision('d', literal(''))), 'incomplete'],
    [
      'knowledge required',
      dmn(
        decision(
          'd',
          '<knowledgeRequirement id="k"><requiredKnowledge href="#b"/></knowledgeRequirement>',
        ),
      ),
      'KnowledgeRequirement is not supported',
    ],
    [
      'another expression language',
      dmn(decision('d', literal('1').replace('n>', 'n expressionLanguage="javascript">'))),
      'javascript is not supported',
    ],
    ['an unknown requirement', dmn(decision('d', literal('1'), ['gone'])), 'gone, which is not in'],
    ['a decision of itself', dmn(decision('d', literal('1'), ['d'])), 'it requires itself'],
    [
      'too many decisions',
      dmn(...Array.from({ length: 101 }, (_, i) => decision(`d${i}`, literal('1')))),
      'over 100 decisions',
    ],
    [
      'too many cells',
      dmn(decision('d', table('t', { ...good, rows: Array(2501).fill(['1', '2']) }))),
      'over 5000 cells',
    ],
  ] as const) {
    it(`with ${what} is refused`, async () => {
      expect((await reasons(xml)).join('\n')).to.include(reason);
    });
  }

  it('that requires itself in a circle is refused, whoever is in it', async () => {
    const circle = await problems(
      dmn(
        decision('a', literal('1'), ['b']),
        decision('b', literal('1'), ['c', 'c']),
        decision('c', literal('1'), ['b']),
      ),
    );
    expect(circle.map(({ elementId }) => elementId)).to.deep.equal(['b', 'c']);
  });

  it('tells all problems at once', async () => {
    const found = await problems(
      dmn(
        decision('a', literal('1 +')),
        decision('b', '<list id="l"/>'),
        decision('c', table('t', { ...good, rows: [['> 0', '1 +']] })),
      ),
    );
    expect(found.map(({ elementId, elementName }) => [elementId, elementName])).to.deep.equal([
      ['a', 'Navn a'],
      ['b', 'Navn b'],
      ['c', 'Navn c'],
    ]);
  });
});
