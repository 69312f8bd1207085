import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { DmnModdle } from 'dmn-moddle';
import type { DmnElement } from 'dmn-moddle';
import { isLocalDate } from '../../src/calendar/local-date.js';
import { readPackages } from '../../src/catalogue/read-packages.js';
import { DEMO_MUNICIPALITIES } from '../../src/compose/demo-municipalities.js';
import type { DecisionModel } from '../../src/decisions/decision-model.js';
import { evaluateDecision } from '../../src/decisions/evaluate-decision.js';
import { evaluateFeel } from '../../src/decisions/feel.js';
import { readDecisionModel } from '../../src/decisions/read-decision-model.js';
import type { JsonObject, JsonValue } from '../../src/kernel/json.js';
import { PROJECT_ROOT } from '../../src/kernel/project-root.js';

const root = join(PROJECT_ROOT, 'processes');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.dmn'))
  .sort();
const COLUMNS = ['Eier', 'Hjemmel', 'Gjelder fra', 'Gjelder til', 'Eksempel'];
const UNITS = DEMO_MUNICIPALITIES.flatMap(({ units }) => units.map(({ code }) => code));

interface Row {
  id: string;
  owner: string;
  basis: string;
  from: string;
  to: string;
  example: string;
}

describe('The rows of the decision tables', () => {
  it('answer the eight questions that every municipality asks (D1–D8)', () => {
    const shared = files.filter((file) => file.startsWith('shared/'));
    expect(shared).to.include.members(
      'ruting fare arkiv svarkanal frist oppbevaring duplikat krisegrense'
        .split(' ')
        .map((id) => `shared/${id}.dmn`),
    );
  });

  for (const file of files) {
    describe(file, () => {
      let model: DecisionModel;
      let tables: { decisionId: string; columns: string[]; rows: Row[] }[];

      before(async () => {
        const xml = readFileSync(join(root, file), 'utf8');
        model = await readDecisionModel(xml);
        tables = await readTables(xml);
      });

      it('say who owns them, by which rule, and for how long', () => {
        expect(tables).to.not.be.empty;
        for (const { columns, rows } of tables) {
          expect(columns).to.deep.equal(COLUMNS);
          expect(rows).to.not.be.empty;
          for (const { id, owner, basis, from, to } of rows) {
            expect(UNITS, `owner of ${id}`).to.include(owner);
            expect(basis, `legal basis of ${id}`).to.not.equal('');
            expect(isDate(from), `first day of ${id}`).to.equal(true);
            expect(to === '' || (isDate(to) && to >= from), `last day of ${id}`).to.equal(true);
          }
        }
      });

      it('match their own examples', () => {
        for (const { decisionId, rows } of tables) {
          for (const { id, example } of rows) {
            const context = evaluateFeel(example, {}) as JsonObject;
            const { explanation } = evaluateDecision(model, decisionId, context);
            const matched = explanation.matched.map(({ ruleId }) => ruleId);
            expect(matched, `${id} for ${example}`).to.include(id);
          }
        }
      });
    });
  }
});

describe('The table of guarantees and deadlines', () => {
  it('promises what the catalogue promises, on the day the law asks about', async () => {
    const model = await readDecisionModel(readFileSync(join(root, 'shared/frist.dmn'), 'utf8'));
    const asked = (service: string, onDate: string): JsonValue =>
      evaluateDecision(model, 'frist', { service, onDate }).value;
    const services = (await readPackages(root)).flatMap(({ service }) => service ?? []);
    for (const { code, guarantee, statutory } of services) {
      if (code === 'BYGGMOTTAK') continue; // its cases bring their own deadlines
      expect(asked(code, '2026-03-02'), code).to.deep.equal({
        guaranteeDays: guarantee?.workingDays ?? null,
        statutory: statutory?.duration ?? null,
        legalBasis: statutory?.basis ?? null,
      });
    }
    const before = asked('PERSONVERN', '2018-07-19') as JsonObject;
    expect(before['legalBasis']).to.equal('god forvaltningsskikk');
  });
});

async function readTables(xml: string) {
  const { rootElement } = await new DmnModdle().fromXML(xml);
  return (rootElement.drgElement ?? []).flatMap(({ id = '', decisionLogic }) => {
    if (!decisionLogic?.rule) return [];
    const columns = (decisionLogic.annotation ?? []).map(({ name = '' }) => name);
    return [{ decisionId: id, columns, rows: decisionLogic.rule.map(readRow) }];
  });
}

function readRow({ id = '', annotationEntry = [] }: DmnElement): Row {
  const [owner = '', basis = '', from = '', to = '', example = ''] = annotationEntry.map(
    ({ text = '' }) => text.trim(),
  );
  return { id, owner, basis, from, to, example };
}

function isDate(text: string): boolean {
  const [, year, month, day] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? []).map(Number);
  return day !== undefined && isLocalDate({ year: year ?? 0, month: month ?? 0, day });
}
