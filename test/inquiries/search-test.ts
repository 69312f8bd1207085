import { expect } from 'chai';
import { closeInquiry } from '../../src/inquiries/lifecycle.js';
import type { InquiryFilter } from '../../src/inquiries/search.js';
import { searchInquiries } from '../../src/inquiries/search.js';
import { InvalidError } from '../../src/kernel/errors.js';
import type { DomainFixture } from '../helpers/domain.js';
import { openDomain } from '../helpers/domain.js';
import { DAY } from '../helpers/engine.js';
import { rejection } from '../helpers/rejection.js';

describe('searching inquiries', () => {
  let domain: DomainFixture;
  const references: string[] = [];
  const ids: string[] = [];

  before(async () => {
    domain = await openDomain();
    for (const draft of [
      { channel: 'phone' },
      { channel: 'form', service: 'TILBAKEM' },
      { channel: 'phone', expectedBy: '2026-03-03T00:00:00Z' },
      { channel: 'letter' },
    ] as const) {
      const { inquiry } = await domain.register(draft);
      references.push(inquiry.reference);
      ids.push(inquiry.id);
      domain.clock.advance(60_000);
    }
    await domain.register({}, 'bispevik');
    await domain.db.query(`UPDATE inquiry SET unit_code = 'VAR' WHERE service_code = 'DUNK'`);
    domain.clock.advance(2 * DAY);
    const { clock, newId } = domain;
    const change = { tenant: 'fjordvik', by: 'ola', now: clock(), newId };
    await domain.db.inTransaction((tx) => closeInquiry(tx, change, String(ids[3]), 'answered'));
  });

  const search = (filter: InquiryFilter = {}) =>
    searchInquiries(domain.db, 'fjordvik', filter, domain.clock());
  /** Which of the four were found, by number. */
  const found = async (filter: InquiryFilter) =>
    (await search(filter)).items.map(({ reference }) => references.indexOf(reference));

  it('lists the newest first, of one municipality', async () => {
    expect(await found({})).to.deep.equal([3, 2, 1, 0]);
  });

  it('finds by service, unit, status, channel, deadline and time of receipt', async () => {
    expect(await found({ service: 'TILBAKEM' })).to.deep.equal([1]);
    expect(await found({ unit: 'VAR' })).to.deep.equal([3, 2, 0]);
    expect(await found({ status: 'closed' })).to.deep.equal([3]);
    expect(await found({ channel: 'phone' })).to.deep.equal([2, 0]);
    expect(await found({ overdue: true })).to.deep.equal([2]);
    expect(await found({ overdue: false })).to.deep.equal([3, 1, 0]);
    expect(await found({ receivedFrom: new Date('2026-03-02T08:02:00Z') })).to.deep.equal([3, 2]);
    expect(await found({ receivedBefore: new Date('2026-03-02T08:01:00Z') })).to.deep.equal([0]);
    expect(await found({ unit: 'VAR', channel: 'letter', overdue: true })).to.deep.equal([]);
  });

  it('finds by part of the reference, in any spelling', async () => {
    const [first = ''] = references;
    expect(await found({ text: first })).to.deep.equal([0]);
    expect(await found({ text: first.slice(3).toLowerCase() })).to.deep.equal([0]);
    expect(await found({ text: first.slice(5).replace('-', ' ') })).to.deep.equal([0]);
    expect(await found({ text: '%' })).to.have.length(4);
  });

  it('shows only what the asker may see', async () => {
    const visibleTo = { units: ['VAR'], registeredBy: 'nobody' };
    expect(await found({ visibleTo })).to.deep.equal([3, 2, 0]);
    expect(await found({ visibleTo: { units: [], registeredBy: 'agent' } })).to.have.length(4);
    expect(await found({ visibleTo: { units: [], registeredBy: 'nobody' } })).to.be.empty;
  });

  it('comes in pages, every inquiry once', async () => {
    const first = await search({ limit: 3 });
    expect(first.items).to.have.length(3);
    const second = await search({ limit: 3, cursor: String(first.nextCursor) });
    expect(second.items.map(({ reference }) => reference)).to.deep.equal([references[0]]);
    expect(second.nextCursor).to.equal(null);
    for (const cursor of ['', 'nonsense', Buffer.from('now 1').toString('base64url')]) {
      expect(await rejection(search({ cursor })), cursor).to.be.instanceOf(InvalidError);
    }
  });

  it('shows facts, with deadlines kept or not', async () => {
    const { items } = await search();
    expect(items[1]).to.deep.include({ status: 'received', overdue: true, closedAt: null });
    expect(items[0]).to.deep.include({ status: 'closed', overdue: false, outcome: 'answered' });
    expect(JSON.stringify(items)).to.not.include('knust');
  });
});
