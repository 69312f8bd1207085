import { expect } from 'chai';
import type { Db } from '../../src/db/database.js';
import { createIdFactory } from '../../src/kernel/ids.js';
import {
  cutPartyLinks,
  findOrCreateParty,
  linkParty,
  partyOfInquiry,
} from '../../src/people/parties.js';
import type { PartyDraft } from '../../src/people/party.js';
import { readPartyDraft } from '../../src/people/party.js';
import { emptyTables, testDatabase } from '../helpers/database.js';

const now = new Date('2026-03-02T09:00:00Z');
const newId = createIdFactory({ node: 1 });
const ola = { name: 'Ola Nordmann', phone: '+47 900 00 001', email: 'Ola@example.no' };

describe('the party store', () => {
  let db: Db;

  before(async () => {
    db = await testDatabase();
  });

  beforeEach(() => emptyTables(db));

  const find = (draft: PartyDraft, { tenant = 'fjordvik', mayFill = true } = {}) => {
    const { identity, reasons } = readPartyDraft(draft);
    expect(reasons).to.deep.equal([]);
    return db.inTransaction((tx) =>
      findOrCreateParty(tx, tenant, identity, { newId, now, mayFill }),
    );
  };
  const count = async () => (await db.query('SELECT 1 FROM party')).length;

  it('creates a party once and then finds it by phone or e-mail, however written', async () => {
    const first = await find(ola);
    expect(first).to.deep.include({ created: true, lookalikes: 0 });
    expect(first.party).to.deep.include({
      kind: 'person',
      phone: '+4790000001',
      email: 'ola@example.no',
      language: 'nb',
    });
    for (const draft of [
      ola,
      { phone: '90000001' },
      { email: 'OLA@EXAMPLE.NO' },
      { name: 'ola  NORDMANN', phone: '0047 90 00 00 01' },
    ]) {
      const again = await find(draft);
      expect(again.created, JSON.stringify(draft)).to.equal(false);
      expect(again.party.id).to.equal(first.party.id);
    }
    expect(await count()).to.equal(1);
  });

  it('keeps apart the people of one household, and an organisation from its secretary', async () => {
    const { party } = await find(ola);
    const kari = await find({ ...ola, name: 'Kari Nordmann' });
    const club = await find({ ...ola, kind: 'organisation' });
    expect(new Set([party.id, kari.party.id, club.party.id]).size).to.equal(3);
    expect(kari.lookalikes).to.equal(1);
    expect(club.lookalikes).to.equal(2);
    const nameless = await find({ phone: ola.phone });
    expect(nameless.created, 'the number alone tells them not apart').to.equal(true);
  });

  it('adds contact data that staff wrote down', async () => {
    const { party } = await find({ name: ola.name, phone: ola.phone });
    const filled = await find({ ...ola, language: 'en' });
    expect(filled.party).to.deep.equal({ ...party, email: 'ola@example.no', language: 'en' });
    expect((await find({ email: ola.email })).party.id).to.equal(party.id);
  });

  it('adds nothing that somebody typed into a form about a neighbour', async () => {
    const { party } = await find({ name: ola.name, phone: ola.phone });
    const forged = await find({ ...ola, email: 'thief@example.no' }, { mayFill: false });
    expect(forged).to.deep.include({ created: true, lookalikes: 1 });
    const kept = await find({ phone: ola.phone, name: ola.name }, { mayFill: false });
    expect(kept.party).to.deep.equal(party);
  });

  it('never takes over a contradicting address', async () => {
    const { party } = await find(ola);
    const other = await find({ ...ola, email: 'another@example.no' });
    expect(other.party.id).to.not.equal(party.id);
  });

  it('makes one party of two registrations at the same moment', async () => {
    const found = await Promise.all(Array.from({ length: 6 }, () => find(ola)));
    expect(new Set(found.map(({ party }) => party.id)).size).to.equal(1);
    expect(found.filter(({ created }) => created)).to.have.length(1);
  });

  it('makes a new party of a bare name: names alone say nothing', async () => {
    const [one, two] = [await find({ name: 'Ola' }), await find({ name: 'Ola' })];
    expect(one.party.id).to.not.equal(two.party.id);
  });

  it('sees nothing of the other municipality', async () => {
    const { party } = await find(ola);
    const neighbour = await find(ola, { tenant: 'bispevik' });
    expect(neighbour.created).to.equal(true);
    expect(neighbour.party.id).to.not.equal(party.id);
  });

  it('is forgotten with its last inquiry, and not before', async () => {
    const { party } = await find(ola);
    const [first, second] = [newId(), newId()];
    for (const inquiryId of [first, second, second]) {
      await linkParty(db, 'fjordvik', { inquiryId, partyId: party.id, at: now });
    }
    expect(await partyOfInquiry(db, 'fjordvik', first)).to.deep.equal(party);
    const cut = (inquiryId: string) =>
      db.inTransaction((tx) => cutPartyLinks(tx, 'fjordvik', inquiryId));
    expect(await cut(first)).to.deep.equal({ cut: 1, deleted: 0 });
    expect(await partyOfInquiry(db, 'fjordvik', first)).to.equal(undefined);
    expect(await cut(second)).to.deep.equal({ cut: 1, deleted: 1 });
    expect(await count()).to.equal(0);
    expect(await cut(second)).to.deep.equal({ cut: 0, deleted: 0 });
  });

  it('names everything that is wrong with a draft', () => {
    const { reasons } = readPartyDraft({ name: 'x'.repeat(201), phone: '12', email: 'nobody' });
    expect(reasons.map(({ path }) => path)).to.deep.equal([
      'party.name',
      'party.phone',
      'party.email',
    ]);
    expect(readPartyDraft({ name: '  ' }).reasons).to.have.length(1);
  });
});
