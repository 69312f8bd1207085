/** A decision table, written short: rows are input cells, then output cells, then a description. */
export interface TableSpec {
  hitPolicy?: string;
  aggregation?: string;
  inputs: readonly string[];
  outputs: readonly (string | { name: string; values?: string; default?: string })[];
  rows: readonly (readonly string[])[];
}

const NAMESPACE = 'https://www.omg.org/spec/DMN/20191111/MODEL/';

/** A DMN file around these elements. */
export function dmn(...elements: string[]): string {
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<definitions xmlns="${NAMESPACE}" id="model" ` +
    `name="Modell" namespace="test">${elements.join('\n')}</definitions>`
  );
}

/** A decision of that id, named `Navn <id>`, with this logic and these required decisions. */
export function decision(id: string, logic: string, requires: readonly string[] = []): string {
  const requirements = requires.map(
    (required, index) =>
      `<informationRequirement id="${id}_needs${index}"><requiredDecision href="#${required}"/>` +
      '</informationRequirement>',
  );
  return `<decision id="${id}" name="Navn ${id}">${requirements.join('')}${logic}</decision>`;
}

export function literal(text: string): string {
  return `<literalExpression><text>${escape(text)}</text></literalExpression>`;
}

export function table(id: string, spec: TableSpec): string {
  const { hitPolicy, aggregation, inputs, outputs, rows } = spec;
  const columns = [
    ...inputs.map(
      (text, index) =>
        `<input id="${id}_in${index}" label="${text}"><inputExpression>${cell(text)}` +
        '</inputExpression></input>',
    ),
    ...outputs.map((output, index) => {
      const { name, ...more } = typeof output === 'string' ? { name: output } : output;
      const { values, default: none } = more;
      return (
        `<output id="${id}_out${index}" name="${name}">` +
        (values === undefined ? '' : `<outputValues>${cell(values)}</outputValues>`) +
        (none === undefined ? '' : `<defaultOutputEntry>${cell(none)}</defaultOutputEntry>`) +
        '</output>'
      );
    }),
  ];
  const rules = rows.map((row, index) => {
    const cells = row.slice(0, inputs.length + outputs.length).map((text, column) => {
      const kind = column < inputs.length ? 'inputEntry' : 'outputEntry';
      return `<${kind} id="${id}_${index}_${column}">${cell(text)}</${kind}>`;
    });
    const description = row[inputs.length + outputs.length];
    const told =
      description === undefined ? '' : `<description>${escape(description)}</description>`;
    return `<rule id="${id}_r${index + 1}">${told}${cells.join('')}</rule>`;
  });
  const policy = hitPolicy === undefined ? '' : ` hitPolicy="${hitPolicy}"`;
  const how = aggregation === undefined ? '' : ` aggregation="${aggregation}"`;
  return `<decisionTable id="${id}"${policy}${how}>${columns.join('')}${rules.join('')}</decisionTable>`;
}

function cell(text: string): string {
  return `<text>${escape(text)}</text>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
