import { expect } from 'chai';
import { unknownVersions } from '../../../src/engine/tuning/tune.js';

const KNOWN: Record<string, string> = {
  smqp: '11.0.1',
  'bpmn-elements': '17.3.0',
  'bpmn-engine': '25.0.1',
};

describe('the tuning', () => {
  it('knows the versions it was made for', () => {
    expect(unknownVersions((name) => KNOWN[name])).to.deep.equal([]);
  });

  it('names what it does not know, and would leave as it comes', () => {
    const newer: Record<string, string> = { ...KNOWN, smqp: '11.1.0' };
    expect(unknownVersions((name) => newer[name])).to.deep.equal(['smqp 11.1.0']);
    expect(unknownVersions(() => undefined)).to.include('bpmn-engine (not found)');
  });
});
