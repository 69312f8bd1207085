import { readFile, readdir, rm, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { simpleParser } from 'mailparser';
import { isAddressRefused } from '../../src/channels/mail-failure.js';
import type { Mailer } from '../../src/channels/mailer.js';
import { createMailer } from '../../src/channels/mailer.js';
import { messageIdFor } from '../../src/channels/message-id.js';
import { UnavailableError } from '../../src/kernel/errors.js';
import type { SmtpSink } from '../helpers/smtp-sink.js';
import { startSmtpSink } from '../helpers/smtp-sink.js';

const mail = {
  messageId: messageIdFor('fjordvik', 'job 17'),
  to: 'test@example.no',
  subject: 'Vi har mottatt henvendelsen din – æøå',
  text: 'Dunken er på vei.\n',
  language: 'nb',
};

describe('the mailer', () => {
  let sink: SmtpSink;
  let mailer: Mailer;
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'outbox-'));
    sink = await startSmtpSink();
    mailer = createMailer({
      smtpUrl: sink.url,
      from: 'Fjordvik <post@fjordvik.example>',
      outbox: folder,
    });
  });

  afterEach(async () => {
    mailer.close();
    await sink.stop();
    await rm(folder, { recursive: true });
  });

  it('hands a mail to the server, with an identity that stays the same', async () => {
    await mailer.send(mail);
    expect(sink.received).to.have.length(1);
    const [{ to, from, mail: got }] = sink.received as [SmtpSink['received'][0]];
    expect({ to, from }).to.deep.equal({ to: ['test@example.no'], from: 'post@fjordvik.example' });
    expect(got.subject).to.equal(mail.subject);
    expect(got.text).to.equal(mail.text);
    expect(got.messageId).to.equal(`<${mail.messageId}>`);
    expect(got.headers.get('auto-submitted')).to.equal('auto-generated');
    expect(got.headers.get('content-language')).to.equal('nb');
    expect(messageIdFor('fjordvik', 'job 17')).to.equal(mail.messageId);
    expect(messageIdFor('bispevik', 'job 17')).to.not.equal(mail.messageId);
    expect(messageIdFor('fjordvik', 'job 18')).to.not.equal(mail.messageId);
  });

  it('sends to one address only, whatever the address says', async () => {
    await mailer.send({ ...mail, to: 'a@example.no, b@example.no' }).catch(() => undefined);
    for (const { to } of sink.received) expect(to).to.not.include('b@example.no');
  });

  it('tells an address that is refused from a server that is busy, and repeats neither', async () => {
    const failure = (at: 'recipient' | 'data', code: number) => {
      sink.refusals.push({ at, code, message: 'test@example.no is not known here' });
      return mailer.send(mail).catch((error: unknown) => error as Error);
    };
    const refused = await failure('recipient', 550);
    expect(isAddressRefused(refused)).to.equal(true);
    for (const busy of [await failure('recipient', 450), await failure('data', 451)]) {
      expect(busy).to.be.instanceOf(UnavailableError).with.property('code', 'mail_not_sent');
      expect((busy as Error).message)
        .to.match(/45[01]/)
        .and.not.include('@');
    }
    expect((refused as Error).message).to.not.include('@');
    expect(sink.received).to.be.empty;
    await mailer.send(mail);
    expect(sink.received).to.have.length(1);
  });

  it('says so when there is no server', async () => {
    await sink.stop();
    const failure: unknown = await mailer.send(mail).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(UnavailableError);
    sink = await startSmtpSink();
  });

  it('keeps mails as files without a server, one for each identity', async () => {
    const outbox = join(folder, 'outbox');
    const keeper = createMailer({ smtpUrl: undefined, from: 'post@fjordvik.example', outbox });
    await keeper.send(mail);
    await keeper.send(mail);
    await keeper.send({ ...mail, messageId: messageIdFor('fjordvik', 'other') });
    keeper.close();
    const files = await readdir(outbox);
    expect(files).to.have.length(2);
    const [file = ''] = files.filter((name) => name.startsWith(mail.messageId.slice(0, 40)));
    const kept = await simpleParser(await readFile(join(outbox, file)));
    expect(kept.messageId).to.equal(`<${mail.messageId}>`);
    expect(kept.subject).to.equal(mail.subject);
    expect(kept.text).to.equal(mail.text);
  });
});
