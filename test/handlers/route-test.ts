import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import type { InquiryDraft } from '../../src/inquiries/draft.js';
import { end, flows, serviceTask, start, userTask } from '../helpers/bpmn.js';
import type { CaseBench } from '../helpers/cases.js';
import { caseProcess, inputs, openCases } from '../helpers/cases.js';

/** One column gives the unit alone, without a name. */
const table = (
  rule: string,
  output: string,
  unit = 'VEI',
) => `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d_${output}" name="d" namespace="test">
  <decision id="by_${output}" name="By ${output}">
    <decisionTable id="t_${output}" hitPolicy="FIRST">
      <input id="in_${output}"><inputExpression id="e_${output}"><text>reason</text></inputExpression></input>
      <output id="out_${output}" name="${output}" />
      <rule id="rule_${output}"><inputEntry id="i_${output}"><text>${rule}</text></inputEntry>
        <outputEntry id="o_${output}"><text>"${unit}"</text></outputEntry></rule>
    </decisionTable>
  </decision>
</definitions>`;

describe('routing', () => {
  let cases: CaseBench;

  before(async () => {
    cases = await openCases();
    const ruting = await readFile('processes/shared/ruting.dmn', 'utf8');
    await cases.deploy(
      ['ruting.dmn', ruting],
      ['unit.dmn', table('"broken"', 'unit')],
      ['moon.dmn', table('-', 'moon', 'MOON')],
    );
  });

  after(() => cases.stop());

  async function route(draft: Partial<InquiryDraft>, decision?: string) {
    const task = serviceTask('route', 'route', decision ? inputs({ decision }) : '');
    const body = start + task + userTask('hold') + end + flows('start route hold end');
    await cases.deploy(caseProcess(body));
    const inquiry = await cases.register(draft);
    const { variables } = await cases.instance(String(inquiry.instanceId));
    const { unit, responsible, routedBy } = variables;
    return { inquiry, given: { unit, responsible, routedBy } };
  }

  it('chooses the unit by the table, and keeps which rule did and why', async () => {
    const { inquiry, given } = await route({ service: 'DUNK' });
    expect(given).to.deep.include({ unit: 'VAR', responsible: true });
    expect(inquiry.unit).to.equal('VAR');
    expect(inquiry.routing).to.deep.include({
      decision: 'ruting',
      version: 1,
      unit: 'VAR',
      responsible: true,
      routedBy: given.routedBy,
    });
    const explanation = inquiry.routing?.['explanation'] as { matched: { ruleId: string }[] };
    expect(explanation.matched[0]?.ruleId).to.equal(given.routedBy);
  });

  it('asks about the answers of the form too', async () => {
    await cases.db.query(
      `UPDATE service SET package = package || '{"form":"f"}' WHERE code = 'DUNK'`,
    );
    await cases.deploy([
      'f.form',
      JSON.stringify({
        id: 'f',
        components: [{ type: 'select', key: 'reason', values: [{ value: 'broken' }] }],
      }),
    ]);
    const { given } = await route({ answers: { reason: 'broken' } }, 'by_unit');
    expect(given).to.deep.equal({ unit: 'VEI', responsible: true, routedBy: 'rule_unit' });
  });

  it("falls back on the catalogue's unit where no rule matches, and says so", async () => {
    const { inquiry, given } = await route({}, 'by_unit');
    expect(given).to.deep.equal({ unit: 'VAR', responsible: true, routedBy: 'catalogue' });
    expect(inquiry.routing).to.have.property('routedBy', 'catalogue');
  });

  it('waits for a person when the table is not there, or names a unit that is none', async () => {
    for (const [decision, told] of [
      ['missing', 'missing'],
      ['by_moon', 'There is no unit MOON'],
    ] as const) {
      const { inquiry, given } = await route({}, decision);
      expect(inquiry.unit).to.equal(null);
      expect(given.unit).to.equal(null);
      const incidents = await cases.incidents();
      expect(incidents.map(({ message }) => message).join('\n')).to.include(told);
    }
  });
});
