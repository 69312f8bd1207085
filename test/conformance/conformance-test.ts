import { expect } from 'chai';
import type { Db } from '../../src/db/database.js';
import { checkDocument } from '../../src/engine/model/check-document.js';
import { secondNodeDatabase, testDatabase } from '../helpers/database.js';
import { lonelyTraces, readCases } from './suite/case.js';
import type { CaseEnd, ConformanceCase } from './suite/case.js';
import { instancesNow, leftovers, openNow } from './suite/observe.js';
import type { SeenEnd } from './suite/observe.js';
import { play } from './suite/play.js';
import { MODES, stageFor } from './suite/stage.js';
import type { Mode, Stage } from './suite/stage.js';

const cases = readCases();

describe('a model the engine cannot run as drawn is refused', () => {
  for (const { feature, name, title, xml, refused } of cases) {
    if (!refused) continue;
    it(`${feature}/${name}: ${title}`, async () => {
      const { problems } = await checkDocument(xml);
      for (const { element, reason } of refused) {
        const found = problems.filter(({ elementId }) => elementId === element);
        expect(
          found.map((problem) => problem.reason).join('; '),
          JSON.stringify(problems),
        ).to.contain(reason);
      }
      const named = new Set(refused.map(({ element }) => element));
      expect(problems.filter(({ elementId }) => !named.has(elementId))).to.deep.equal([]);
    });
  }
});

for (const mode of Object.keys(MODES) as Mode[]) {
  describe(`a model runs as the specification says, ${MODES[mode]}`, () => {
    let databases: [Db, Db];

    before(async () => {
      databases = [await testDatabase(), await secondNodeDatabase()];
    });

    for (const test of cases) {
      if (test.refused) continue;
      it(`${test.feature}/${test.name}: ${test.title}`, async () => {
        const tenant = `${test.feature}/${test.name}/${mode}`;
        const stage = stageFor(mode, tenant, databases);
        try {
          await perform(stage, test);
        } finally {
          await stage.clear();
        }
      });
    }
  });
}

describe('the conformance suite', () => {
  it('has a model beside every trace, and enough of both', () => {
    expect(lonelyTraces()).to.deep.equal([]);
    expect(cases).to.have.length.at.least(150);
  });

  it('says of every case either how it runs or why it does not', () => {
    const unclear = cases.filter(({ steps, end, refused }) =>
      refused ? steps !== undefined || !refused.length : !steps?.length || !end,
    );
    expect(unclear.map(({ feature, name }) => `${feature}/${name}`)).to.deep.equal([]);
  });
});

async function perform(stage: Stage, { name, xml, steps = [], end = {} }: ConformanceCase) {
  const resources = [{ name: `${name}.bpmn`, content: xml }];
  await stage.db.inTransaction((tx) =>
    stage.engine().deploy(tx, stage.tenant, { resources, by: 'owner' }),
  );
  for (const [index, step] of steps.entries()) {
    await play(stage, step);
    const { open, incidents = [], ...done } = step;
    const what = `after step ${index + 1}, ${JSON.stringify(done)}`;
    expect(await openNow(stage), what).to.deep.equal({ open: open.toSorted(), incidents });
  }
  const seen = await instancesNow(stage, await endEventsOf(xml));
  expect([...new Set(seen.map(({ processId }) => processId))].sort()).to.deep.equal(
    Object.keys(end).sort(),
  );
  for (const [processId, expected] of Object.entries(end)) {
    const all = [expected].flat();
    const found = seen.filter((instance) => instance.processId === processId);
    expect(found.map((instance) => summary(instance, all)).sort(), processId).to.deep.equal(
      all.map((instance) => summary(instance, all)).sort(),
    );
  }
  expect(await leftovers(stage), 'left of instances that are over').to.deep.equal([]);
}

async function endEventsOf(xml: string): Promise<Set<string>> {
  const { models } = await checkDocument(xml);
  const elements = models.flatMap((model) => [...model.elements.values()]);
  return new Set(elements.filter(({ type }) => type === 'endEvent').map(({ id }) => id));
}

/** One line; of the variables, those that the case speaks of. */
function summary({ status, ends, variables }: CaseEnd | SeenEnd, all: CaseEnd[]): string {
  const names = new Set(all.flatMap((one) => Object.keys(one.variables ?? {})));
  const shown = [...names].sort().map((name) => [name, variables?.[name]]);
  return JSON.stringify({ status, ends, ...Object.fromEntries(shown) });
}
