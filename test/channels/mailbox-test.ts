import { expect } from 'chai';
import { keepMail } from '../../src/channels/inbound/keep-mail.js';
import { MAX_MAIL_BYTES } from '../../src/channels/inbound/smtp-receiver.js';
import { startMailIn } from '../../src/compose/mail-in.js';
import type { MailIn } from '../../src/compose/mail-in.js';
import { readConfig } from '../../src/kernel/config.js';
import { createIdFactory } from '../../src/kernel/ids.js';
import { createLogger } from '../../src/kernel/log.js';
import { startImapServer } from '../helpers/imap-server.js';
import type { ImapServer } from '../helpers/imap-server.js';
import { openMailDoors, rawMail } from '../helpers/mail-in.js';
import { describeWith } from '../helpers/needs.js';
import { FEATURE_TIMEOUT_MS, startTwoApps } from '../helpers/two-apps.js';
import type { TwoApps } from '../helpers/two-apps.js';

const ADDRESS = 'post@fjordvik.example';
const EVERY_MS = 30_000;

const mail = (subject: string, headers: Record<string, string> = {}): string =>
  rawMail(
    {
      'Return-Path': '<kari@example.no>',
      From: 'Kari Nordmann <kari@example.no>',
      To: ADDRESS,
      Subject: subject,
      'Message-ID': `<${subject.replace(/\W/g, '-')}@example.no>`,
      ...headers,
    },
    'Lampen utenfor Storgata 4 er mørk.',
  );

