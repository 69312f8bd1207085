import { expect } from 'chai';
import type { Role } from '../../src/access/principal.js';
import type { Db } from '../../src/db/database.js';
import { createIdFactory } from '../../src/kernel/ids.js';
import { addAbsence } from '../../src/people/absences.js';
import { addMembership, endMemberships } from '../../src/people/memberships.js';
import type { OrganisationChange } from '../../src/people/organisation-change.js';
import type { Membership } from '../../src/people/organisation.js';
import { lockOrganisation, readOrganisation } from '../../src/people/organisation.js';
import { principalAt } from '../../src/people/principals.js';
import { loadUnits } from '../../src/people/units.js';
import { testDatabase } from '../helpers/database.js';
import { rejection } from '../helpers/rejection.js';

const NOW = new Date('2026-03-02T08:00:00Z');
const day = (days: number) => new Date(NOW.getTime() + days * 86_400_000);
const names = { nb: 'X', nn: 'X', en: 'X' };

describe('who somebody is', () => {
  let db: Db;
  let change: OrganisationChange;

  beforeEach('Given VEI under TEK, led by lea, worked in by ola and eva', async () => {
    db = await testDatabase();
    const newId = createIdFactory({ node: 5 });
    change = { tenant: 'fjordvik', by: 'admin', now: NOW, newId };
    await loadUnits(db, 'fjordvik', [
      { code: 'TEK', names },
      { code: 'VEI', names, parent: 'TEK' },
      { code: 'GEO', names, parent: 'TEK' },
    ]);
    await member('tor', 'TEK', 'manager');
    await member('lea', 'VEI', 'manager');
    await member('ola', 'VEI', 'caseworker');
    await member('eva', 'GEO', 'caseworker');
  });

  function member(username: string, unit: string | null, role: Role, from = NOW, to?: Date) {
    const draft = { username, unit, role, from, to: to ?? null };
    return db.inTransaction((tx) => addMembership(tx, change, draft));
  }

  function away(username: string, substitute: string, from = 1, to = 10) {
    const draft = { username, substitute, from: day(from), to: day(to) };
    return db.inTransaction((tx) => addAbsence(tx, change, draft));
  }

  function ending(membership: Membership, at: Date) {
    return db.inTransaction(async (tx) =>
      endMemberships(tx, change, await lockOrganisation(tx, 'fjordvik'), [membership], at),
    );
  }

  async function who(username: string, at: Date) {
    const organisation = await readOrganisation(db, 'fjordvik');
    return principalAt(organisation, { tenant: 'fjordvik', username, displayName: 'X' }, at);
  }

  it('follows the dates of the memberships', async () => {
    await member('ola', 'GEO', 'caseworker', day(5), day(8));
    expect((await who('ola', day(1))).units).to.deep.equal(['VEI']);
    expect((await who('ola', day(5))).units).to.deep.equal(['VEI', 'GEO']);
    expect((await who('ola', day(8))).units).to.deep.equal(['VEI']);
    expect(await who('ola', day(-1))).to.deep.include({ roles: [], units: [] });
  });

  it('leads the units of the role, not all the units worked in', async () => {
    await member('lea', 'GEO', 'caseworker');
    expect(await who('lea', day(1))).to.deep.include({ units: ['VEI', 'GEO'], leads: ['VEI'] });
  });

  it('includes the work of the absent, along the chain, while they are away', async () => {
    await away('ola', 'lea');
    await away('lea', 'eva', 3, 5);
    expect(await who('lea', day(2))).to.deep.include({ standsInFor: ['ola'] });
    expect(await who('eva', day(2))).to.deep.include({ standsInFor: [], units: ['GEO'] });
    const eva = await who('eva', day(4));
    expect(eva.standsInFor).to.have.members(['ola', 'lea']);
    expect(eva).to.deep.include({ units: ['GEO', 'VEI'], leads: ['VEI'] });
    expect(await who('lea', day(4))).to.deep.include({ standsInFor: [], leads: ['VEI'] });
    expect((await who('lea', day(6))).standsInFor).to.deep.equal(['ola']);
  });

  it('is never inherited as administrator or owner of processes', async () => {
    await member('adm', null, 'admin');
    await away('adm', 'eva');
    expect(await who('eva', day(2))).to.deep.include({
      standsInFor: ['adm'],
      roles: ['caseworker'],
    });
  });

  it('refuses a circle of substitutes, also one that closes for a day only', async () => {
    await away('ola', 'lea', 1, 10);
    await away('lea', 'eva', 9, 12);
    expect(await rejection(away('eva', 'ola', 9, 10))).to.include({ code: 'substitute_circle' });
    expect(await rejection(away('eva', 'ola', 2, 20))).to.include({ code: 'substitute_circle' });
    await away('eva', 'ola', 10, 20);
  });

  it('refuses oneself as substitute, strangers, and being away twice', async () => {
    expect(await rejection(away('ola', 'ola'))).to.include({ code: 'absence_invalid' });
    expect(await rejection(away('ola', 'stranger'))).to.include({ code: 'absence_invalid' });
    await away('ola', 'eva');
    expect(await rejection(away('ola', 'lea', 9, 11))).to.include({ code: 'absence_overlaps' });
  });

  it('lets nobody go who is the last, or stands in for somebody', async () => {
    const { memberships } = await readOrganisation(db, 'fjordvik');
    const of = (username: string) => memberships.find((one) => one.username === username)!;
    expect(await rejection(ending(of('eva'), day(1)))).to.deep.include({
      code: 'would_leave_ownerless',
      details: [{ unit: 'GEO', lacks: 'member', from: day(1).toISOString() }],
    });
    expect(await rejection(ending(of('lea'), day(1)))).to.include({
      code: 'would_leave_ownerless',
    });
    await away('eva', 'ola');
    expect(await rejection(ending(of('ola'), day(5)))).to.include({ code: 'still_substitute' });
    await ending(of('ola'), day(10));
    expect((await who('ola', day(10))).units).to.deep.equal([]);
  });

  it('counts one who comes later only from then on', async () => {
    const { memberships } = await readOrganisation(db, 'fjordvik');
    const lea = memberships.find((one) => one.username === 'lea')!;
    await member('new', 'VEI', 'manager', day(20));
    expect(await rejection(ending(lea, day(10)))).to.include({ code: 'would_leave_ownerless' });
    await ending(lea, day(20));
  });

  it('keeps the last administrator', async () => {
    const admin = await member('adm', null, 'admin');
    expect(await rejection(ending(admin, day(1)))).to.include({ code: 'would_leave_ownerless' });
  });

  it('refuses what makes no sense, with every reason', async () => {
    const bad = await rejection(member('ola', null, 'caseworker', day(2), day(1)));
    expect(bad).to.deep.include({ code: 'membership_invalid' });
    expect((bad as { details: object[] }).details).to.have.length(2);
    expect(await rejection(member('ola', 'VEI', 'caseworker'))).to.include({
      code: 'membership_exists',
    });
    expect(await rejection(member('ola', 'NONE', 'caseworker'))).to.include({
      code: 'membership_invalid',
    });
  });

  it('tells of every change', async () => {
    await away('ola', 'lea');
    const events = await db.query(
      `SELECT kind, subject_id AS who FROM event WHERE subject_type = 'staff' ORDER BY id`,
    );
    expect(events.at(-1)).to.deep.equal({ kind: 'absence.added', who: 'ola' });
    expect(events).to.have.length(5);
  });
});
