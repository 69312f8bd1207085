import { expect } from 'chai';
import { PNG } from '../helpers/files.js';
import type { MailDoors } from '../helpers/mail-in.js';
import { rawMail, startMailApps } from '../helpers/mail-in.js';
import { DAY, FEATURE_TIMEOUT_MS } from '../helpers/two-apps.js';
import type { TwoApps } from '../helpers/two-apps.js';

const CITIZEN = 'kari@example.no';

describe('Feature: a citizen writes e-mail', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;
  let doors: MailDoors;
  let stop: () => Promise<void>;
  let reference: string;
  let count = 0;

  before(async () => {
    ({ apps, doors, stop } = await startMailApps());
  });
  after(() => stop());

  const write = async (
    headers: Record<string, string>,
    text = '',
    to = 'post@fjordvik.example',
  ) => {
    count += 1;
    const given = {
      From: `Kari Nordmann <${CITIZEN}>`,
      To: to,
      'Message-ID': `<${count}@example.no>`,
      'Content-Type': 'text/plain; charset=utf-8',
      ...headers,
    };
    await doors.send({ from: CITIZEN, to, raw: rawMail(given, text) });
    await apps.runDue();
  };
  const search = async (login = 'agent') =>
    (await apps.as(login).get('/api/inquiries?channel=email&limit=100').expect(200)).body.items;
  const read = async () =>
    (await apps.as('agent').get(`/api/inquiries/${reference}`).expect(200)).body;
  const said = async () =>
    (await apps.as('agent').get(`/api/inquiries/${reference}/messages`).expect(200)).body.items;
  const lastMail = () => apps.mail.received.filter(({ to }) => to[0] === CITIZEN).at(-1)!;

  it('Given a mail to the municipality, then it is an inquiry, from the sender, as it was written', async () => {
    await write(
      { Subject: 'Hull i veien' },
      'Det er et stort hull utenfor Storgata 1.\n\nHilsen Kari',
    );
    const [found] = await search();
    ({ reference } = found);
    const inquiry = await read();
    expect(inquiry).to.include({ channel: 'email', ownWords: true, identified: true });
    expect(inquiry.party).to.include({ email: CITIZEN, name: 'Kari Nordmann' });
    expect(inquiry.content).to.include({ subject: 'Hull i veien' });
    expect(inquiry.content.text).to.contain('stort hull').and.contain('Hilsen Kari');
    expect(await search('agent@bispevik')).to.deep.equal([]);
  });

  it('and, what it is about being plain, she has an acknowledgement that answers her mail', () => {
    const { mail, from } = lastMail();
    expect(mail.subject).to.contain(reference);
    expect(mail.inReplyTo).to.equal('<1@example.no>');
    expect(mail.headers.get('auto-submitted')).to.equal('auto-replied');
    expect(mail.replyTo?.value[0]?.address).to.equal(
      `post+${reference.toLowerCase()}@fjordvik.example`,
    );
    expect(from).to.equal('post@fjordvik.example');
  });

  it('When she replies to it with a picture, then it lies on the case, without what it quotes', async () => {
    const id = lastMail().mail.messageId ?? '';
    const text =
      'Her er et bilde.\n\nman. 2. mars 2026 skrev Fjordvik:\n> Vi har mottatt\n> henvendelsen';
    const raw = [
      `From: ${CITIZEN}`,
      'To: post@fjordvik.example',
      'Subject: Re: takk',
      'Message-ID: <reply@example.no>',
      `In-Reply-To: ${id}`,
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain; charset=utf-8',
      '',
      text.replace(/\n/g, '\r\n').replace('man. 2.', 'Den man. 2.'),
      '--b',
      'Content-Type: image/png; name="../hull.png"',
      'Content-Disposition: attachment; filename="../hull.png"',
      'Content-Transfer-Encoding: base64',
      '',
      PNG.toString('base64'),
      '--b--',
      '',
    ].join('\r\n');
    for (let time = 0; time < 2; time += 1) {
      await doors.send({ from: CITIZEN, to: 'post@fjordvik.example', raw });
    }
    await apps.runDue();
    expect(await search()).to.have.lengthOf(1);
    const incoming = (await said()).filter((one: { direction: string }) => one.direction === 'in');
    expect(incoming, 'delivered twice, taken once').to.have.lengthOf(1);
    expect(incoming[0]).to.include({ channel: 'email', body: 'Her er et bilde.' });
    expect(incoming[0].attachments).to.have.lengthOf(1);
    const path = `/api/inquiries/${reference}/attachments`;
    const { items } = (await apps.as('agent').get(path).expect(200)).body;
    expect(items[0]).to.include({ filename: 'hull.png', mediaType: 'image/png' });
    const whole = `/api/inquiries/${reference}/messages/${incoming[0].id}/original`;
    const { body } = await apps.as('agent').get(whole).expect(200);
    expect((body as Buffer).toString()).to.equal(raw);
    await apps.as('clerk').get(whole).expect(404);
  });

  it('and by the address of the case, or by its number in the subject', async () => {
    const tagged = `post+${reference.toLowerCase()}@fjordvik.example`;
    await write({ Subject: 'Ett til' }, 'Til adressen.', tagged);
    await write({ Subject: `sv: sak ${reference.replaceAll('-', ' ')}` }, 'Til nummeret.');
    expect(await search()).to.have.lengthOf(1);
    const bodies = (await said()).map((one: { body: string }) => one.body);
    expect(bodies).to.include('Til adressen.').and.include('Til nummeret.');
  });

  it('but what machines write answers nothing and is answered by nobody', async () => {
    const before = apps.mail.received.length;
    const lists = { 'List-Id': '<nytt.example.no>' };
    await write({ Subject: `Autosvar: ${reference}`, 'Auto-Submitted': 'auto-replied' }, 'Ferie');
    await write({ Subject: 'Automatic reply: Sak' }, 'I am away');
    await write({ Subject: 'Nyhetsbrev', ...lists }, 'Nytt');
    await write({ Subject: 'Fra oss selv', From: 'post@fjordvik.example' }, 'Sløyfe');
    await write({ Subject: 'Målerstand', 'Auto-Submitted': 'auto-generated' }, 'Alarm i kum 4');
    expect((await search()).length, 'a machine’s message is kept, from nobody').to.equal(2);
    expect(apps.mail.received.slice(before).filter(({ to }) => to[0] === CITIZEN)).to.be.empty;
  });

  it('When the case is closed and she replies within two weeks, then it is still the case', async () => {
    const mails = await apps.db.query(
      `UPDATE inquiry SET status = 'closed', closed_at = $2, outcome = 'answered'
       WHERE reference = $1 RETURNING id`,
      [reference, apps.clock()],
    );
    expect(mails).to.have.lengthOf(1);
    await apps.pass(10 * DAY);
    const before = ((await search()) as unknown[]).length;
    await write({ Subject: `Sv: ${reference}` }, 'Det er ikke fikset.');
    expect((await said()).at(-1)).to.include({ body: 'Det er ikke fikset.' });
    expect(await search()).to.have.lengthOf(before);
  });

  it('and later it is a new inquiry that refers to it', async () => {
    await apps.pass(10 * DAY);
    const before = ((await search()) as unknown[]).length;
    await write({ Subject: `Sv: ${reference}` }, 'Nå er hullet tilbake.');
    const all = await search();
    expect(all).to.have.lengthOf(before + 1);
    const events = await apps.db.query(
      `SELECT 1 FROM event WHERE kind = 'inquiry.refersTo' AND data ->> 'reference' = $1`,
      [reference],
    );
    expect(events).to.have.lengthOf(1);
  });

  it('and nobody can leave mail for others, nor for addresses that are not here', async () => {
    for (const to of ['noen@example.no', 'ukjent@fjordvik.example']) {
      const sent = doors.send({ from: CITIZEN, to, raw: rawMail({ Subject: 'Hei' }, 'x') });
      const failure: unknown = await sent.catch((error: unknown) => error);
      expect(failure).to.have.property('responseCode', 550);
    }
  });
});
