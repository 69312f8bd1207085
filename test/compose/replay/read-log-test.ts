import { createReadStream } from 'node:fs';
import { expect } from 'chai';
import { LOG_COLUMNS, readLog } from '../../../src/compose/replay/read-log.js';
import type { LogEvent } from '../../../src/compose/replay/read-log.js';
import { InvalidError } from '../../../src/kernel/errors.js';
import { SAMPLE_LOG } from '../../helpers/replay.js';

const HEADER = LOG_COLUMNS.join(',');
const ROW =
  'c1,Desk,General,,Clerk 1,2024-01-08 09:00:00.020000+01:00,2024-03-04 09:00:00+01:00,,' +
  'T02 Check,task-1,Clerk 2,Group 1,2024-07-01 10:00:00.123456+02:00';

async function read(text: string | AsyncIterable<string>): Promise<LogEvent[]> {
  async function* source() {
    yield text as string;
  }
  const events: LogEvent[] = [];
  for await (const event of readLog(typeof text === 'string' ? source() : text)) events.push(event);
  return events;
}

async function reasons(text: string): Promise<string[]> {
  try {
    await read(text);
  } catch (error) {
    expect(error).to.be.instanceOf(InvalidError).with.property('code', 'log_unreadable');
    return (error as InvalidError).details.map(({ path, reason }) => `${path}: ${reason}`);
  }
  throw new Error('the log was read');
}

describe('The event log', () => {
  it('gives each event with its case, in milliseconds of absolute time', async () => {
    expect(await read(`${HEADER}\n${ROW}\n`)).to.deep.equal([
      {
        line: 2,
        caseId: 'c1',
        channel: 'Desk',
        start: new Date('2024-01-08T08:00:00.020Z'),
        plannedEnd: new Date('2024-03-04T08:00:00Z'),
        end: null,
        activity: 'T02 Check',
        resource: 'Clerk 2',
        time: new Date('2024-07-01T08:00:00.123Z'),
      },
    ]);
  });

  it('takes the columns in any order and passes over others', async () => {
    const reversed = [...LOG_COLUMNS].reverse().join(',');
    const [event] = await read(`extra,${reversed}\n?,${ROW.split(',').reverse().join(',')}`);
    expect(event).to.include({ caseId: 'c1', resource: 'Clerk 2', activity: 'T02 Check' });
  });

  it('reads the sample that comes with the process', async () => {
    const events = await read(createReadStream(SAMPLE_LOG, 'utf8'));
    expect(events).to.have.length(171);
    expect(new Set(events.map(({ caseId }) => caseId)).size).to.equal(28);
    const visit = events.find(({ activity }) => activity.startsWith('T30'));
    expect(visit?.activity).to.equal('T30 Visit, and measure the building site');
  });

  it('refuses a file without the needed columns, naming them', async () => {
    const header = HEADER.replace(',channel', '').replace(',time', '');
    expect(await reasons(`${header}\n${ROW}`)).to.deep.equal([
      'line 1: the header lacks channel, time',
    ]);
    expect(await reasons('')).to.deep.equal(['line 1: the file is empty']);
  });

  it('names every line at fault at once', async () => {
    const rows = [
      ROW,
      ROW.replace('2024-01-08', '2024-02-30'),
      'c1,Desk',
      ROW.replace('T02 Check', ''),
      ROW.replace('10:00:00.123456+02:00', '10:00:00'),
    ];
    expect(await reasons(`${HEADER}\n${rows.join('\n')}`)).to.deep.equal([
      'line 3: start is no time with an offset from UTC: "2024-02-30 09:00:00.020000+01:00"',
      'line 4: there are 2 fields where 13 are needed',
      'line 5: activity is empty',
      'line 6: time is no time with an offset from UTC: "2024-07-01 10:00:00"',
    ]);
  });

  it('names at most 20 lines', async () => {
    const rows = Array.from({ length: 50 }, () => 'c1,Desk').join('\n');
    expect(await reasons(`${HEADER}\n${rows}`)).to.have.length(20);
  });

  it('says where a quote is never closed', async () => {
    expect(await reasons(`${HEADER}\n${ROW}\n"c1,`)).to.deep.equal([
      'line 3: a quoted field is never closed',
    ]);
  });
});
