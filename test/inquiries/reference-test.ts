import { expect } from 'chai';
import fc from 'fast-check';
import { makeReference, readReference } from '../../src/inquiries/reference.js';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

describe('an inquiry reference', () => {
  it('shows the year, seven random characters and a check character', () => {
    expect(makeReference(2026)).to.match(/^26-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(makeReference(2009).slice(0, 3)).to.equal('09-');
    expect(makeReference(2026, () => 0)).to.equal(makeReference(2026, () => 0));
  });

  it('is read back as it was made', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1990, max: 2089 }), (year) => {
        const reference = makeReference(year);
        expect(readReference(reference)).to.equal(reference);
      }),
    );
  });

  it('is understood however it was typed', () => {
    const reference = makeReference(2026, (limit) => limit - 31);
    expect(reference.slice(0, 7)).to.equal('26-1111');
    expect(readReference(reference.toLowerCase())).to.equal(reference);
    expect(readReference(reference.replaceAll('-', ' '))).to.equal(reference);
    expect(readReference(`  ${reference.replaceAll('-', '')} `)).to.equal(reference);
    expect(readReference(reference.replaceAll('1', 'l'))).to.equal(reference);
    expect(readReference(reference.replaceAll('1', 'I').replace('-', '–'))).to.equal(reference);
  });

  it('is refused with any one character wrong', () => {
    const reference = makeReference(2026);
    for (const [at, right] of [...reference].entries()) {
      if (right === '-') continue;
      for (const wrong of at < 2 ? '0123456789' : ALPHABET) {
        if (wrong === right) continue;
        const typed = reference.slice(0, at) + wrong + reference.slice(at + 1);
        expect(readReference(typed), typed).to.equal(undefined);
      }
    }
  });

  it('is refused with two neighbours swapped', () => {
    const plain = makeReference(2026).replaceAll('-', '');
    for (let at = 2; at < plain.length - 1; at += 1) {
      const [left = '', right = ''] = plain.slice(at, at + 2);
      if (left === right) continue;
      const typed = plain.slice(0, at) + right + left + plain.slice(at + 2);
      expect(readReference(typed), typed).to.equal(undefined);
    }
  });

  it('is not seen in other texts', () => {
    for (const typed of ['', '26', 'K3F9-2XQ7', '26-K3F9-2XQ', '26-K3F9-2XQ77', 'AB-K3F9-2XQ7']) {
      expect(readReference(typed), typed).to.equal(undefined);
    }
  });

  it('needs a whole year', () => {
    expect(() => makeReference(20.5)).to.throw(TypeError);
  });
});
