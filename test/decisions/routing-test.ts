import { expect } from 'chai';
import { evaluateDecision } from '../../src/decisions/evaluate-decision.js';
import { readDecisionModel } from '../../src/decisions/read-decision-model.js';
import { decision, dmn, table } from './dmn-xml.js';

const routing = dmn(
  '<inputData id="input_place" name="place"/>',
  decision(
    'routing',
    table('table', {
      hitPolicy: 'FIRST',
      inputs: ['service', 'place.roadOwner', 'lower case(subject)'],
      outputs: ['unit', 'process', 'workingDays'],
      rows: [
        [
          '"VEIHULL", "GATELYS"',
          'not("kommune")',
          '-',
          '"EKSTERN"',
          '"forward"',
          '1',
          'annen veieier',
        ],
        ['"VEIHULL"', '-', 'contains(?, "farlig")', '"VEI"', '"danger"', '1', 'fare går foran'],
        ['"VEIHULL"', '-', '-', '"VEI"', '"road"', '10', 'veihull til vei'],
        ['"DUNK"', '-', '-', '"VAR"', '"bin"', '10', 'dunk til vann, avløp og renovasjon'],
        ['-', '-', '-', '"SERVICETORG"', '"general"', '4', 'alt annet i førstelinja'],
      ],
    }),
  ),
);

describe('Routing an inquiry by service, place and content', () => {
  const route = async (context: Record<string, unknown>) =>
    evaluateDecision(await readDecisionModel(routing), 'routing', context);
  const kommune = { roadOwner: 'kommune' };

  it('explains which row matched, and why', async () => {
    const context = { service: 'VEIHULL', place: kommune, subject: 'FARLIG hull i veien' };
    expect(await route(context)).to.deep.equal({
      value: { unit: 'VEI', process: 'danger', workingDays: 1 },
      explanation: {
        decisionId: 'routing',
        name: 'Navn routing',
        hitPolicy: 'F',
        inputs: [
          { label: 'service', expression: 'service', value: 'VEIHULL' },
          { label: 'place.roadOwner', expression: 'place.roadOwner', value: 'kommune' },
          {
            label: 'lower case(subject)',
            expression: 'lower case(subject)',
            value: 'farlig hull i veien',
          },
        ],
        matched: [
          {
            ruleId: 'table_r2',
            index: 2,
            description: 'fare går foran',
            conditions: [
              { input: 'service', test: '"VEIHULL"', value: 'VEIHULL' },
              {
                input: 'lower case(subject)',
                test: 'contains(?, "farlig")',
                value: 'farlig hull i veien',
              },
            ],
            outputs: { unit: 'VEI', process: 'danger', workingDays: 1 },
          },
        ],
        requires: [],
        warnings: [],
      },
    });
  });

  for (const [context, unit, row] of [
    [{ service: 'VEIHULL', place: kommune, subject: 'Hull' }, 'VEI', 3],
    [{ service: 'VEIHULL', place: { roadOwner: 'fylke' }, subject: 'Hull' }, 'EKSTERN', 1],
    [{ service: 'GATELYS', place: { roadOwner: 'stat' }, subject: 'Mørkt' }, 'EKSTERN', 1],
    [{ service: 'GATELYS', place: kommune, subject: 'Mørkt' }, 'SERVICETORG', 5],
    [{ service: 'DUNK', place: kommune, subject: 'Knust' }, 'VAR', 4],
    [{ service: 'ANNET', place: null, subject: '' }, 'SERVICETORG', 5],
  ] as const) {
    it(`${context.service} at ${context.place?.roadOwner ?? 'no place'} goes to ${unit}`, async () => {
      const { value, explanation } = await route(context);
      expect(value).to.have.property('unit', unit);
      expect(explanation.matched.map(({ index }) => index)).to.deep.equal([row]);
    });
  }

  it('tells what was missing', async () => {
    const { value, explanation } = await route({ subject: 'Hei' });
    expect(value).to.have.property('unit', 'SERVICETORG');
    expect(explanation.warnings).to.deep.equal([
      "Variable 'service' not found",
      "Variable 'place' not found",
      "Property 'roadOwner' not found in null",
    ]);
    expect(explanation.inputs[0]).to.include({ value: null });
  });

  it('takes text from a citizen as text', async () => {
    const subject = '") or true or (" ${1+1}';
    const { value } = await route({ service: 'VEIHULL', place: kommune, subject });
    expect(value).to.have.property('process', 'road');
  });
});
