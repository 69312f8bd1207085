import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { expect } from 'chai';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import supertest from 'supertest';
import { findBrowser } from '../../scripts/system-packages.mjs';
import { listen } from '../../src/cli/listen.js';
import type { Listening } from '../../src/cli/listen.js';
import { HOSTILE_TEXTS } from '../helpers/hostile-texts.js';
import { describeWith } from '../helpers/needs.js';
import { FEATURE_TIMEOUT_MS, HOUR, startTwoApps } from '../helpers/two-apps.js';
import type { TwoApps } from '../helpers/two-apps.js';

interface AxeResult {
  violations: { id: string; nodes: { html: string }[] }[];
}

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

describeWith(
  'browser',
  'Feature: a citizen sends a form and follows the case, without scripts',
  function () {
    this.timeout(FEATURE_TIMEOUT_MS);
    let apps: TwoApps;
    let server: Listening;
    let browser: Browser;
    let axe: string;
    let statusAddress: string;
    before(async () => {
      apps = await startTwoApps();
      server = await listen(apps.nodes[0]!.app, { host: '127.0.0.1', port: 0 });
      browser = await chromium.launch({
        executablePath: findBrowser()!,
        args: ['--no-sandbox', '--disable-dev-shm-usage'],
      });
      axe = await readFile(AXE, 'utf8');
    });
    after(async () => {
      await browser.close();
      await server.close();
      await apps.stop();
    });

    async function open(path: string, width = 1000): Promise<Page> {
      const context = await browser.newContext({ viewport: { width, height: 900 } });
      const page = await context.newPage();
      page.setDefaultTimeout(60_000);
      await page.goto(new URL(path, server.url).href, { waitUntil: 'load' });
      return page;
    }

    /** What axe complains about, and what sticks out of the window. */
    async function flaws(page: Page): Promise<string[]> {
      await page.evaluate(axe);
      const found = await page.evaluate<AxeResult>('axe.run()');
      const overflow = await page.evaluate<number>(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      const complaints = found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
      return overflow > 0 ? [...complaints, `${overflow} pixels too wide`] : complaints;
    }

    for (const language of ['nb', 'nn', 'en']) {
      for (const width of [1000, 360]) {
        it(`the list and a form in ${language}, ${width} wide: axe finds nothing, nothing sticks out`, async () => {
          for (const path of ['/fjordvik/form', '/fjordvik/form/VEIHULL', '/fjordvik/form/DUNK']) {
            const page = await open(`${path}?lang=${language}`, width);
            expect(await page.locator('html').getAttribute('lang')).to.equal(language);
            expect(await flaws(page), path).to.deep.equal([]);
            await page.context().close();
          }
        });
      }
    }

    it('finds a service by a word of it', async () => {
      const page = await open('/form');
      await page.getByLabel('Søk etter tjeneste').fill('dunk');
      await page.getByRole('button', { name: 'Søk' }).click();
      await page.getByRole('link', { name: 'dunk' }).first().click();
      expect(await page.locator('h1').innerText()).to.contain('dunk');
      await page.context().close();
    });

    it('says beside each field what is wrong with it, and keeps what was written', async () => {
      const page = await open('/fjordvik/form/VEIHULL');
      await page.getByLabel('Beskriv skaden').fill('Et dypt hull');
      await page.getByLabel('E-post').fill('nei');
      apps.clock.advance(HOUR);
      await page.getByRole('button', { name: 'Send inn' }).click();
      const summary = page.locator('.ds-error-summary');
      expect(await summary.innerText()).to.contain('Hva er skadet?: Må fylles ut');
      expect(await page.locator('#partyEmail-error').innerText()).to.equal(
        'Er ikke en e-postadresse',
      );
      expect(await page.getByLabel('Beskriv skaden').inputValue()).to.equal('Et dypt hull');
      expect(await flaws(page)).to.deep.equal([]);
      await page.context().close();
    });

    it('Given a form about a hole in the road, when it is sent with a picture and no name, then it is a case with its own page', async () => {
      const page = await open('/fjordvik/form/VEIHULL');
      await page.getByLabel('Hva er skadet?').selectOption('hole');
      await page.getByLabel('Hvor på veien?').selectOption('carriageway');
      await page.getByLabel('Beskriv skaden').fill('Et dypt hull');
      const png = Buffer.from(PIXEL, 'base64');
      await page
        .getByLabel('Bilder og vedlegg')
        .setInputFiles({ name: 'hull.png', mimeType: 'image/png', buffer: png });
      apps.clock.advance(HOUR);
      await page.getByRole('button', { name: 'Send inn' }).click();
      await page.getByText('Takk! Vi har mottatt henvendelsen din.').waitFor();
      statusAddress = page.url().replace(/\?.*/, '');
      const reference = await page.locator('dd strong').innerText();
      await apps.runDue();
      const { body } = await apps.as('agent').get(`/api/inquiries/${reference}`).expect(200);
      expect(body).to.include({
        channel: 'form',
        service: 'VEIHULL',
        identified: false,
        ownWords: true,
      });
      expect(body.content.text).to.equal('Et dypt hull');
      const files = await apps
        .as('agent')
        .get(`/api/inquiries/${reference}/attachments`)
        .expect(200);
      expect(JSON.stringify(files.body)).to.contain('hull.png');
      await page.context().close();
    });

    it('when the citizen writes, asks how it goes and withdraws, then it is on the case', async () => {
      const page = await open(statusAddress);
      expect(await flaws(page)).to.deep.equal([]);
      expect(await page.locator('main').innerText()).not.to.contain('Et dypt hull');
      await page.getByLabel('Melding').fill('Det er blitt større.');
      await page.getByRole('button', { name: 'Send melding' }).click();
      await page.getByText('Meldingen din er sendt.').waitFor();
      await page.getByRole('button', { name: 'Spør hvordan det går' }).click();
      await page.getByText('Vi har notert at du venter').waitFor();
      const reference = await page.locator('dd strong').innerText();
      const { body } = await apps
        .as('agent')
        .get(`/api/inquiries/${reference}/messages`)
        .expect(200);
      const said = body.items.filter(({ direction }: { direction: string }) => direction === 'in');
      expect(said[0]).to.include({ body: 'Det er blitt større.', channel: 'portal' });
      const status = await apps.as('agent').get(`/api/inquiries/${reference}/status`).expect(200);
      expect(status.body.chasers).to.equal(1);
      expect(await page.locator('main').innerText()).to.contain(status.body.summary);
      await page.getByLabel('Ja, jeg vil trekke saken').check();
      await page.getByRole('button', { name: 'Trekk saken' }).click();
      await page.getByText('Ønsket om å trekke saken er mottatt.').waitFor();
      const phone = await open(statusAddress, 360);
      expect(await flaws(phone)).to.deep.equal([]);
      await phone.context().close();
      await page.context().close();
    });

    const send = (fields: Record<string, string>, code = 'VEIHULL') => {
      const request = supertest(apps.next()).post(`/fjordvik/form/${code}`);
      for (const [name, value] of Object.entries(fields)) void request.field(name, value);
      return request;
    };
    const good = () => ({
      damage: 'hole',
      place: 'carriageway',
      text: 'Hull',
      opened: new Date(apps.clock().getTime() - HOUR).toISOString(),
    });

    it('takes nothing from machines, and one form once', async () => {
      const before = await apps.countRows();
      await send({ ...good(), website: 'x' }).expect(400);
      await send({ ...good(), opened: apps.clock().toISOString() }).expect(400);
      await send({ ...good(), opened: 'yesterday' }).expect(400);
      await send({ ...good(), damage: 'nothing' }).expect(400);
      await send(good(), 'NOPE').expect(404);
      expect(await apps.countRows()).to.deep.equal(before);
      await send({ ...good(), key: 'same' }).expect(303);
      await send({ ...good(), key: 'same' }).expect(303);
      expect((await apps.countRows())['inquiry']).to.equal((before['inquiry'] ?? 0) + 1);
    });

    it('asks and answers in English throughout, and keeps nothing that another answer hides', async () => {
      const { text } = await supertest(apps.next()).get('/fjordvik/form/AVGIFT?lang=en');
      expect(text).to.contain('>Complaint about property tax<').and.contain('>Chimney sweeping');
      expect(text).not.to.contain('Eiendomsskatt').and.not.to.contain('Fakturaen er feil');
      const asked = {
        ...good(),
        feeType: 'tax',
        noticeOn: '2020-01-01',
        partyName: 'Ola Nordmann',
      };
      for (const matter of ['question', 'taxComplaint']) {
        await send({ ...asked, matter, partyPhone: '99999999' }, 'AVGIFT').expect(303);
      }
      const kept = await apps.db.query<{ matter: string; notice: string | null }>(
        `SELECT answers ->> 'matter' AS matter, answers ->> 'noticeOn' AS notice
         FROM inquiry WHERE service_code = 'AVGIFT' AND channel = 'form' ORDER BY matter`,
      );
      expect(kept).to.deep.equal([
        { matter: 'question', notice: null },
        { matter: 'taxComplaint', notice: '2020-01-01' },
      ]);
    });

    it('keeps hostile texts as they are, and shows them as text', async () => {
      for (const text of [...HOSTILE_TEXTS, '<script>alert(1)</script>']) {
        const answer = await send({ ...good(), text, damage: 'x"><script>alert(1)</script>' });
        expect(answer.status, text).to.equal(400);
        expect(answer.text).not.to.contain('<script');
      }
      await send({ ...good(), text: 'a\0b' }).expect(400);
    });

    it('asks for a name where the service needs one, and shows no page for a wrong key', async () => {
      const order = {
        orderType: 'broken',
        requesterRole: 'owner',
        waste: 'paper',
        newLitres: '140',
      };
      const { text } = await send(
        { ...good(), ...order, propertyAddress: 'Storgata 1' },
        'DUNK',
      ).expect(400);
      expect(text).to.contain('partyName-error');
      for (const key of ['x', 'fjordvik.x', `fjordvik.${'a'.repeat(32)}`, '%00', '..%2f']) {
        await supertest(apps.next()).get(`/status/${key}`).expect(404);
      }
    });
  },
);

/** A picture of one point. */
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
