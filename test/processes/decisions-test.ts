import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import type { DecisionModel } from '../../src/decisions/decision-model.js';
import { evaluateDecision } from '../../src/decisions/evaluate-decision.js';
import { readDecisionModel } from '../../src/decisions/read-decision-model.js';
import { readDocument } from '../../src/engine/model/check-document.js';
import type { ElementModel } from '../../src/engine/model/process-model.js';
import type { JsonObject, JsonValue } from '../../src/kernel/json.js';
import { PROJECT_ROOT } from '../../src/kernel/project-root.js';
import { processPaths } from './paths.js';
import type { ProcessPath } from './paths.js';

const root = join(PROJECT_ROOT, 'processes');

describe('The decisions of the processes', () => {
  const decisions = new Map<string, DecisionModel>();
  const elements = new Map<string, ElementModel>();

  before(async () => {
    for (const file of await readdir(root, { recursive: true })) {
      if (!/\.(dmn|bpmn)$/.test(file)) continue;
      const content = await readFile(join(root, file), 'utf8');
      if (file.endsWith('.bpmn')) {
        for (const model of await readDocument(content, file)) {
          for (const [id, element] of model.elements) elements.set(id, element);
        }
      } else {
        const model = await readDecisionModel(content);
        for (const id of model.decisions.keys()) decisions.set(id, model);
      }
    }
  });

  const decide = (id: string, context: JsonObject): JsonValue => {
    const model = decisions.get(id);
    if (!model) throw new Error(`there is no decision ${id}`);
    return evaluateDecision(model, id, context).value;
  };

  it('answer on every path what the path counts on', () => {
    let compared = 0;
    for (const path of processPaths.flatMap(({ paths }) => paths)) {
      for (const [elementId, result] of Object.entries(path.results ?? {})) {
        const element = elements.get(elementId);
        const id = element?.job?.type === 'route' ? 'ruting' : element?.decision?.decisionId;
        if (id === undefined) continue;
        const decided = decide(id, knownAt(path));
        // Routing also counts how often it has happened.
        const { timesRouted: _, ...answered } = isObject(result) ? result : {};
        const expected = isObject(result) ? answered : result;
        expect(decided, `${elementId}: ${path.name}`).to.deep.equal(expected);
        compared += 1;
      }
    }
    expect(compared).to.be.greaterThan(20);
  });

  it('route by service, with exceptions by place', () => {
    const routed = (service: string, district: string | null): JsonValue =>
      decide('ruting', { service, district });
    expect(routed('VEIHULL', 'sentrum')).to.deep.equal({ unit: 'VEI', responsible: true });
    expect(routed('VEIHULL', 'havna')).to.deep.equal({ unit: 'VEI', responsible: false });
    expect(routed('BROYTING', 'havna')).to.deep.equal({ unit: 'VEI', responsible: true });
    expect(routed('DUNK', 'ytre-fjordvik')).to.deep.equal({ unit: 'VAR', responsible: true });
    expect(routed('UKJENT', null)).to.deep.equal({ unit: 'SERV', responsible: true });
  });

  it('take a road of unknown kind for ours, until somebody has looked', () => {
    const unknown = { owner: 'municipality', municipal: true };
    expect(decide('vei-eier', { roadCategory: null })).to.deep.equal(unknown);
    expect(decide('vei-eier', { roadCategory: 'ukjent' })).to.deep.equal(unknown);
    expect(decide('vei-eier', { roadCategory: 'R' })).to.deep.equal({
      owner: 'state',
      municipal: false,
    });
  });

  it('call a hole dangerous by its depth and place, and an open manhole always', () => {
    const danger = (damage: string, depthCm: number | null, place: string): JsonValue =>
      (decide('fare', { damage, depthCm, place }) as JsonObject)['danger'] ?? null;
    expect(danger('hole', 3, 'schoolRoad')).to.equal(true);
    expect(danger('hole', 3, 'carriageway')).to.equal(false);
    expect(danger('hole', 8, 'carriageway')).to.equal(true);
    expect(danger('hole', null, 'carriageway')).to.equal(false);
    expect(danger('cover', null, 'parking')).to.equal(true);
  });

  it('keep the fee for a broken bin of the same size, and for food waste', () => {
    const changes = (known: JsonObject): JsonValue =>
      (decide('dunk-gebyr', known) as JsonObject)['feeChange'] ?? null;
    const broken = { orderType: 'broken', waste: 'residual', currentLitres: 140 };
    const another = { orderType: 'new', currentLitres: null, newLitres: 40 };
    expect(changes({ ...broken, newLitres: 140 })).to.equal(false);
    expect(changes({ ...broken, newLitres: 240 })).to.equal(true);
    expect(changes({ ...another, waste: 'food' })).to.equal(false);
    expect(changes({ ...another, waste: 'food', newLitres: 80 })).to.equal(false);
    expect(changes({ ...another, waste: 'residual' }), 'however small').to.equal(true);
  });
});

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What is known when the decision is asked: at the start, and from the tasks on the way. */
function knownAt({ variables, steps }: ProcessPath): JsonObject {
  return Object.assign(
    {},
    variables,
    ...steps.map((step) => ('variables' in step ? step.variables : {})),
  ) as JsonObject;
}
