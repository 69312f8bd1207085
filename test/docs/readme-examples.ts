/** A shell script that stands in a text and is marked to be run. */
export interface Example {
  /** Of its first command in the text, counted from 1. */
  readonly line: number;
  readonly script: string;
}

const MARK = /^\s*<!-- run -->\s*$/;
const FENCE = /^```(bash|sh)\s*$/;

/** The fenced shell blocks of a Markdown text that follow a line `<!-- run -->`. */
export function markedExamples(markdown: string): Example[] {
  const lines = markdown.split('\n');
  const examples: Example[] = [];
  for (const [index, text] of lines.entries()) {
    if (!MARK.test(text)) continue;
    const fence = lines.findIndex((line, at) => at > index && line.trim() !== '');
    if (!FENCE.test(lines[fence] ?? '')) {
      throw new SyntaxError(`line ${index + 1}: no bash block follows <!-- run -->`);
    }
    const end = lines.indexOf('```', fence + 1);
    if (end < 0) throw new SyntaxError(`line ${fence + 1}: the block is never closed`);
    examples.push({ line: fence + 2, script: lines.slice(fence + 1, end).join('\n') });
  }
  return examples;
}

/** Sends a script that was written for the usual address to another one. */
export function readdress(script: string, address: string): string {
  return script.replace(/http:\/\/(localhost|127\.0\.0\.1):3000(?!\d)/g, () => address);
}
