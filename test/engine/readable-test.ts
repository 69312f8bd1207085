import { expect } from 'chai';
import { readable } from '../../src/engine/model/readable.js';

describe('what the parser says of a file', () => {
  it('is one sentence with the line, counted from one', () => {
    const message =
      'unparsable content <bpmn:timeDuration> detected\n\tline: 4\n\tcolumn: 7\n' +
      '\tnested error: unknown type <undefined:=1>';
    expect(readable(message)).to.equal('line 5, <bpmn:timeDuration>: unknown type <=1>');
  });
});
