import { expect } from 'chai';
import { ConflictError } from '../../src/kernel/errors.js';
import { createLogger } from '../../src/kernel/log.js';
import type { LogLevel } from '../../src/kernel/log.js';

function recorded(level: LogLevel) {
  const lines: string[] = [];
  const log = createLogger({
    level,
    clock: () => new Date('2026-05-17T00:00:00Z'),
    write: (line) => lines.push(line),
  });
  return { log, entries: () => lines.map((line) => JSON.parse(line)) };
}

describe('log', () => {
  it('writes one JSON object per line with time, level, room and fields', () => {
    const { log, entries } = recorded('info');
    log.child('jobs').info('claimed', { count: 3 });
    expect(entries()).to.deep.equal([
      {
        time: '2026-05-17T00:00:00.000Z',
        level: 'info',
        room: 'jobs',
        message: 'claimed',
        count: 3,
      },
    ]);
  });

  it('leaves out what is below its level', () => {
    const { log, entries } = recorded('warn');
    log.debug('a');
    log.info('b');
    log.warn('c');
    log.error('d');
    expect(entries().map((entry) => entry.message)).to.deep.equal(['c', 'd']);
  });

  it('can be silent', () => {
    const { log, entries } = recorded('silent');
    log.error('nobody hears this');
    expect(entries()).to.deep.equal([]);
  });

  it('describes an error without the data it may quote', () => {
    const { log, entries } = recorded('info');
    const details = { name: 'Kari Nordmann' };
    log.error('failed', { error: new ConflictError('taken', 'Taken.', { details }) });
    log.error('failed', {
      error: Object.assign(new Error('refused'), { detail: 'Kari Nordmann' }),
    });
    log.error('failed', { error: 'just text' });
    expect(entries()[0].error).to.include({
      name: 'ConflictError',
      code: 'taken',
      message: 'Taken.',
    });
    expect(entries()[2].error).to.deep.equal({ message: 'just text' });
    const cause = new Error('the disk is full');
    log.error('failed', { error: new Error('not saved', { cause }) });
    expect(entries()[3].error.cause).to.deep.equal({ name: 'Error', message: 'the disk is full' });
    expect(JSON.stringify(entries())).not.to.include('Nordmann');
  });
});
