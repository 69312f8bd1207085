import { expect } from 'chai';
import { end, flows, serviceTask, start, userTask } from '../helpers/bpmn.js';
import type { CaseBench } from '../helpers/cases.js';
import { caseProcess, openCases } from '../helpers/cases.js';

describe('suggesting a service', () => {
  let cases: CaseBench;

  before(async () => {
    cases = await openCases();
    const body = serviceTask('suggest', 'suggest-service') + userTask('hold');
    await cases.deploy(caseProcess(start + body + end + flows('start suggest hold end')));
  });

  after(() => cases.stop());

  async function suggest(text: string) {
    const inquiry = await cases.register({ text });
    const { variables } = await cases.instance(String(inquiry.instanceId));
    return { inquiry, variables };
  }

  it('says which service the text is about and how sure that is, and leaves its words behind', async () => {
    const { variables } = await suggest('Dunken til Kari Kanarifugl er knust, hun trenger ny dunk');
    expect(variables['suggestedService']).to.equal('DUNK');
    expect(variables['suggestionScore']).to.be.within(0.5, 1);
    expect(JSON.stringify(variables).toLowerCase()).not.to.contain('kanarifugl');
  });

  it('says nothing of a text that tells nothing', async () => {
    const { variables } = await suggest('Hei');
    expect(variables).to.include({ suggestedService: null, suggestionScore: 0 });
  });
});
