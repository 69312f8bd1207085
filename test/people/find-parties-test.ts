import { expect } from 'chai';
import type { Db } from '../../src/db/database.js';
import type { FoundPerson } from '../../src/people/find-parties.js';
import { findParties } from '../../src/people/find-parties.js';
import { findOrCreateParty } from '../../src/people/parties.js';
import { readPartyDraft } from '../../src/people/party.js';
import { testDatabase } from '../helpers/database.js';

const TENANT = 'fjordvik';

const PEOPLE = [
  { name: 'Bjørn Åsmund Kjær', phone: '+4791111111', email: 'bjorn@example.no' },
  { name: 'Kari Nordmann', phone: '+4792222222', email: 'kari.nordmann@example.no' },
  { name: 'Ola Nordmann', phone: '+4793333333', email: 'ola@example.no' },
  { name: 'Haakon Sæther-Østby', phone: '+4794444444', email: 'hso@example.no' },
  { name: 'Nguyễn Thị Ánh', phone: '+4795555555', email: 'anh@example.no' },
  { name: 'Máret Ánne Sara', phone: '+4796666666', email: 'maret@example.no' },
  { name: 'Ytre Fjordvik idrettslag', phone: '+4769111111', email: 'post@yfi.example' },
];

describe('findParties: whoever is meant, by whatever is known', () => {
  let db: Db;
  before(async () => {
    db = await testDatabase();
    let id = 100;
    for (const draft of PEOPLE) {
      const { identity } = readPartyDraft(draft);
      await db.inTransaction((tx) =>
        findOrCreateParty(tx, TENANT, identity, {
          newId: () => String((id += 1)),
          now: new Date('2026-03-02T09:00:00Z'),
          mayFill: true,
        }),
      );
    }
  });

  const find = (asked: string): Promise<FoundPerson[]> =>
    db.inTransaction((tx) => findParties(tx, TENANT, asked, undefined));
  const names = async (asked: string) => (await find(asked)).map(({ name }) => name);

  const FOUND: readonly (readonly [asked: string, name: string])[] = [
    ['Kari Nordmann', 'Kari Nordmann'],
    ['nordmann kari', 'Kari Nordmann'],
    ['Kari Nordman', 'Kari Nordmann'],
    ['Kari Normann', 'Kari Nordmann'],
    ['Kary Nordmann', 'Kari Nordmann'],
    ['Bjoern Aasmund', 'Bjørn Åsmund Kjær'],
    ['BJØRN KJÆR', 'Bjørn Åsmund Kjær'],
    ['bjorn kjaer', 'Bjørn Åsmund Kjær'],
    ['Håkon Sæther', 'Haakon Sæther-Østby'],
    ['haakon oestby', 'Haakon Sæther-Østby'],
    ['Maret Anne', 'Máret Ánne Sara'],
    ['idrettslag fjordvik', 'Ytre Fjordvik idrettslag'],
    ['92 22 22 22', 'Kari Nordmann'],
    ['+47 92222222', 'Kari Nordmann'],
    ['0047 9222', 'Kari Nordmann'],
    ['9222', 'Kari Nordmann'],
    ['KARI.NORDMANN@example.no', 'Kari Nordmann'],
    ['kari.nord@', ''],
    ['hso@', 'Haakon Sæther-Østby'],
  ];
  for (const [asked, name] of FOUND) {
    it(`«${asked}» ${name === '' ? 'is nobody' : `finds ${name}`}`, async () => {
      expect((await names(asked))[0] ?? '').to.equal(name);
    });
  }

  it('puts whoever is called just so before those who are merely like it', async () => {
    const found = await find('Nordmann');
    expect(found.map(({ name, match }) => [name, match])).to.have.deep.members([
      ['Kari Nordmann', 'exact'],
      ['Ola Nordmann', 'exact'],
    ]);
  });

  for (const asked of ['xy', '%%%', '___', "'; --", '@', '12', 'Zaphod Beeblebrox', '🙂🙂🙂']) {
    it(`finds nobody for ${JSON.stringify(asked)}`, async () => {
      expect(await find(asked)).to.deep.equal([]);
    });
  }

  it('finds nobody of another municipality, or whom the asker has nothing to do with', async () => {
    const elsewhere = await db.inTransaction((tx) =>
      findParties(tx, 'bispevik', 'Kari', undefined),
    );
    expect(elsewhere).to.deep.equal([]);
    const scope = { units: ['VEI'], registeredBy: 'caseworker' };
    expect(
      await db.inTransaction((tx) => findParties(tx, TENANT, 'Kari Nordmann', scope)),
    ).to.deep.equal([]);
  });
});
