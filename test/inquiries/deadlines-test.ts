import { expect } from 'chai';
import { deadlinesOf, ruleOf } from '../../src/inquiries/deadlines.js';
import { servicePackage } from '../helpers/domain.js';

const received = new Date('2026-01-30T10:00:00Z');
const law = { duration: 'P1M', basis: 'forvaltningsloven § 11 a', validFrom: '1970-01-01' };
const promise = { workingDays: 3, basis: 'assumption' };

describe('the deadlines of an inquiry', () => {
  const of = (guarantee: typeof promise | null, statutory: typeof law | null, own?: string) => {
    const { expectedBy, statutoryBy } = deadlinesOf(
      ruleOf(servicePackage({ guarantee, statutory }), own),
      received,
    );
    return [expectedBy.toISOString(), statutoryBy?.toISOString() ?? null];
  };

  it('are the promise in working days, and the law from the day of receipt', () => {
    expect(of(promise, law)).to.deep.equal([
      '2026-02-04T22:59:59.999Z',
      '2026-03-02T22:59:59.999Z',
    ]);
  });

  it('are the law alone where nothing is promised, and a month where there is no law either', () => {
    expect(of(null, law)).to.deep.equal(['2026-03-02T22:59:59.999Z', '2026-03-02T22:59:59.999Z']);
    expect(of(null, null)).to.deep.equal(['2026-03-02T22:59:59.999Z', null]);
  });

  it("are the case's own where it brings one, a bare date up to its end", () => {
    expect(of(promise, null, '2026-03-01T12:00:00Z')[0]).to.equal('2026-03-01T12:00:00.000Z');
    expect(of(promise, null, '2026-03-01')[0]).to.equal('2026-03-01T22:59:59.999Z');
  });

  it('leave out a law that was not in force', () => {
    expect(of(promise, { ...law, validFrom: '2026-02-01' })[1]).to.equal(null);
    const ended = { ...law, validTo: '2026-01-01' };
    expect(of(promise, ended)[1]).to.equal(null);
  });
});
