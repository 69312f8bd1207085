import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { expect } from 'chai';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { findBrowser } from '../../scripts/system-packages.mjs';
import { listen } from '../../src/cli/listen.js';
import type { Listening } from '../../src/cli/listen.js';
import { PERMISSION_TEXTS } from '../../src/http/pages/permission-texts.js';
import { describeWith } from '../helpers/needs.js';
import { FEATURE_TIMEOUT_MS, startTwoApps } from '../helpers/two-apps.js';
import type { TwoApps } from '../helpers/two-apps.js';

interface AxeResult {
  violations: { id: string; nodes: { html: string }[] }[];
}

const require = createRequire(import.meta.url);
const AXE = require.resolve('axe-core/axe.min.js');

describeWith('browser', 'Feature: pages in a browser', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;
  let server: Listening;
  let browser: Browser;
  let axe: string;
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

  /** Opens a page, and collects whatever it complains about or asks of another server. */
  async function open(path: string, width = 1280) {
    const context = await browser.newContext({
      viewport: { width, height: 900 },
      httpCredentials: { username: 'caseworker', password: 'demo' },
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('request', (request) => {
      if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(server.url)) {
        complaints.push(`asked ${request.url()}`);
      }
    });
    await page.goto(server.url + path, { waitUntil: 'load' });
    return { page, complaints, close: () => context.close() };
  }

  async function violations(page: Page): Promise<string[]> {
    await page.evaluate(axe);
    const found = await page.evaluate<AxeResult>('axe.run()');
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
  }

  for (const [path, language, heading] of [
    ['/', 'nb', 'Hver henvendelse følger en prosess du kan se'],
    ['/?lang=en', 'en', 'Every inquiry follows a process you can see'],
  ] as const) {
    for (const width of [1280, 360]) {
      it(`the start page at ${path}, ${width} wide: axe finds nothing, nothing sticks out`, async () => {
        const { page, complaints, close } = await open(path, width);
        expect(await page.locator('h1').innerText()).to.equal(heading);
        expect(await page.locator('html').getAttribute('lang')).to.equal(language);
        expect(await violations(page)).to.deep.equal([]);
        expect(complaints).to.deep.equal([]);
        const overflow = await page.evaluate(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        );
        expect(overflow).to.equal(0);
        await close();
      });
    }
  }

  it('the start page says who can do what where, in the other language too', async () => {
    const { page, close } = await open('/');
    const row = page.locator('tr', { hasText: PERMISSION_TEXTS['processes.deploy'].nb });
    expect(await row.locator('td .unseen').allInnerTexts()).to.deep.equal([
      'Nei',
      'Nei',
      'Nei',
      'Nei',
      'Nei',
      'Ja',
      'Ja',
    ]);
    expect(await row.locator('code').allInnerTexts()).to.include('/v2/deployments');
    expect(await page.locator('.banner').innerText()).to.contain('Demomodus');
    expect(await page.locator('#users').innerText()).to.contain('agent@bispevik');
    await page.getByRole('link', { name: 'English' }).click();
    expect(await page.locator('h1').innerText()).to.contain('Every inquiry');
    await close();
  });

  it('its commands can be copied', async () => {
    const { page, complaints, close } = await open('/?lang=en');
    await page.getByRole('button', { name: 'Copy' }).first().click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    const copied = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(copied).to.contain('curl -s -u agent:demo').and.contain('"service": "DUNK"');
    expect(complaints).to.deep.equal([]);
    await close();
  });

  it('the documentation shows every route and runs one, from this server alone', async () => {
    const { page, complaints, close } = await open('/api/docs');
    await page.locator('.opblock').first().waitFor();
    const { paths } = (await (await fetch(`${server.url}/api/openapi.json`)).json()) as {
      paths: Record<string, object>;
    };
    const operations = Object.values(paths).flatMap((path) => Object.keys(path));
    expect(await page.locator('.opblock').count()).to.equal(operations.length);
    await page.locator('#operations-access-getMe .opblock-summary-control').click();
    await page.locator('#operations-access-getMe .execute').click();
    const answer = page.locator('#operations-access-getMe .live-responses-table');
    await answer.locator('.response-col_status', { hasText: '200' }).waitFor();
    expect(await answer.innerText()).to.contain('"username": "caseworker"');
    expect(complaints).to.deep.equal([]);
    await close();
  });

  it('an address that is not there gives a page, not a problem document', async () => {
    const { page, close } = await open('/nowhere');
    expect(await page.locator('h1').innerText()).to.equal('Siden finnes ikke');
    expect(await violations(page)).to.deep.equal([]);
    await page.getByRole('link', { name: 'Til forsiden' }).click();
    expect(await page.locator('h1').innerText()).to.contain('Hver henvendelse');
    await close();
  });
});
