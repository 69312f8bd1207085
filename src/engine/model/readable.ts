/**
 * The parser's `unparsable content <bpmn:x> detected line: 2 column: 1 nested error: …` in one
 * sentence; lines are counted from one.
 */
export function readable(message: string): string {
  if (message.startsWith('failed to parse document as')) {
    return 'its root is not the definitions element of BPMN 2.0 or DMN 1.3';
  }
  const nested = /nested error: (.*)$/s.exec(message)?.[1];
  if (nested === undefined) return oneLine(message);
  // A type without a prefix belongs to no namespace, which the parser words as "undefined".
  return oneLine(`${placeOf(message)}: ${nested.replace('type <undefined:', 'type <')}`);
}

/** Where in the file a message of the parser points to. */
export function placeOf(message: string): string {
  const [, content = '', line = '0'] =
    /^unparsable content (.*?) ?detected\s+line: (\d+)/s.exec(message) ?? [];
  const where = `line ${Number(line) + 1}`;
  return content.startsWith('<') ? `${where}, ${oneLine(content).slice(0, 80)}` : where;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
