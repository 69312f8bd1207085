import { DmnModdle } from 'dmn-moddle';
import type { DmnElement } from 'dmn-moddle';
import { isXmlText } from '../kernel/xml-text.js';
import type { Decision, DecisionExpression, DecisionModel } from './decision-model.js';
import { DmnProblems, typeOf } from './dmn-problems.js';
import { readDecisionTable } from './read-decision-table.js';
import { readRequirements } from './read-requirements.js';
import { withinTime } from './watchdog.js';

/** A larger file is refused before it is parsed. */
export const MAX_DMN_BYTES = 1_000_000;

/** Every warning costs the parser a look at the whole file: a hostile one takes minutes. */
const PARSE_MS = 2000;

/** More decisions or cells than a person can oversee; each cell takes about a millisecond to check. */
const MAX_DECISIONS = 100;
const MAX_CELLS = 5000;

const KNOWN_ELEMENTS = new Set(['Decision', 'InputData', 'KnowledgeSource']);

/**
 * Reads a DMN 1.3 file with decision tables and FEEL expressions, and what they require of each
 * other. Everything else is refused rather than ignored, all problems at once.
 * @throws InvalidError `decision_invalid`, with an entry for every problem
 */
export async function readDecisionModel(xml: string): Promise<DecisionModel> {
  const definitions = await parse(xml);
  const problems = new DmnProblems();
  problems.checkLanguage(definitions, definitions);
  const elements = definitions.drgElement ?? [];
  for (const element of elements) checkElement(element, problems);
  for (const element of definitions.import ?? [])
    problems.add(element, 'imports are not supported');
  const decisions = elements.filter((element) => typeOf(element) === 'Decision');
  if (decisions.length === 0) problems.add(definitions, 'it holds no decision');
  checkSize(definitions, decisions);
  // Any of these may be used in an expression, and in FEEL the known names decide how it is read.
  const names = elements.flatMap(({ name, variable }) => [name ?? '', variable?.name ?? '']);
  const known = names.filter((name) => name !== '');
  const read = decisions.map((decision) => readDecision(decision, known, problems));
  const requirements = readRequirements(decisions, elements, problems);
  problems.throwIfAny();
  return {
    id: definitions.id ?? '',
    name: definitions.name ?? definitions.id ?? '',
    decisions: new Map(
      read.map((decision) => [
        decision.id,
        { ...decision, requires: requirements.get(decision.id) ?? [] },
      ]),
    ),
  };
}

async function parse(xml: string): Promise<DmnElement> {
  if (Buffer.byteLength(xml) > MAX_DMN_BYTES) {
    throw DmnProblems.error([{ reason: `the file is larger than ${MAX_DMN_BYTES} bytes` }]);
  }
  // A document type can declare entities that grow without bound or read files.
  if (/<!(?:DOCTYPE|ENTITY)/i.test(xml)) {
    throw DmnProblems.error([{ reason: 'a document type (DOCTYPE) is not allowed' }]);
  }
  if (!isXmlText(xml)) {
    throw DmnProblems.error([{ reason: 'it holds characters that XML does not allow' }]);
  }
  let result;
  try {
    const moddle = new DmnModdle();
    result = await withinTime(PARSE_MS, () => moddle.fromXML(xml));
  } catch (error) {
    if (error instanceof RangeError) {
      throw DmnProblems.error([{ reason: 'too much in it is no DMN' }]);
    }
    const message = error instanceof Error ? error.message : 'it cannot be read';
    throw DmnProblems.error([{ reason: `it is not a DMN 1.3 file: ${oneLine(message)}` }]);
  }
  if (result.warnings.length > 0) {
    throw DmnProblems.error(result.warnings.map(({ message }) => ({ reason: oneLine(message) })));
  }
  return result.rootElement;
}

/** Thrown at once: reading on is what would take too long. */
function checkSize(definitions: DmnElement, decisions: readonly DmnElement[]): void {
  const rules = decisions.flatMap(({ decisionLogic }) => decisionLogic?.rule ?? []);
  const cells = rules.flatMap((rule) => [...(rule.inputEntry ?? []), ...(rule.outputEntry ?? [])]);
  if (decisions.length <= MAX_DECISIONS && cells.length <= MAX_CELLS) return;
  const problems = new DmnProblems();
  problems.add(definitions, `it has over ${MAX_DECISIONS} decisions or over ${MAX_CELLS} cells`);
  problems.throwIfAny();
}

function checkElement(element: DmnElement, problems: DmnProblems): void {
  if (!KNOWN_ELEMENTS.has(typeOf(element))) {
    problems.add(element, `${typeOf(element)} is not supported`);
  }
}

function readDecision(
  element: DmnElement,
  names: readonly string[],
  problems: DmnProblems,
): Decision {
  const id = problems.checkId(element);
  const name = element.name ?? id;
  for (const requirement of element.knowledgeRequirement ?? []) {
    problems.add(element, `${typeOf(requirement)} is not supported`);
  }
  const resultNames = new Set([element.variable?.name ?? name, name, id]);
  return {
    id,
    name,
    resultNames: [...resultNames].filter((known) => known !== ''),
    requires: [],
    logic: readLogic(element, names, problems),
  };
}

function readLogic(
  decision: DmnElement,
  names: readonly string[],
  problems: DmnProblems,
): Decision['logic'] {
  const { decisionLogic: logic } = decision;
  if (logic && typeOf(logic) === 'DecisionTable') {
    return readDecisionTable(decision, logic, names, problems);
  }
  const none: DecisionExpression = { kind: 'expression', expression: 'null' };
  if (!logic) {
    problems.add(decision, 'it has neither a table nor an expression');
    return none;
  }
  if (typeOf(logic) !== 'LiteralExpression') {
    problems.add(decision, `${typeOf(logic)} is not supported; use a table or an expression`);
    return none;
  }
  problems.checkLanguage(decision, logic);
  const expression = logic.text?.trim() ?? '';
  problems.checkExpression(decision, 'expression', expression, names);
  return { kind: 'expression', expression };
}

function oneLine(message: string): string {
  return message.replaceAll(/\s+/g, ' ').trim();
}
