import { expect } from 'chai';
import { InvalidError } from '../../../src/kernel/errors.js';

/** The longest that reading one hostile file may take on a busy machine. */
const LONGEST_MS = 8000;

/** A file and what became of it. */
export interface Tried {
  name: string;
  content: string;
}

/**
 * Either nothing is thrown, or a refusal of which every detail names the file, says something, and
 * names an element only where the file has one. Resolves to the refusal, if any.
 */
export async function judge(
  file: Tried,
  deploy: () => Promise<unknown>,
): Promise<InvalidError | undefined> {
  const before = performance.now();
  const error = await deploy().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(performance.now() - before, 'milliseconds').to.be.below(LONGEST_MS);
  if (error === undefined) return undefined;
  if (!(error instanceof InvalidError)) throw new Error('no refusal', { cause: error });
  expectRefusal(file, error);
  return error;
}

function expectRefusal({ name, content }: Tried, { code, message, details }: InvalidError): void {
  expect(code).to.be.oneOf(['model_refused', 'model_unreadable']);
  expect(message).to.match(/\p{L}.*\.$/su);
  expect(details.length, 'reasons').to.be.within(1, 1001);
  const ids = idsIn(content);
  for (const { path, elementId, reason } of details) {
    expect(path).to.equal(name);
    expect(reason.length, reason).to.be.within(5, 1000);
    expect(reason).not.to.match(/\bundefined\b|\[object|is not a function|Cannot read|stack/);
    if (elementId !== undefined) expect(ids).to.include(elementId.replace(/\s+/g, ' '));
  }
}

/** Every id the file gives, with any white space in it as one space. */
function idsIn(content: string): Set<string> {
  const inXml = [...content.matchAll(/\bid\s*=\s*(?:"([^"]*)"|'([^']*)')/g)];
  return new Set(
    inXml.map(([, double, single]) => unescapeXml(double ?? single ?? '').replace(/\s+/g, ' ')),
  );
}

function unescapeXml(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}
