import { join } from 'node:path';
import { expect } from 'chai';
import { readPackages } from '../../src/catalogue/read-packages.js';
import { addServiceWord, removeServiceWord } from '../../src/catalogue/service-words.js';
import { saveService } from '../../src/catalogue/services.js';
import { suggestServices } from '../../src/catalogue/suggest-services.js';
import type { Suggestion } from '../../src/catalogue/suggest-services.js';
import { readVocabulary } from '../../src/catalogue/vocabulary.js';
import type { Vocabulary } from '../../src/catalogue/vocabulary.js';
import type { Db } from '../../src/db/database.js';
import { PROJECT_ROOT } from '../../src/kernel/project-root.js';
import { testDatabase } from '../helpers/database.js';

const PROCESSES = join(PROJECT_ROOT, 'processes');
const TENANT = 'fjordvik';
const NOW = new Date('2026-03-02T09:00:00Z');

/** What citizens write, and what it is about. */
const SAYINGS: readonly (readonly [string, string])[] = [
  ['Det er et stort hull i veien utenfor skolen, noen har punktert', 'VEIHULL'],
  ['Gatelyset i Storgata har vært mørkt i to uker', 'GATELYS'],
  ['Lyktestolpen ved busstoppet blinker', 'GATELYS'],
  ['Når kommer brøytebilen? Det er snø opp til knærne', 'BROYTING'],
  ['Kan dere strø i bakken, det er speilglatt', 'BROYTING'],
  ['Dunken min er knust, jeg trenger ny søppeldunk', 'DUNK'],
  ['Søppelet ble ikke hentet på mandag', 'TOMMING'],
  ['Bosset er ikkje henta', 'TOMMING'],
  ['Vannet er borte og det renner fra en kum: vannlekkasje', 'VANN'],
  ['Kloakken er tett i kjelleren', 'VANN'],
  ['Må jeg søke for å bygge garasje på 40 kvadratmeter?', 'BYGG'],
  ['Jeg trenger et situasjonskart over eiendommen', 'SITKART'],
  ['Jeg ber om innsyn i dokumentene i saken', 'INNSYN'],
  ['Hvilke personopplysninger har dere lagret om meg? Slett dem', 'PERSONVERN'],
  ['Hvordan søker jeg om HC-parkering for min mor i rullestol?', 'PARKHC'],
  ['Laget vårt vil leie gymsalen på onsdager', 'LOKALE'],
  ['Jeg har fått feil faktura for kommunale avgifter', 'AVGIFT'],
  ['Når får vi svar på barnehageplass?', 'BARNEHAGE'],
  ['Vi skal skjenke øl og vin på festivalen', 'SKJENK'],
  ['Takk for hjelpen, veldig fornøyd med servicen', 'TILBAKEM'],
  ['There is a pothole in our street', 'VEIHULL'],
];

describe('suggestServices: what an inquiry is about, from its words', () => {
  let db: Db;
  let vocabulary: Vocabulary;
  before(async () => {
    db = await testDatabase();
    vocabulary = await readVocabulary(PROCESSES);
    await db.inTransaction(async (tx) => {
      for (const { folder, service } of await readPackages(PROCESSES)) {
        if (service) await saveService(tx, TENANT, { folder, package: service, now: NOW });
      }
    });
  });

  const suggest = (text: string): Promise<Suggestion[]> =>
    db.inTransaction((tx) => suggestServices(tx, TENANT, text, vocabulary));

  for (const [text, service] of SAYINGS) {
    it(`«${text}» is about ${service}`, async () => {
      const [best] = await suggest(text);
      expect(best?.service).to.equal(service);
      expect(best?.reasons).not.to.deep.equal([]);
    });
  }

  it('names three at most, the likeliest first, with the words of the catalogue as reasons', async () => {
    const found = await suggest(
      'Hull i veien, mørkt gatelys, snø og tett kloakk hos Kari Nordmann',
    );
    expect(found).to.have.length(3);
    expect(found.map(({ score }) => score)).to.deep.equal(
      found.map(({ score }) => score).sort((a, b) => b - a),
    );
    expect(JSON.stringify(found).toLowerCase()).not.to.contain('kari');
  });

  it('is surer of one service than of two that are spoken for alike', async () => {
    const [clear] = await suggest('Hull i veien, hull i asfalten, telehiv');
    const [mixed] = await suggest('Hull i veien og dunken er knust');
    expect(clear?.score).to.be.greaterThan(0.6);
    expect(mixed?.score).to.be.lessThan(clear?.score ?? 0);
  });

  for (const text of ['', '   ', 'og men i på', '🙂'.repeat(500), 'x'.repeat(20_000), "'; DROP"]) {
    it(`suggests nothing for ${JSON.stringify(text.slice(0, 12))}`, async () => {
      expect(await suggest(text)).to.deep.equal([]);
    });
  }

  it('knows a word that a person has added, until it is taken away', async () => {
    const word = { service: 'GATELYS', word: 'Luminaren' };
    await db.inTransaction((tx) => addServiceWord(tx, TENANT, { ...word, by: 'owner', now: NOW }));
    expect((await suggest('luminaren er knust'))[0]).to.deep.include({
      service: 'GATELYS',
      reasons: [{ word: 'luminaren', source: 'learned' }],
    });
    expect(await db.inTransaction((tx) => removeServiceWord(tx, TENANT, word))).to.equal(true);
    expect(await suggest('luminaren')).to.deep.equal([]);
  });
});
