import { expect } from 'chai';
import supertest from 'supertest';
import { FEATURE_TIMEOUT_MS, startTwoApps } from '../helpers/two-apps.js';
import type { TwoApps } from '../helpers/two-apps.js';

describe('Feature: everybody is told, where they come to report', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;
  before(async () => {
    apps = await startTwoApps();
  });
  after(() => apps.stop());

  const page = async (path: string): Promise<string> =>
    (await supertest(apps.next()).get(path).expect(200)).text;
  const shown = async (path: string): Promise<number> =>
    (await page(path)).split('data-color="warning" role="status"').length - 1;

  it('Given nothing out of the ordinary, then the forms say nothing', async () => {
    expect(await shown('/form')).to.equal(0);
    expect(await shown('/form/BROYTING')).to.equal(0);
  });

  it('when crisis mode is switched on, then its form and the list say so, in each language, and other forms do not', async () => {
    await apps.as('chief').post('/api/crises', { service: 'BROYTING' });
    await apps.runDue();
    const { body } = await apps.as('agent').get('/api/notices?service=BROYTING').expect(200);
    const [{ texts }] = body.items;
    for (const language of ['nb', 'nn', 'en'] as const) {
      expect(await page(`/form/BROYTING?lang=${language}`)).to.contain(texts[language]);
    }
    expect(await shown('/form')).to.equal(1);
    expect(await shown('/form/GATELYS')).to.equal(0);
  });

  it('then they are silent when it is over', async () => {
    await apps.as('chief').post('/api/crises/BROYTING/end').expect(204);
    await apps.runDue();
    expect(await shown('/form')).to.equal(0);
    expect(await shown('/form/BROYTING')).to.equal(0);
  });
});
