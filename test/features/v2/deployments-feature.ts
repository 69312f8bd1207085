import { expect } from 'chai';
import { startCamunda } from '../../helpers/camunda.js';
import type { Camunda } from '../../helpers/camunda.js';
import { ASSESS, ASSESSMENT_FORM, REFUSED, SIMPLE } from './models.js';

const now = { consistency: { waitUpToMs: 0 } };

const TABLE = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="sizes" name="Sizes" namespace="test">
  <decision id="size" name="Size"><decisionTable id="t">
    <input id="i"><inputExpression id="e" typeRef="number"><text>weight</text></inputExpression></input>
    <output id="o" name="size" typeRef="string"/>
    <rule id="r"><inputEntry id="x"><text>&gt; 10</text></inputEntry>
      <outputEntry id="y"><text>"large"</text></outputEntry></rule>
  </decisionTable></decision>
</definitions>`;

describe('Feature: a process owner deploys with a Camunda client', () => {
  let camunda: Camunda;
  before(async function () {
    this.timeout(120_000);
    camunda = await startCamunda();
  });
  after(() => camunda.stop());

  const file = (name: string, content: string) => new File([content], name);

  it('publishes a process, a form and a decision at once', async () => {
    const owner = camunda.client('owner');
    const deployment = await owner.createDeployment({
      resources: [
        file('assess.bpmn', ASSESS),
        file('assessment.form', ASSESSMENT_FORM),
        file('sizes.dmn', TABLE),
      ],
    });
    expect(deployment.tenantId).to.equal('<default>');
    expect(deployment.processes[0]).to.include({
      processDefinitionId: 'assess',
      processDefinitionVersion: 1,
      resourceName: 'assess.bpmn',
    });
    expect(deployment.forms[0]).to.include({ formId: 'assessment', version: 1 });
    expect(deployment.decisions[0]).to.include({ decisionDefinitionId: 'size', version: 1 });

    const decisions = await owner.searchDecisionDefinitions(
      { filter: { decisionDefinitionId: 'size' as never } },
      now,
    );
    expect(decisions.items).to.have.length(1);
    expect(decisions.items![0]).to.include({ name: 'Size', decisionRequirementsId: 'sizes' });
    const { decisionDefinitionKey } = decisions.items![0]!;
    const dmn = await owner.getDecisionDefinitionXml(
      { decisionDefinitionKey: decisionDefinitionKey! },
      now,
    );
    expect(dmn).to.equal(TABLE);
  });

  it('keeps the version of what has not changed, and makes one of what has', async () => {
    const owner = camunda.client('owner');
    const deploy = async (content: string) => {
      const { processes } = await owner.createDeployment({
        resources: [file('simple.bpmn', content)],
      });
      return processes[0]!;
    };
    const first = await deploy(SIMPLE);
    const same = await deploy(SIMPLE);
    expect(same).to.deep.equal(first);
    const changed = SIMPLE.replace('id="do"', 'id="do" name="Gjør"');
    const second = await deploy(changed);
    expect(second.processDefinitionVersion).to.equal(2);

    const { processDefinitionKey } = second;
    expect(await owner.getProcessDefinitionXml({ processDefinitionKey }, now)).to.equal(changed);
    const found = await owner.getProcessDefinition({ processDefinitionKey }, now);
    expect(found).to.deep.equal({
      processDefinitionKey,
      processDefinitionId: 'simple',
      version: 2,
      resourceName: 'simple.bpmn',
      tenantId: '<default>',
      hasStartForm: false,
    });
    const latest = await owner.searchProcessDefinitions(
      { filter: { processDefinitionId: { $like: 'sim*' }, isLatestVersion: true } },
      now,
    );
    expect(latest.items!.map(({ version }) => version)).to.deep.equal([2]);
    const all = await owner.searchProcessDefinitions(
      {
        filter: { processDefinitionId: 'simple' },
        sort: [{ field: 'version', order: 'DESC' }],
      },
      now,
    );
    expect(all.items!.map(({ version }) => version)).to.deep.equal([2, 1]);
    expect(all.page.totalItems).to.equal(2);
  });

  it('is told everything that is wrong with a model, and nothing of it is kept', async () => {
    const before = await camunda.countRows();
    const { status, body } = await camunda
      .as('owner')
      .post('/v2/deployments')
      .attach('resources', Buffer.from(SIMPLE.replace('"simple"', '"other"')), 'other.bpmn')
      .attach('resources', Buffer.from(REFUSED), 'refused.bpmn');
    expect(status).to.equal(400);
    expect(body).to.include({
      type: 'about:blank',
      title: 'INVALID_ARGUMENT',
      status: 400,
      code: 'model_refused',
      instance: '/v2/deployments',
    });
    expect(body.errors.map((one: { elementId: string }) => one.elementId)).to.include.members([
      'sum',
      'nobody',
    ]);
    expect(body.detail)
      .to.match(/refused\.bpmn sum "Summer": .+/)
      .and.match(/nobody "Ingens": .+/);
    expect(await camunda.countRows()).to.deep.equal(before);
  });

  it('takes nothing from who is no owner, nor for another municipality', async () => {
    const resources = [file('simple.bpmn', SIMPLE)];
    for (const login of ['caseworker', 'agent', 'manager']) {
      const refused = await camunda
        .client(login)
        .createDeployment({ resources })
        .catch((error: unknown) => error);
      expect(refused).to.include({ status: 403 });
    }
    for (const tenantId of ['bispevik', 'nowhere', 'fjordvik']) {
      const refused = await camunda
        .client('owner')
        .createDeployment({ resources, tenantId })
        .catch((error: unknown) => error);
      expect(refused, tenantId).to.include({ status: 403 });
    }
  });

  it('finds in bispevik nothing of what fjordvik has deployed', async () => {
    const found = await camunda
      .client('owner@bispevik')
      .searchProcessDefinitions({ filter: { processDefinitionId: 'simple' } }, now);
    expect(found.items).to.deep.equal([]);
    const [own] = (
      await camunda
        .client('owner')
        .searchProcessDefinitions({ filter: { processDefinitionId: 'simple' } }, now)
    ).items!;
    const path = `/v2/process-definitions/${own!.processDefinitionKey}`;
    const other = await camunda.as('owner@bispevik').get(path);
    expect(other.status).to.equal(404);
    expect((await camunda.as('owner@bispevik').get(`${path}/xml`)).status).to.equal(404);
    expect((await camunda.as('owner').get(path)).status).to.equal(200);
  });
});
