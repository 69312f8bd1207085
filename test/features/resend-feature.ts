import { expect } from 'chai';
import { bounceOf } from '../helpers/bounce.js';
import type { MailDoors } from '../helpers/mail-in.js';
import { startMailApps } from '../helpers/mail-in.js';
import { DAY, FEATURE_TIMEOUT_MS } from '../helpers/two-apps.js';
import type { TwoApps } from '../helpers/two-apps.js';

const WRONG = 'kari@exmaple.no';
const RIGHT = 'kari@example.no';

describe('Feature: a mail that did not arrive is sent again', function () {
  this.timeout(FEATURE_TIMEOUT_MS);
  let apps: TwoApps;
  let doors: MailDoors;
  let stop: () => Promise<void>;
  let reference: string;

  before(async () => {
    ({ apps, doors, stop } = await startMailApps());
    reference = await register(WRONG);
  });
  after(() => stop());

  async function register(email: string): Promise<string> {
    const draft = { channel: 'phone', service: 'DUNK', text: 'Hei', party: { email } };
    const { body } = await apps.as('agent').post('/api/inquiries', draft).expect(201);
    await apps.runDue();
    return body.reference;
  }
  const log = async (of = reference) =>
    (await apps.as('agent').get(`/api/inquiries/${of}/deliveries`).expect(200)).body.items;
  const acknowledgements = async (of = reference) =>
    (await log(of)).filter((one: { template: string }) => one.template === 'acknowledgement');
  const resend = (id: string, reason = 'notReceived', login = 'agent', of = reference) =>
    apps.as(login).post(`/api/inquiries/${of}/deliveries/${id}/resend`, { reason });
  const mailsTo = (address: string) => apps.mail.received.filter(({ to }) => to[0] === address);
  const report = async (action: 'failed' | 'delayed', status: string) => {
    const messageId = mailsTo(WRONG).at(-1)!.mail.messageId!.slice(1, -1);
    const raw = bounceOf({ messageId, to: WRONG, action, status });
    // RFC 3464 §2: a report's envelope has no sender.
    await doors.send({ from: '', to: 'post@fjordvik.example', raw });
    await apps.runDue();
  };

  it('Given a report that it is delayed, then nothing is said of it: the other server tries on', async () => {
    await report('delayed', '4.4.1');
    expect((await acknowledgements())[0]).to.include({ state: 'sent', detail: null });
  });

  it('When it comes back, then the log says so, and nobody answers the server', async () => {
    const sent = apps.mail.received.length;
    const { length } = (await apps.as('agent').get('/api/inquiries?limit=200')).body.items;
    await report('failed', '5.1.1');
    expect((await acknowledgements())[0]).to.include({ state: 'bounced', detail: '5.1.1' });
    expect(apps.mail.received).to.have.lengthOf(sent);
    expect((await apps.as('agent').get('/api/inquiries?limit=200')).body.items.length).to.equal(
      length,
    );
    const { items } = (await apps.as('agent').get('/api/messages/undeliverable')).body;
    expect(items.map((one: { reference: string }) => one.reference)).to.deep.equal([reference]);
    expect(JSON.stringify(items)).to.not.include('@');
  });

  it('and when it is sent again to the right address, it arrives, and both say what became of them', async () => {
    await apps.db.query('UPDATE party SET email = $1 WHERE email = $2', [RIGHT, WRONG]);
    const [bounced] = await acknowledgements();
    const { body } = await resend(bounced.id, 'addressCorrected').expect(202);
    expect(body).to.include({ state: 'queued', askedBy: 'agent', reason: 'addressCorrected' });
    await apps.runDue();
    const [mail, ...more] = mailsTo(RIGHT);
    expect(more).to.be.empty;
    expect(mail?.mail.subject).to.include(reference);
    const [first, second] = await acknowledgements();
    expect(first).to.include({ state: 'bounced', resentAs: second.id });
    expect(second).to.include({ id: body.id, state: 'sent', attempts: 1, resentAs: null });
    const { items } = (await apps.as('agent').get('/api/messages/undeliverable')).body;
    expect(items).to.be.empty;
    const events = await apps.db.query(
      `SELECT actor, data FROM event WHERE kind = 'inquiry.resent'`,
    );
    expect(events).to.deep.equal([
      {
        actor: 'agent',
        data: { template: 'acknowledgement', recipient: 'party', reason: 'addressCorrected' },
      },
    ]);
  });

  it('One that arrived may be sent again too, but each once, whoever asks at once', async () => {
    const [first, second] = await acknowledgements();
    expect((await resend(first.id).expect(409)).body.code).to.equal('delivery_resent');
    const answers = await Promise.all([resend(second.id), resend(second.id)]);
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([202, 409]);
    const third = (await acknowledgements()).at(-1);
    expect((await resend(third.id).expect(409)).body.code, 'before it went').to.equal(
      'delivery_queued',
    );
    await apps.runDue();
    expect(mailsTo(RIGHT)).to.have.lengthOf(2);
    const ids = mailsTo(RIGHT).map(({ mail }) => mail.messageId);
    expect(new Set(ids).size, 'no server takes it for the same').to.equal(2);
  });

  it('A server that is busy is tried again, and the mail arrives once', async () => {
    apps.mail.refusals.push({ at: 'data', code: 451, message: 'later' });
    await resend((await acknowledgements()).at(-1).id, 'temporaryFailure').expect(202);
    await apps.runDue();
    expect((await acknowledgements()).at(-1)).to.include({ state: 'queued' });
    await apps.pass(3_600_000);
    expect((await acknowledgements()).at(-1)).to.include({ state: 'sent', attempts: 2 });
    expect(mailsTo(RIGHT)).to.have.lengthOf(3);
  });

  it('What staff wrote is sent again in their words, and stays one message of the case', async () => {
    const path = `/api/inquiries/${reference}/messages`;
    const text = 'Hvilken farge har dunken?';
    await apps.as('agent').post(path, { kind: 'sent', text }).expect(201);
    await apps.runDue();
    const last = (await log()).at(-1);
    expect(last.template).to.equal('notice');
    await resend(last.id).expect(202);
    await apps.runDue();
    expect(mailsTo(RIGHT).filter(({ mail }) => mail.text?.includes(text))).to.have.lengthOf(2);
    expect((await log()).at(-1)).to.include({ state: 'sent', askedBy: 'agent' });
    const { items } = (await apps.as('agent').get(path).expect(200)).body;
    expect(items.filter((one: { body: string }) => one.body === text)).to.have.lengthOf(1);
  });

  it('A mail that was left queued by a process that was helped past it may be sent the next day', async () => {
    const other = await register('ola@example.no');
    const [queued] = await acknowledgements(other);
    await apps.db.query(`UPDATE mail_delivery SET state = 'queued' WHERE id = $1`, [queued.id]);
    await resend(queued.id, 'other', 'agent', other).expect(409);
    await apps.pass(DAY);
    await resend(queued.id, 'other', 'agent', other).expect(202);
    await apps.runDue();
    expect((await acknowledgements(other)).at(-1).state).to.equal('sent');
  });

  it('and nobody sends what is not theirs, nor what is forgotten', async () => {
    const { id } = (await acknowledgements()).at(-1);
    await resend(id, 'notReceived', 'agent@bispevik').expect(404);
    await resend(id, 'notReceived', 'owner').expect(403);
    await resend('1').expect(404);
    await resend(id, 'fordi Kari ba om det').expect(400);
    const elsewhere = await register('per@example.no');
    await resend(id, 'notReceived', 'agent', elsewhere).expect(404);
    await apps.db.query(
      `UPDATE inquiry SET status = 'deidentified', closed_at = $2, outcome = 'answered',
         deidentified_at = $2 WHERE reference = $1`,
      [reference, apps.clock()],
    );
    expect((await resend(id).expect(409)).body.code).to.equal('inquiry_deidentified');
  });
});
