import { expect } from 'chai';
import type { InquiryDraft } from '../../src/inquiries/draft.js';
import { end, flows, serviceTask, start, userTask } from '../helpers/bpmn.js';
import type { CaseBench } from '../helpers/cases.js';
import { caseProcess, inputs, openCases } from '../helpers/cases.js';
import { emptyTables } from '../helpers/database.js';
import { seedDomain } from '../helpers/domain.js';
import { DAY } from '../helpers/engine.js';

/** A degree of latitude is 111 km, so this is some 44 metres north. */
const here = { latitude: 59.2, longitude: 10.9 };
const near = { latitude: 59.2004, longitude: 10.9 };
const far = { latitude: 59.201, longitude: 10.9 };

describe('finding the main case', () => {
  let cases: CaseBench;

  before(async () => {
    cases = await openCases();
  });

  after(() => cases.stop());

  beforeEach(async () => {
    await emptyTables(cases.db);
    await seedDomain(cases.db, 'fjordvik');
    const search = serviceTask('find', 'find-duplicate', inputs({ radiusMetres: 50, days: 14 }));
    const body = start + search + userTask('hold') + end + flows('start find hold end');
    await cases.deploy(caseProcess(body));
  });

  async function register(location: InquiryDraft['location'], change: Partial<InquiryDraft> = {}) {
    cases.clock.advance(1000);
    const inquiry = await cases.register({ location, ...change });
    const { variables } = await cases.instance(String(inquiry.instanceId));
    return { inquiry, duplicateOf: variables['duplicateOf'] };
  }

  it('takes the first open case near by', async () => {
    const first = await register(here);
    expect(first.duplicateOf).to.equal(null);
    const second = await register(near);
    expect(second.duplicateOf).to.equal(first.inquiry.reference);
    expect(second.inquiry.duplicateOf).to.equal(first.inquiry.id);
    const third = await register(near);
    expect(third.duplicateOf, 'never the duplicate of a duplicate').to.equal(
      first.inquiry.reference,
    );
    expect((await register(far)).duplicateOf).to.equal(null);
  });

  it('goes by the address where there is no point', async () => {
    const first = await register({ address: 'Storgata 1, 1600 Fjordvik' });
    const again = await register({ address: ' storgata 1  1600 FJORDVIK' });
    expect(again.duplicateOf).to.equal(first.inquiry.reference);
    expect((await register({ address: 'Storgata 11' })).duplicateOf).to.equal(null);
    expect((await register(undefined)).duplicateOf).to.equal(null);
    expect((await register(undefined)).duplicateOf, 'no place is not the same place').to.equal(
      null,
    );
  });

  it('passes over what is closed, old, or about something else', async () => {
    const closed = await register(here);
    await cases.db.query(
      `UPDATE inquiry SET status = 'closed', closed_at = now(), outcome = 'answered' WHERE id = $1`,
      [closed.inquiry.id],
    );
    await register(here, { service: 'TILBAKEM' });
    const old = await register(here);
    expect(old.duplicateOf).to.equal(null);
    cases.clock.advance(15 * DAY);
    expect((await register(here)).duplicateOf).to.equal(null);
  });
});
