import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { readDocument } from '../../src/engine/model/check-document.js';
import { startEvents, triggerOf } from '../../src/engine/model/process-model.js';
import type { ProcessModel } from '../../src/engine/model/process-model.js';
import { PROJECT_ROOT } from '../../src/kernel/project-root.js';
import type { ProcessPath } from './paths.js';
import { processPaths } from './paths.js';
import { Walker } from './walk.js';

const root = join(PROJECT_ROOT, 'processes');

describe('The paths through the processes', () => {
  const models = new Map<string, ProcessModel>();

  before(async () => {
    for (const file of await readdir(root, { recursive: true })) {
      if (!file.endsWith('.bpmn')) continue;
      const [model] = await readDocument(await readFile(join(root, file), 'utf8'), file);
      if (model) models.set(model.processId, model);
    }
  });

  for (const { processId, file, startMessage, paths } of processPaths) {
    describe(processId, () => {
      const walk = (path: ProcessPath): Walker => {
        const walker = new Walker(models, processId, path);
        for (const step of path.steps) walker.take(step);
        return walker;
      };

      for (const path of paths) {
        it(`${path.name}: comes to its end`, () => {
          const walker = walk(path);
          expect(walker.waiting).to.deep.equal([]);
          expect(walker.ends).to.deep.equal(path.ends);
        });
      }

      it('takes every sequence flow on some path', () => {
        const taken = new Set(paths.flatMap((path) => [...walk(path).flows]));
        const flows = models.get(processId)?.flows.map(({ id }) => id) ?? [];
        expect(flows.length).to.be.greaterThan(0);
        expect(flows.filter((id) => !taken.has(id))).to.deep.equal([]);
      });

      it('lies where the list says, and starts as it says', async () => {
        const content = await readFile(join(root, file), 'utf8');
        expect(content).to.contain(`<bpmn:process id="${processId}"`);
        const model = models.get(processId);
        const [start] = model ? startEvents(model) : [];
        expect(triggerOf(start, 'message')?.name).to.equal(startMessage);
      });
    });
  }
});
