import { expect } from 'chai';
import { readCases } from './suite/case.js';
import { storedPage, supportPage } from './suite/support-page.js';

describe('the document of supported BPMN elements', () => {
  it('says what the conformance suite shows; npm run docs:bpmn writes it', async () => {
    expect(storedPage()).to.equal(await supportPage(readCases()));
  });
});
