import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { createTransport } from 'nodemailer';
import type { IncomingMail } from '../../src/channels/inbound/keep-mail.js';
import type { SmtpReceiver } from '../../src/channels/inbound/smtp-receiver.js';
import { MAX_MAIL_BYTES, startSmtpReceiver } from '../../src/channels/inbound/smtp-receiver.js';
import { createLogger } from '../../src/kernel/log.js';
import { openMailDoors, rawMail } from '../helpers/mail-in.js';
import { selfSigned } from '../helpers/self-signed.js';
import { talkSmtp } from '../helpers/smtp-talk.js';
import type { SmtpTalk } from '../helpers/smtp-talk.js';
import { FEATURE_TIMEOUT_MS, startTwoApps } from '../helpers/two-apps.js';

const TO = 'post@fjordvik.example';
const LINE = `${'A'.repeat(998)}\r\n`;
const PIECE = LINE.repeat(1000);

describe('the mail server', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  const kept: IncomingMail[] = [];
  const talks: SmtpTalk[] = [];
  let server: SmtpReceiver;

  before(async () => {
    server = await startSmtpReceiver({
      host: '127.0.0.1',
      port: 0,
      tls: undefined,
      isKnown: (address) => Promise.resolve(address.endsWith('@fjordvik.example')),
      keep: (mail) => Promise.resolve(kept.push(mail)),
      log: createLogger({ level: 'silent' }),
    });
  });
  beforeEach(() => kept.splice(0));
  afterEach(() => {
    for (const talk of talks.splice(0)) talk.end();
  });
  after(() => server.stop());

  const talk = async (port = server.port) => {
    const one = await talkSmtp(port);
    talks.push(one);
    return one;
  };
  /** One that has said everything but the mail. */
  const atData = async () => {
    const one = await talk();
    await one.say('EHLO mx.example.no');
    await one.say('MAIL FROM:<kari@example.no>');
    await one.say(`RCPT TO:<${TO}>`);
    expect(await one.say('DATA')).to.equal(354);
    return one;
  };

  it('refuses what says that it is too large before a byte of it has come', async () => {
    const one = await talk();
    await one.say('EHLO mx.example.no');
    expect(one.heard()).to.include(`SIZE ${MAX_MAIL_BYTES}`);
    expect(await one.say(`MAIL FROM:<a@example.no> SIZE=${MAX_MAIL_BYTES + 1}`)).to.equal(552);
    expect(await one.say(`MAIL FROM:<a@example.no> SIZE=${MAX_MAIL_BYTES}`)).to.equal(250);
  });

  it('refuses what is too large without having said so, and takes what just is not', async () => {
    const pieces = Math.floor(MAX_MAIL_BYTES / PIECE.length);
    for (const [count, code] of [
      [pieces + 1, 552],
      [pieces, 250],
    ] as const) {
      const one = await atData();
      for (let piece = 0; piece < count; piece += 1) await one.pour(PIECE);
      expect(await one.say('.')).to.equal(code);
      expect(await one.say('NOOP'), 'and goes on talking').to.equal(250);
    }
    expect(kept.map(({ raw }) => raw.length)).to.deep.equal([pieces * PIECE.length]);
  });

  it('asks senders to wait when all mails under way take too much together, and then takes them', async () => {
    const pieces = Math.floor(MAX_MAIL_BYTES / PIECE.length);
    const all: SmtpTalk[] = [];
    for (let sender = 0; sender < 5; sender += 1) {
      const one = await atData();
      all.push(one);
      for (let piece = 0; piece < pieces; piece += 1) await one.pour(PIECE);
      // So that everything before is with the server.
      if (sender === 4) expect(await one.say('.')).to.equal(452);
    }
    for (const one of all.slice(0, 4)) expect(await one.say('.')).to.equal(250);
    const again = await atData();
    await again.pour(PIECE);
    expect(await again.say('.')).to.equal(250);
    expect(kept).to.have.lengthOf(5);
  });

  it('takes fifty recipients of one mail, and fifty clients at once', async () => {
    const one = await talk();
    await one.say('EHLO mx.example.no');
    await one.say('MAIL FROM:<kari@example.no>');
    for (let number = 1; number <= 51; number += 1) {
      const code = await one.say(`RCPT TO:<n${number}@fjordvik.example>`);
      expect(code, String(number)).to.equal(number === 51 ? 452 : 250);
    }
    await one.say('DATA');
    expect(await one.say('Subject: Hei\r\n\r\nHei\r\n.')).to.equal(250);
    expect(kept[0]?.recipients).to.have.lengthOf(50);
    const others = await Promise.all(Array.from({ length: 49 }, () => talk()));
    expect(new Set(others.map(({ greeting }) => greeting))).to.deep.equal(new Set([220]));
    expect((await talk()).greeting, 'one too many is told to come later').to.equal(421);
    for (const client of talks.splice(0)) client.end();
    let greeting = 421;
    while (greeting === 421) ({ greeting } = await talk());
    expect(greeting).to.equal(220);
  });

  it('offers no STARTTLS without a certificate, and never a login', async () => {
    const one = await talk();
    await one.say('EHLO mx.example.no');
    expect(one.heard()).to.not.match(/STARTTLS|AUTH/);
    expect(await one.say('STARTTLS')).to.be.within(500, 502);
    expect(await one.say('AUTH PLAIN AGEAYg==')).to.be.within(500, 504);
  });
});

describe('the mail server with a certificate', function () {
  this.timeout(FEATURE_TIMEOUT_MS);

  it('takes mail over STARTTLS from who trusts it, and from nobody who is shown another', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'saksflyt-tls-'));
    const apps = await startTwoApps();
    const own = selfSigned('mx.fjordvik.example');
    const files = { key: join(folder, 'key.pem'), cert: join(folder, 'cert.pem') };
    await writeFile(files.key, own.key);
    await writeFile(files.cert, own.cert);
    const doors = await openMailDoors(apps, { SMTP_IN_KEY: files.key, SMTP_IN_CERT: files.cert });
    const send = (trusted: string, subject: string) => {
      const transport = createTransport({
        host: '127.0.0.1',
        port: doors.ports[0]!,
        requireTLS: true,
        tls: { ca: trusted, servername: 'mx.fjordvik.example', minVersion: 'TLSv1.2' },
      });
      const raw = rawMail({ From: 'kari@example.no', Subject: subject }, 'Hei');
      const message = { envelope: { from: 'kari@example.no', to: TO }, raw };
      return transport.sendMail(message).finally(() => transport.close());
    };
    try {
      expect((await send(own.cert, 'Kryptert')).response).to.match(/^250/);
      const stranger = await send(selfSigned('mx.fjordvik.example').cert, 'Avlyttet').catch(
        (error: unknown) => error,
      );
      expect(stranger)
        .to.be.instanceOf(Error)
        .with.property('message')
        .that.matches(/self-signed/);
      await apps.runDue();
      const path = '/api/inquiries?channel=email';
      const { items } = (await apps.as('agent').get(path).expect(200)).body;
      expect(items).to.have.lengthOf(1);
    } finally {
      await doors.stop();
      await apps.stop();
      await rm(folder, { recursive: true });
    }
  });
});
