import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import type { PackageFolder } from '../../src/catalogue/read-packages.js';
import { readPackages } from '../../src/catalogue/read-packages.js';
import { checkDocument, readDocument } from '../../src/engine/model/check-document.js';
import type { ElementModel, ProcessModel } from '../../src/engine/model/process-model.js';
import { PROJECT_ROOT } from '../../src/kernel/project-root.js';

const root = join(PROJECT_ROOT, 'processes');
/** The services of the catalogue, as the mission names them. */
const CODES =
  'GATELYS VEIHULL BROYTING DUNK TOMMING VANN BYGG SITKART INNSYN PERSONVERN PARKHC LOKALE ' +
  'AVGIFT BARNEHAGE SKJENK TILBAKEM';

describe('What the processes refer to', () => {
  let packages: PackageFolder[];
  let models: ProcessModel[];
  let elements: ElementModel[];
  const forms = new Set<string>();
  const decisions = new Map<string, string>();

  before(async () => {
    packages = await readPackages(root);
    models = [];
    for (const file of await readdir(root, { recursive: true })) {
      const content = /\.(bpmn|dmn|form)$/.test(file)
        ? await readFile(join(root, file), 'utf8')
        : '';
      if (file.endsWith('.bpmn')) models.push(...(await readDocument(content, file)));
      if (file.endsWith('.form')) forms.add((JSON.parse(content) as { id: string }).id);
      for (const [, id = ''] of content.matchAll(/<(?:\w+:)?decision id="([^"]+)"/g)) {
        decisions.set(id, content);
      }
    }
    elements = models.flatMap((model) => [...model.elements.values()]);
  });

  it('can be run by the engine, every one of them', async () => {
    const reasons = [];
    for (const { resources } of packages) {
      for (const { name, content } of resources.filter((one) => one.name.endsWith('.bpmn'))) {
        const { problems } = await checkDocument(content);
        reasons.push(...problems.map(({ elementId, reason }) => `${name} ${elementId}: ${reason}`));
      }
    }
    expect(reasons).to.deep.equal([]);
  });

  it('has a form for every user task', () => {
    const named = elements.flatMap(({ userTask }) => userTask?.formId ?? []);
    expect(named.filter((id) => !forms.has(id))).to.deep.equal([]);
    // Of a recorded log we only know that a task was done, not what was filled in.
    const ours = models.filter(({ processId }) => processId !== 'permit-receipt-after');
    const tasks = ours
      .flatMap((model) => [...model.elements.values()])
      .filter(({ type }) => type === 'userTask');
    expect(tasks).to.not.be.empty;
    expect(tasks.filter(({ userTask }) => !userTask?.formId).map(({ id }) => id)).to.be.empty;
  });

  it('has a group of people for every user task', () => {
    const without = elements.filter(({ userTask }) => userTask && !userTask.candidateGroups);
    expect(without.map(({ id }) => id)).to.deep.equal([]);
  });

  it('has every decision that is called', () => {
    const called = elements.flatMap(({ decision, job, inputs }) => [
      ...(decision ? [decision.decisionId] : []),
      ...(job?.type === 'route' ? inputs.filter(({ target }) => target === 'decision') : []).map(
        ({ source }) => source.replace(/^="(.*)"$/, '$1'),
      ),
    ]);
    expect(called).to.include.members(['ruting', 'vei-eier', 'fare', 'dunk-gebyr']);
    expect(called.filter((id) => !decisions.has(id))).to.deep.equal([]);
  });

  it('has every process that is called by name', () => {
    const called = elements.flatMap(({ call }) => call?.processId ?? []);
    const named = called.filter((id) => !id.startsWith('='));
    expect(named.filter((id) => !models.some(({ processId }) => processId === id))).to.be.empty;
  });

  it('has a service package for each of the sixteen services, and a row that routes it', () => {
    const codes = packages.flatMap(({ service }) => service?.code ?? []);
    expect(codes).to.include.members(CODES.split(' '));
    for (const code of CODES.split(' ')) {
      expect(decisions.get('ruting'), code).to.contain(`id="ruting_${code.toLowerCase()}"`);
    }
  });

  it('keeps ids apart between processes, and marks assumed figures as such', () => {
    const ids = elements.map(({ id }) => id);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).to.deep.equal([]);
    const unmarked = elements.filter(
      ({ properties }) => properties['simulation.duration'] && !properties['figure.source'],
    );
    expect(unmarked.map(({ id }) => id)).to.deep.equal([]);
  });
});
