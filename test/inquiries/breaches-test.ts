import { expect } from 'chai';
import { recordBreach } from '../../src/inquiries/breach.js';
import type { BreachFilter } from '../../src/inquiries/breaches.js';
import { countBreaches, readBreaches } from '../../src/inquiries/breaches.js';
import { closeInquiry } from '../../src/inquiries/lifecycle.js';
import type { DomainFixture } from '../helpers/domain.js';
import { MONDAY, openDomain } from '../helpers/domain.js';
import { DAY, HOUR } from '../helpers/engine.js';

/** So many days after the Monday on which everything comes in. */
const after = (days: number) => new Date(MONDAY.getTime() + days * DAY);

describe('missed deadlines', () => {
  let domain: DomainFixture;
  const ids: Record<string, string> = {};

  before(async () => {
    domain = await openDomain();
    const register = async (name: string, days: number, unit: string) => {
      const { inquiry } = await domain.register({ expectedBy: after(days).toISOString() });
      ids[name] = inquiry.id;
      await domain.db.query('UPDATE inquiry SET unit_code = $2 WHERE id = $1', [inquiry.id, unit]);
    };
    await register('closed in time', 3, 'VAR');
    await register('closed late', 1, 'VAR');
    await register('open late', 2, 'VEI');
    await register('open in time', 20, 'VAR');
    domain.clock.set(after(2.5));
    const { clock, newId } = domain;
    const change = () => ({ tenant: 'fjordvik', by: 'process', now: clock(), newId });
    await domain.db.inTransaction(async (tx) => {
      for (const level of [1, 2]) {
        const inquiryId = String(ids['open late']);
        await recordBreach(tx, change(), { inquiryId, deadline: 'guarantee', level });
      }
      await closeInquiry(tx, change(), String(ids['closed late']), 'completed');
      await closeInquiry(tx, change(), String(ids['closed in time']), 'completed');
    });
    domain.clock.set(after(4));
  });

  const list = (filter: BreachFilter = {}, tenant = 'fjordvik') =>
    readBreaches(domain.db, tenant, filter, domain.clock());

  it('are those of open cases and of cases closed too late, the oldest first', async () => {
    const { items, nextCursor } = await list();
    expect(nextCursor).to.equal(null);
    expect(items.map(({ reference: _, ...rest }) => rest)).to.deep.equal([
      {
        service: 'DUNK',
        unit: 'VAR',
        deadline: 'guarantee',
        dueAt: after(1).toISOString(),
        escalatedAt: null,
        level: 0,
        closedAt: after(2.5).toISOString(),
        hoursLate: 36,
      },
      {
        service: 'DUNK',
        unit: 'VEI',
        deadline: 'guarantee',
        dueAt: after(2).toISOString(),
        escalatedAt: after(2.5).toISOString(),
        level: 2,
        closedAt: null,
        hoursLate: 48,
      },
    ]);
    expect((await list({}, 'bispevik')).items).to.be.empty;
  });

  it('are counted, and chosen by unit, kind and whether the case is open', async () => {
    const count = (filter: BreachFilter = {}) =>
      countBreaches(domain.db, 'fjordvik', filter, domain.clock());
    expect(await count()).to.deep.equal({ open: 1, closedLate: 1, escalated: 1 });
    expect(await count({ units: ['VAR'] })).to.deep.equal({ open: 0, closedLate: 1, escalated: 0 });
    expect(await count({ units: [] })).to.deep.equal({ open: 0, closedLate: 0, escalated: 0 });
    expect((await list({ open: true })).items.map(({ unit }) => unit)).to.deep.equal(['VEI']);
    expect((await list({ open: false })).items.map(({ unit }) => unit)).to.deep.equal(['VAR']);
    expect((await list({ deadline: 'statutory' })).items).to.be.empty;
  });

  it('of promise and law count apart, also when both fall on the same moment', async () => {
    const statutory = new Date('2026-04-07T21:59:59.999Z');
    const { inquiry } = await domain.register({ receivedAt: MONDAY.toISOString() });
    await domain.db.query('UPDATE inquiry SET expected_by = $2 WHERE id = $1', [
      inquiry.id,
      statutory,
    ]);
    const now = domain.clock();
    domain.clock.set(new Date(statutory.getTime() + HOUR));
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list({ open: true, limit: 1, cursor });
      seen.push(...page.items.map(({ reference, deadline }) => `${reference} ${deadline}`));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(new Set(seen).size).to.equal(seen.length);
    expect(seen.filter((one) => one.startsWith(inquiry.reference))).to.have.length(2);
    expect(seen).to.have.length(6);
    domain.clock.set(now);
  });
});