describeWith('imap server', 'a mailbox on another server', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let server: ImapServer;
  let apps: TwoApps;
  const open: MailIn[] = [];
  const logged: string[] = [];

  before(async () => {
    server = await startImapServer();
    apps = await startTwoApps();
  });
  afterEach(async () => {
    for (const one of open.splice(0)) await one.stop();
    logged.splice(0);
  });
  after(async () => {
    await apps.stop();
    await server.stop();
  });

  /** Each test has a mailbox of its own. The first look is over when it resolves. */
  const reader = async (user: string, env: Record<string, string> = {}, at = 0) => {
    const { db, clock } = apps.nodes[at]!;
    const imap = { IMAP_URL: server.url(user), IMAP_ADDRESS: ADDRESS, ...env };
    const log = createLogger({ level: 'debug', write: (line: string) => logged.push(line) });
    const newId = createIdFactory({ node: 910 + open.length });
    const options = { config: readConfig(imap), db, clock, log, newId, wake: () => undefined };
    const one = await startMailIn(options);
    open.push(one);
    return one.mailbox!;
  };
  /** Looks when it is time again. */
  const look = async (mailbox: { look(): Promise<number> }): Promise<number> => {
    apps.clock.advance(EVERY_MS);
    return mailbox.look();
  };
  const inquiries = async (): Promise<{ reference: string; channel: string }[]> => {
    await apps.runDue();
    return (await apps.as('agent').get('/api/inquiries?channel=email').expect(200)).body.items;
  };

  it('has its mails taken as inquiries and put into a folder of their own', async () => {
    const before = (await inquiries()).length;
    await server.put('taken', mail('Gatelys er mørkt'));
    const mailbox = await reader('taken');
    expect(await look(mailbox)).to.equal(0);
    expect(await inquiries()).to.have.lengthOf(before + 1);
    expect(await server.list('taken', 'INBOX')).to.deep.equal([]);
    const [put] = await server.list('taken', 'Saksflyt');
    expect(put?.subject).to.equal('Gatelys er mørkt');
    expect(logged.join('\n')).to.not.match(/kari|Storgata|secret/i);
  });

  it('gives the same case as SMTP: a reply lands on it, and one mail taken both ways is one', async () => {
    const doors = await openMailDoors(apps);
    const first = mail('To veier inn');
    await doors.send({ from: 'kari@example.no', to: ADDRESS, raw: first });
    const all = await inquiries();
    const { reference } = all[0]!;
    await server.put('both', `Received: from mx.example.no\r\n${first}`);
    const to = `post+${reference.toLowerCase()}@fjordvik.example`;
    await server.put('both', mail('Svar fra meg', { To: to, 'Delivered-To': to }));
    const mailbox = await reader('both');
    await look(mailbox);
    expect(await inquiries(), 'no new case').to.have.lengthOf(all.length);
    const [row] = await apps.db.query<{ count: number }>(
      `SELECT count(*)::int FROM inbound_mail m JOIN inquiry i ON i.tenant_id = m.tenant_id
         AND i.id = m.inquiry_id WHERE i.reference = $1`,
      [reference],
    );
    expect(row?.count).to.equal(2);
    await doors.stop();
  });

  it('is read again after a node died between keeping and putting away, without a second case', async () => {
    const raw = Buffer.from(mail('Avbrutt'));
    const { db, clock } = apps.nodes[0]!;
    await keepMail(
      { sender: 'kari@example.no', recipients: [ADDRESS], raw },
      { db, clock, newId: createIdFactory({ node: 930 }) },
    );
    const before = (await inquiries()).length;
    await server.put('died', raw);
    const mailbox = await reader('died');
    await look(mailbox);
    expect(await inquiries()).to.have.lengthOf(before);
    expect(await server.list('died', 'INBOX')).to.deep.equal([]);
  });

  it('is read by one node at a time, and only when it is time', async () => {
    const [first, second] = [await reader('shared'), await reader('shared', {}, 1)];
    await Promise.all([first.look(), second.look()]);
    await server.put('shared', mail('Bare én gang'));
    expect(await first.look(), 'too early').to.equal(0);
    apps.clock.advance(EVERY_MS);
    const taken = await Promise.all([first.look(), second.look()]);
    expect(taken[0] + taken[1]).to.equal(1);
  });

  it('keeps what is too large, flagged once, and takes what lies behind it', async () => {
    const line = `${'A'.repeat(998)}\r\n`;
    const large = mail('For stor') + line.repeat(Math.ceil(MAX_MAIL_BYTES / line.length) + 1);
    const mailbox = await reader('large');
    await mailbox.look();
    await server.put('large', large);
    await server.put('large', mail('Liten'));
    expect(await look(mailbox)).to.equal(1);
    await look(mailbox);
    const left = await server.list('large', 'INBOX');
    expect(left).to.deep.equal([{ subject: 'For stor', flags: ['\\Flagged'] }]);
    expect(logged.filter((text) => text.includes('too large'))).to.have.lengthOf(1);
  });

  it('that is away for a while loses nothing, and the log says so once', async () => {
    const mailbox = await reader('away');
    await mailbox.look();
    await server.put('away', mail('Etter avbruddet'));
    await server.stop();
    expect(await look(mailbox)).to.equal(0);
    expect(await look(mailbox)).to.equal(0);
    expect(logged.filter((text) => text.includes('cannot be read'))).to.have.lengthOf(1);
    await server.start();
    expect(await look(mailbox)).to.equal(1);
    expect(logged.join('\n')).to.include('read again');
  });

  it('of an address that is nobody’s here is not touched, nor one behind a foreign certificate', async () => {
    await server.put('strange', mail('Ikke rør'));
    const nobody = await reader('strange', { IMAP_ADDRESS: 'post@elsewhere.example' });
    expect(await look(nobody)).to.equal(0);
    const tls = `imaps://strange:secret@127.0.0.1:${server.tlsPort}`;
    const foreign = await reader('strange', { IMAP_URL: tls });
    expect(await look(foreign)).to.equal(0);
    expect(await server.list('strange', 'INBOX')).to.have.lengthOf(1);
    expect(logged.filter((text) => text.includes('cannot be read'))).to.have.lengthOf(2);
    expect(logged.join('\n')).to.not.include('secret');
  });
});
