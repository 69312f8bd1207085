import { expect } from 'chai';
import { markedExamples, readdress } from './readme-examples.js';

const FENCE = '```';

describe('the examples of a text', () => {
  it('are its marked shell blocks, with the line they begin on', () => {
    const text = [
      'Start it:',
      `${FENCE}bash`,
      'npm start',
      FENCE,
      '<!-- run -->',
      '',
      `${FENCE}bash`,
      'curl http://localhost:3000/healthz',
      'echo done',
      FENCE,
    ].join('\n');
    expect(markedExamples(text)).to.deep.equal([
      { line: 8, script: 'curl http://localhost:3000/healthz\necho done' },
    ]);
  });

  it('are none in a text without marks', () => {
    expect(markedExamples(`# Title\n${FENCE}bash\nls\n${FENCE}\n`)).to.be.empty;
  });

  it('are wrong where a mark marks nothing or a block has no end', () => {
    expect(() => markedExamples('<!-- run -->\nprose')).to.throw(SyntaxError, 'line 1');
    expect(() => markedExamples(`<!-- run -->\n${FENCE}bash\nls`)).to.throw(SyntaxError, 'line 2');
  });

  it('are sent to the server under test', () => {
    const script = 'curl http://localhost:3000/a http://127.0.0.1:3000/b http://localhost:30001';
    expect(readdress(script, 'http://127.0.0.1:41')).to.equal(
      'curl http://127.0.0.1:41/a http://127.0.0.1:41/b http://localhost:30001',
    );
  });
});
