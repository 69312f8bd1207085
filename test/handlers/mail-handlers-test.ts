import { readdir } from 'node:fs/promises';
import { expect } from 'chai';
import { saveService } from '../../src/catalogue/services.js';
import { createMailer } from '../../src/channels/mailer.js';
import { readEvents } from '../../src/db/events.js';
import type { JobHandlerContext } from '../../src/engine/handler.js';
import { notifyHandler } from '../../src/handlers/notify.js';
import { addPersonalAnswers } from '../../src/inquiries/content.js';
import { readMessages } from '../../src/inquiries/messages.js';
import { end, flows, serviceTask, start, userTask } from '../helpers/bpmn.js';
import type { CaseBench } from '../helpers/cases.js';
import { caseProcess, inputs, openCases } from '../helpers/cases.js';
import { emptyTables } from '../helpers/database.js';
import { seedDomain, servicePackage } from '../helpers/domain.js';
import { MINUTE } from '../helpers/engine.js';

const party = { name: 'Test Person', phone: '99999999', email: 'test@example.no' };

describe('the handlers that send mail', () => {
  let cases: CaseBench;

  before(async () => {
    cases = await openCases();
  });

  after(() => cases.stop());

  beforeEach(async () => {
    await emptyTables(cases.db);
    await seedDomain(cases.db, 'fjordvik');
    cases.sink.received.length = 0;
    cases.sink.refusals.length = 0;
  });

  const deploy = (type: string, given: Record<string, string>) =>
    cases.deploy(
      caseProcess(
        start +
          serviceTask('mail', type, inputs(given)) +
          userTask('hold') +
          end +
          flows('start mail hold end'),
      ),
    );
  const delivered = async (instanceId: string | null) =>
    (await cases.instance(String(instanceId))).variables['delivered'];
  const subjects = () => cases.sink.received.map(({ to, mail }) => `${to.join()}: ${mail.subject}`);

  it('acknowledge to the citizen, and keep what was sent with the case', async () => {
    await deploy('notify', { template: 'acknowledgement', recipient: 'party' });
    const inquiry = await cases.register({ party });
    expect(subjects()).to.deep.equal([
      `test@example.no: Vi har mottatt henvendelsen din (${inquiry.reference})`,
    ]);
    expect(cases.sink.received[0]?.mail.text).to.include('Du får svar senest 16. mars 2026.');
    expect(await delivered(inquiry.instanceId)).to.equal(true);
    const [message] = await readMessages(cases.db, 'fjordvik', inquiry.id);
    expect(message).to.deep.include({
      direction: 'out',
      kind: 'acknowledgement',
      recipient: 'party',
      address: 'test@example.no',
      sentAt: cases.clock(),
    });
    expect(message?.body).to.equal(cases.sink.received[0]?.mail.text);
    const events = await readEvents(cases.db, 'fjordvik', { type: 'inquiry', id: inquiry.id });
    expect(events.at(-1)).to.deep.include({
      kind: 'inquiry.notified',
      data: { template: 'acknowledgement', recipient: 'party' },
    });
    expect(JSON.stringify(events)).to.not.include('example.no');
  });

  it('write English to those who asked for it', async () => {
    await deploy('notify', { template: 'acknowledgement', recipient: 'party' });
    await cases.register({ party: { ...party, language: 'en' } });
    expect(subjects()[0]).to.include('We have received your inquiry');
    expect(cases.sink.received[0]?.mail.text).to.include('about bin order');
  });

  it('tell the unit and remind its manager, before anything is routed the service centre', async () => {
    await deploy('notify', { template: 'assigned', recipient: 'unit' });
    await cases.register();
    await deploy('remind', { recipient: 'manager' });
    await cases.register();
    expect(cases.sink.received.map(({ to }) => to[0])).to.deep.equal([
      'serv@fjordvik.example',
      'leder.serv@fjordvik.example',
    ]);
  });

  it('say so when there is nobody to send to, or the address is refused', async () => {
    await deploy('notify', { template: 'acknowledgement', recipient: 'party' });
    const unknown = await cases.register({ party: { phone: '99999999' } });
    expect(await delivered(unknown.instanceId)).to.equal(false);
    cases.sink.refusals.push({ at: 'recipient', code: 550, message: 'no such mailbox' });
    const refused = await cases.register({ party });
    expect(await delivered(refused.instanceId)).to.equal(false);
    const events = await readEvents(cases.db, 'fjordvik', { type: 'inquiry', id: refused.id });
    expect(events.at(-1)?.kind).to.equal('inquiry.undelivered');
    expect(await readMessages(cases.db, 'fjordvik', refused.id)).to.be.empty;
    expect(cases.sink.received).to.be.empty;
  });

  it('try again while the server is busy, and store no word that it said', async () => {
    await deploy('notify', { template: 'acknowledgement', recipient: 'party' });
    cases.sink.refusals.push({ at: 'data', code: 451, message: 'test@example.no: try later' });
    const inquiry = await cases.register({ party });
    expect(await delivered(inquiry.instanceId)).to.equal(undefined);
    const [job] = await cases.db.query<{ error: string }>('SELECT last_error AS error FROM job');
    expect(job?.error).to.include('451').and.not.include('@');
    await cases.pass(30 * MINUTE);
    expect(cases.sink.received).to.have.length(1);
    expect(await delivered(inquiry.instanceId)).to.equal(true);
  });

  it('send once for one effect, and the same mail when it is not known whether it went', async () => {
    await deploy('notify', { template: 'assigned', recipient: 'unit' });
    const inquiry = await cases.register({ party });
    cases.sink.received.length = 0;
    const handler = notifyHandler(cases.dependencies);
    if (handler.runs !== 'as-job') throw new Error('notify is a job');
    const input = { inquiryId: inquiry.id, template: 'acknowledgement', recipient: 'party' };
    const context = jobContext('effect-1');
    await handler.run(input, context);
    expect(await handler.run(input, context)).to.deep.equal({ delivered: true });
    expect(cases.sink.received).to.have.length(1);
    // The node was killed after the server took the mail, before that was written down.
    await cases.db.query(`DELETE FROM inquiry_message WHERE idempotency_key = 'effect-1'`);
    await handler.run(input, context);
    await handler.run(input, jobContext('effect-2'));
    const ids = cases.sink.received.map(({ mail }) => mail.messageId);
    expect(ids).to.have.length(3);
    expect(new Set(ids).size).to.equal(2);
    expect(ids[0]).to.equal(ids[1]);
  });

  it('carry the answer that somebody wrote, but not where mail is no safe way', async () => {
    await deploy('notify', { template: 'answered', recipient: 'party' });
    const answer = async (dataClass: 'P2' | 'P4') => {
      const own = servicePackage({ dataClass });
      await saveService(cases.db, 'fjordvik', { folder: 'x', package: own, now: cases.clock() });
      const inquiry = await cases.register({ party });
      await addPersonalAnswers(cases.db, 'fjordvik', inquiry.id, {
        id: cases.newId(),
        formId: 'inquiry-answer',
        taskId: null,
        answers: { answer: 'Legeerklæringen er godtatt.' },
        answeredBy: 'caseworker',
        answeredAt: cases.clock(),
      });
      cases.sink.received.length = 0;
      const handler = notifyHandler(cases.dependencies);
      if (handler.runs !== 'as-job') throw new Error('notify is a job');
      const input = { inquiryId: inquiry.id, template: 'answered', recipient: 'party' };
      await handler.run(input, jobContext(dataClass));
      return cases.sink.received[0]?.mail.text ?? '';
    };
    expect(await answer('P2')).to.include('Legeerklæringen er godtatt.');
    const guarded = await answer('P4');
    expect(guarded).to.not.include('Legeerklæringen');
    expect(guarded).to.include('Av hensyn til taushetsplikten');
  });

  it('leave mails in the outbox when there is no server', async () => {
    await deploy('remind', { recipient: 'unit' });
    const outbox = `${cases.folder}/outbox`;
    const mailer = createMailer({ smtpUrl: undefined, from: 'post@fjordvik.example', outbox });
    const inquiry = await cases.register();
    const handler = notifyHandler({ ...cases.dependencies, mailer });
    if (handler.runs !== 'as-job') throw new Error('notify is a job');
    const input = { inquiryId: inquiry.id, template: 'escalated', recipient: 'manager' };
    expect(await handler.run(input, jobContext('outbox'))).to.deep.equal({ delivered: true });
    expect(await readdir(outbox)).to.have.length(1);
    mailer.close();
  });

  function jobContext(idempotencyKey: string): JobHandlerContext {
    return {
      tenant: 'fjordvik',
      now: cases.clock(),
      instanceId: '1',
      processId: 'case',
      definitionId: '1',
      elementId: 'mail',
      actor: 'job',
      headers: {},
      idempotencyKey,
      inTransaction: (work) => cases.db.inTransaction(work),
    };
  }
});
