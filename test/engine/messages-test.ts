import { expect } from 'chai';
import {
  boundary,
  bpmn,
  catchEvent,
  end,
  flows,
  message,
  messageTrigger,
  start,
  timer,
  userTask,
} from '../helpers/bpmn.js';
import { testDatabase } from '../helpers/database.js';
import { engineBench, HOUR } from '../helpers/engine.js';
import type { EngineBench } from '../helpers/engine.js';
import { rejection } from '../helpers/rejection.js';

describe('messages', () => {
  let bench: EngineBench;

  beforeEach(async () => {
    bench = engineBench(await testDatabase());
  });

  const waiting = bpmn(
    'waiting',
    start + catchEvent('answer', messageTrigger('m')) + end + flows('start answer end'),
    message('m', 'answered'),
  );

  function publish(timeToLiveMs: number, messageId?: string) {
    const sent = { name: 'answered', correlationKey: '7', variables: { answer: 42 }, by: 'agent' };
    return bench.db.inTransaction((tx) =>
      bench.engine().publish(tx, bench.tenant, {
        ...sent,
        timeToLiveMs,
        ...(messageId !== undefined && { messageId }),
      }),
    );
  }

  it('reach the instance with their key, and no other', async () => {
    await bench.deploy(['waiting.bpmn', waiting]);
    const mine = await bench.start('waiting', { caseId: '7' });
    const other = await bench.start('waiting', { caseId: '8' });

    await bench.correlate('answered', '7', { answer: 42 });

    expect((await bench.instance(mine.instanceId)).status).to.equal('completed');
    expect((await bench.instance(mine.instanceId)).variables).to.include({ answer: 42 });
    expect((await bench.instance(other.instanceId)).status).to.equal('active');
  });

  it('are refused when nobody waits for them', async () => {
    await bench.deploy(['waiting.bpmn', waiting]);
    const error = await rejection(bench.correlate('answered', '7'));
    expect(error).to.include({ code: 'message_not_expected' });
  });

  it('wait for those who come later, until they expire', async () => {
    await bench.deploy(['waiting.bpmn', waiting]);
    await publish(2 * HOUR);
    await bench.pass(HOUR);
    const early = await bench.start('waiting', { caseId: '7' });
    await bench.settle();
    expect((await bench.instance(early.instanceId)).variables).to.include({ answer: 42 });

    await publish(2 * HOUR);
    await bench.pass(3 * HOUR);
    const late = await bench.start('waiting', { caseId: '7' });
    await bench.settle();
    expect((await bench.instance(late.instanceId)).status).to.equal('active');
    expect(await bench.db.query('SELECT id FROM message')).to.deep.equal([]);
  });

  it('with a sender’s own id are taken once', async () => {
    await publish(HOUR, 'mail-1');
    const error = await rejection(publish(HOUR, 'mail-1'));
    expect(error).to.include({ code: 'message_published_before' });
  });

  it('start the process that begins with them', async () => {
    const begins = `<bpmn:startEvent id="start">${messageTrigger('m')}</bpmn:startEvent>`;
    const body = begins + userTask('work') + end + flows('start work end');
    await bench.deploy(['begins.bpmn', bpmn('begins', body, message('m', 'arrived'))]);

    const outcome = await bench.correlate('arrived', '', { channel: 'phone' });
    expect(outcome).to.deep.include({ processId: 'begins', variables: { channel: 'phone' } });
  });

  it('on a border that does not interrupt come as often as they are sent', async () => {
    const body =
      start +
      userTask('work') +
      boundary('chased', 'work', messageTrigger('m'), false) +
      end +
      '<bpmn:endEvent id="noted"/>' +
      flows('start work end', 'chased noted');
    await bench.deploy(['chaser.bpmn', bpmn('chaser', body, message('m', 'chaser'))]);
    await bench.start('chaser', { caseId: '7' });

    await bench.correlate('chaser', '7');
    await bench.correlate('chaser', '7');

    expect((await bench.passed('chaser')).filter((id) => id === 'noted')).to.have.length(2);
    expect((await bench.complete('work')).status).to.equal('completed');
  });

  it('or a timer: the first event behind an event-based gateway wins', async () => {
    const body =
      start +
      '<bpmn:eventBasedGateway id="either"/>' +
      catchEvent('answer', messageTrigger('m')) +
      catchEvent('late', timer('PT2H')) +
      '<bpmn:endEvent id="answered"/><bpmn:endEvent id="silent"/>' +
      flows('start either answer answered', 'either late silent');
    await bench.deploy(['either.bpmn', bpmn('either-or', body, message('m', 'answered'))]);

    await bench.start('either-or', { caseId: '7' });
    await bench.correlate('answered', '7');
    expect(await bench.passed('either-or')).to.include('answered');
    expect(await bench.db.query('SELECT id FROM job')).to.deep.equal([]);

    await bench.start('either-or', { caseId: '8' });
    await bench.pass(2 * HOUR);
    expect(await bench.passed('either-or')).to.include('silent');
    expect(await bench.db.query('SELECT id FROM message_subscription')).to.deep.equal([]);
  });
});
