import { expect } from 'chai';
import { startTwoApps } from '../../helpers/two-apps.js';
import type { TwoApps } from '../../helpers/two-apps.js';
import { HARMLESS, HOSTILE } from '../../helpers/wild/hostile-files.js';
import { mutated } from '../../helpers/wild/mutations.js';
import { holds } from '../../helpers/wild/property.js';
import { seedFiles } from '../../helpers/wild/seeds.js';
import { wildModel } from '../../helpers/wild/wild-model.js';

interface Answer {
  status: number;
  body: { title?: string; detail?: string; errors?: { path?: string; reason: string }[] };
}

describe('Feature: whatever file is deployed, the answer is a version or a list of reasons', function () {
  this.timeout(600_000);
  let apps: TwoApps;
  before(async () => {
    apps = await startTwoApps();
  });
  after(() => apps.stop());

  const deploy = async (name: string, content: string): Promise<Answer> =>
    apps.as('owner').post('/v2/deployments').attach('resources', Buffer.from(content), name);

  function expectReasons({ status, body }: Answer): void {
    expect(status).to.equal(400);
    expect(body.title).to.equal('INVALID_ARGUMENT');
    expect(body.errors).to.be.an('array').that.is.not.empty;
    for (const { reason } of body.errors ?? []) expect(reason).to.match(/\p{L}{2}/u);
  }

  // Half a surrogate pair cannot be sent: UTF-8 has no bytes for it.
  const small = Object.entries(HOSTILE).filter(
    ([, content]) => content.length < 200_000 && Buffer.from(content).toString() === content,
  );
  for (const [what, content] of small) {
    it(`gives reasons for ${what}`, async () => {
      expectReasons(await deploy('hostile.bpmn', content));
    });
  }

  it('deploys what only looks odd', async () => {
    for (const [what, content] of Object.entries(HARMLESS)) {
      expect((await deploy('harmless.bpmn', content)).status, what).to.equal(200);
    }
  });

  it('gives one or the other for models of any structure, and for broken ones', async () => {
    const answered = async (name: string, content: string): Promise<void> => {
      const answer = await deploy(name, content);
      if (answer.status !== 200) expectReasons(answer);
    };
    await holds(wildModel, 20, (xml) => answered('wild.bpmn', xml));
    for (const extension of ['.bpmn', '.dmn', '.form']) {
      await holds(mutated(seedFiles(extension)), 20, ({ name, content }) =>
        answered(name, content),
      );
    }
  });
});
