import { expect } from 'chai';
import {
  ALLOWED,
  OUTCOMES,
  STATUSES,
  endStatus,
  isOpen,
  transition,
} from '../../src/inquiries/inquiry.js';
import { ConflictError } from '../../src/kernel/errors.js';

describe('the status of an inquiry', () => {
  it('goes from receipt to de-identification', () => {
    const life = ['received', 'registered', 'inProgress', 'answered', 'closed'] as const;
    for (const [at, status] of life.slice(1).entries()) {
      expect(transition(life[at]!, status)).to.equal(status);
    }
    expect(transition('closed', 'deidentified')).to.equal('deidentified');
  });

  it('stays what it is when it is set again', () => {
    for (const status of STATUSES) expect(transition(status, status)).to.equal(status);
  });

  it('never leaves de-identification, and reaches it only from an end', () => {
    for (const status of STATUSES) {
      if (status !== 'deidentified') {
        expect(() => transition('deidentified', status), status).to.throw(ConflictError);
      }
      if (isOpen(status)) {
        expect(() => transition(status, 'deidentified'), status).to.throw(ConflictError);
      }
    }
  });

  it('is changed only as the table says, and the refusal names both', () => {
    for (const from of STATUSES) {
      for (const to of STATUSES) {
        if (from === to || ALLOWED[from].includes(to)) continue;
        expect(() => transition(from, to))
          .to.throw(ConflictError, `from ${from} to ${to}`)
          .with.property('code', 'status_not_allowed');
      }
    }
    expect(() => transition('closed', 'inProgress')).to.throw(ConflictError);
  });

  it('can end from every open status, with every outcome', () => {
    for (const status of STATUSES.filter(isOpen)) {
      for (const outcome of OUTCOMES) {
        expect(isOpen(transition(status, endStatus(outcome)))).to.equal(false);
      }
    }
  });

  it('tells the withdrawn from the closed', () => {
    expect(endStatus('withdrawn')).to.equal('withdrawn');
    expect(endStatus('answered')).to.equal('closed');
  });
});
