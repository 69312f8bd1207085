/** An XML element to be written; attributes without a value are left out. */
export interface Node {
  tag: string;
  attributes?: Readonly<Record<string, string | undefined>>;
  children?: readonly (Node | string)[];
}

/** The node as text, iteratively deep, so that nesting costs no stack. */
export function render(root: Node): string {
  const out: string[] = [];
  const open: (Node | string | { end: string })[] = [root];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next === 'string') out.push(escapeXml(next));
    else if ('end' in next) out.push(`</${next.end}>`);
    else {
      const { tag, attributes = {}, children = [] } = next;
      const named = Object.entries(attributes).flatMap(([name, value]) =>
        value === undefined ? [] : [` ${name}="${escapeXml(value)}"`],
      );
      out.push(`<${tag}${named.join('')}>`);
      open.push({ end: tag }, ...[...children].reverse());
    }
  }
  return out.join('');
}

/** Text as it stands in XML: what XML cannot hold at all is left out. */
export function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const NAMESPACES = {
  'xmlns:bpmn': 'http://www.omg.org/spec/BPMN/20100524/MODEL',
  'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
  'xmlns:zeebe': 'http://camunda.org/schema/zeebe/1.0',
  'xmlns:other': 'http://example.com/other',
};

/** A BPMN file with these root elements. */
export function definitions(...roots: readonly Node[]): string {
  const attributes = { ...NAMESPACES, id: 'definitions', targetNamespace: 'test' };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${render({ tag: 'bpmn:definitions', attributes, children: roots })}`;
}
