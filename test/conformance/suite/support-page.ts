import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { BPMN_ELEMENTS } from './bpmn-elements.js';
import type { ConformanceCase } from './case.js';
import { elementsIn } from './elements-in.js';
import { MODES } from './stage.js';

const PAGE = fileURLToPath(new URL('../../../docs/bpmn-support.md', import.meta.url));

interface Row {
  cases: number;
  limits: Set<string>;
}

/** The document as the cases have it. Throws when an element has no case, or a limit no element. */
export async function supportPage(cases: readonly ConformanceCase[]): Promise<string> {
  const rows = await gather(cases);
  const refused = cases.filter((test) => test.refused).length;
  const lines = [
    '# BPMN 2.0 elements that run',
    `Made from the conformance suite in \`test/conformance\` by \`npm run docs:bpmn\`: ${cases.length} models, each with the trace that BPMN 2.0.2 asks for. ${cases.length - refused} of them are run three times, ${Object.values(MODES).join(', ')}, and must give the same trace; ${refused} are refused at deployment, each with the element's id and a reason. Cases are counted per element; a case shows several.`,
  ];
  for (const [group, elements] of BPMN_ELEMENTS) {
    lines.push(`## ${group}`, list(elements, rows));
  }
  const config = await resolveConfig(PAGE);
  return format(lines.join('\n\n'), { ...config, parser: 'markdown' });
}

/** The document as it is stored. */
export function storedPage(): string {
  return readFileSync(PAGE, 'utf8');
}

export function storePage(text: string): void {
  writeFileSync(PAGE, text);
}

async function gather(cases: readonly ConformanceCase[]): Promise<Map<string, Row>> {
  const keys = BPMN_ELEMENTS.flatMap(([, elements]) => elements.map(([key]) => key));
  const rows = new Map(keys.map((key) => [key, { cases: 0, limits: new Set<string>() }]));
  for (const test of cases) {
    if (!test.refused) {
      for (const key of await elementsIn(test.xml)) {
        const row = rows.get(key);
        if (row) row.cases += 1;
      }
    }
    for (const key of test.of ?? []) {
      const row = rows.get(key);
      if (!row) throw new Error(`${test.feature}/${test.name}: there is no element ${key}`);
      if (test.limit) row.limits.add(test.limit);
    }
  }
  return rows;
}

function list(elements: (typeof BPMN_ELEMENTS)[number][1], rows: ReadonlyMap<string, Row>): string {
  const lines = elements.map(([key, name]) => {
    const { cases = 0, limits = new Set<string>() } = rows.get(key) ?? {};
    if (!cases && !limits.size) throw new Error(`no case shows ${key}`);
    const count = cases === 1 ? '1 case' : `${cases} cases`;
    const state = cases ? `runs${limits.size ? ' with limits' : ''}, ${count}` : 'refused';
    return `- **${name}**: ${[`${state}.`, ...limits].join(' ')}`;
  });
  return lines.join('\n');
}
