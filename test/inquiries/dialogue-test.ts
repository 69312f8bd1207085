import { expect } from 'chai';
import { markRead, readConversation } from '../../src/inquiries/conversation.js';
import type { IncomingMessage } from '../../src/inquiries/dialogue.js';
import { receiveMessage } from '../../src/inquiries/dialogue.js';
import type { Inquiry } from '../../src/inquiries/inquiries.js';
import { updateInquiry } from '../../src/inquiries/inquiries.js';
import { closeInquiry } from '../../src/inquiries/lifecycle.js';
import { readUnread } from '../../src/inquiries/unread.js';
import {
  catchEvent,
  end,
  flows,
  message,
  messageTrigger,
  start,
  userTask,
} from '../helpers/bpmn.js';
import type { CaseBench } from '../helpers/cases.js';
import { caseProcess, openCases } from '../helpers/cases.js';
import { emptyTables } from '../helpers/database.js';
import { seedDomain } from '../helpers/domain.js';
import { DAY } from '../helpers/engine.js';
import { HOSTILE_TEXTS } from '../helpers/hostile-texts.js';
import { rejection } from '../helpers/rejection.js';

const WAITING =
  start +
  catchEvent('wait', messageTrigger('m')) +
  userTask('next') +
  end +
  flows('start wait next end');

describe('the dialogue on a case', () => {
  let cases: CaseBench;
  before(async () => {
    cases = await openCases();
  });
  after(() => cases.stop());

  beforeEach(async () => {
    await emptyTables(cases.db);
    await seedDomain(cases.db, 'fjordvik');
    await cases.deploy(caseProcess(start + userTask('work') + end + flows('start work end')));
  });

  const ports = () => ({
    clock: cases.clock,
    newId: cases.newId,
    publish: (...said: Parameters<ReturnType<CaseBench['engine']>['publish']>) =>
      cases.engine().publish(...said),
  });

  const change = () => ({
    tenant: 'fjordvik',
    by: 'caseworker',
    now: cases.clock(),
    newId: cases.newId,
  });

  const say = (inquiry: Inquiry, said: Partial<IncomingMessage> = {}) =>
    cases.db.inTransaction((tx) =>
      receiveMessage(
        tx,
        'fjordvik',
        {
          inquiryId: inquiry.id,
          channel: 'email',
          subject: 'Re: dunken',
          body: 'Den er fortsatt knust.',
          receivedAt: cases.clock(),
          idempotencyKey: `mail:${cases.newId()}`,
          by: 'mail',
          ...said,
        },
        ports(),
      ),
    );

  const conversation = (inquiry: Inquiry) => readConversation(cases.db, 'fjordvik', inquiry.id);
  const unread = () =>
    readUnread(cases.db, 'fjordvik', { visibleTo: undefined }, cases.clock()).then(
      ({ items }) => items,
    );

  it('keeps what a citizen says, once, and counts it as unread until somebody has read it', async () => {
    const inquiry = await cases.register();
    const first = await say(inquiry, { idempotencyKey: 'mail:1' });
    expect(first).to.include({ effect: 'unread', inquiryId: inquiry.id });
    expect((await say(inquiry, { idempotencyKey: 'mail:1' })).effect).to.equal('repeated');
    const [only, ...others] = await conversation(inquiry);
    expect(others).to.deep.equal([]);
    expect(only).to.deep.include({
      direction: 'in',
      channel: 'email',
      body: 'Den er fortsatt knust.',
      writtenBy: 'mail',
      readAt: null,
    });
    // Two working days after a Monday.
    expect((await unread())[0]).to.include({
      reference: inquiry.reference,
      dueAt: '2026-03-04T22:59:59.999Z',
      overdue: false,
    });
    const read = { inquiryId: inquiry.id, messageId: first.messageId! };
    await cases.db.inTransaction((tx) => markRead(tx, change(), read, ports()));
    expect(await unread()).to.deep.equal([]);
    expect((await conversation(inquiry))[0]).to.include({ readBy: 'caseworker' });
  });

  it('ends the wait of a process that waits for the citizen', async () => {
    await cases.deploy(caseProcess(WAITING, message('m', 'citizen.answered', '=inquiryId')));
    const inquiry = await cases.register();
    expect((await say(inquiry)).effect).to.equal('answered');
    await cases.settle();
    expect(await cases.task('next')).to.be.a('string');
    expect((await say(inquiry)).effect, 'nobody waits any longer').to.equal('unread');
  });

  it('asks whether a closed case is opened again, within fourteen days', async () => {
    const inquiry = await cases.register();
    await cases.db.inTransaction((tx) => closeInquiry(tx, change(), inquiry.id, 'answered'));
    cases.clock.advance(13 * DAY);
    expect((await say(inquiry)).effect).to.equal('reopeningAsked');
    cases.clock.advance(2 * DAY);
    expect((await say(inquiry)).effect).to.equal('unread');
    expect(await unread()).to.have.lengthOf(2);
  });

  it('lands on the main case when it is said on one that follows it', async () => {
    const main = await cases.register();
    const follower = await cases.register();
    await updateInquiry(cases.db, 'fjordvik', follower.id, { duplicateOf: main.id });
    expect(await say(follower)).to.include({ inquiryId: main.id, effect: 'unread' });
    expect((await conversation(main))[0]).to.include({ fromReference: follower.reference });
    expect(await conversation(follower)).to.have.lengthOf(1);
  });

  it('keeps hostile texts, mended where they cannot be stored', async () => {
    const inquiry = await cases.register();
    for (const text of [...HOSTILE_TEXTS, 'a\0b', 'half \uD800', 'x'.repeat(200_000)]) {
      await say(inquiry, { body: text, subject: text });
    }
    const kept = await conversation(inquiry);
    expect(kept).to.have.lengthOf(HOSTILE_TEXTS.length + 3);
    expect(kept.at(-3)).to.include({ body: 'ab' });
    expect(kept.at(-2)).to.include({ body: 'half \uFFFD' });
    expect(kept.at(-1)?.body).to.have.lengthOf(100_000);
  });

  it('takes nothing for a case whose person is forgotten', async () => {
    const inquiry = await cases.register();
    await cases.db.inTransaction((tx) => closeInquiry(tx, change(), inquiry.id, 'answered'));
    await updateInquiry(cases.db, 'fjordvik', inquiry.id, {
      status: 'deidentified',
      deidentifiedAt: cases.clock(),
    });
    const error = await rejection(say(inquiry));
    expect(error).to.include({ code: 'inquiry_deidentified' });
    expect(await conversation(inquiry)).to.deep.equal([]);
  });
});
