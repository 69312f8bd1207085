import { createReadStream } from 'node:fs';
import { expect } from 'chai';
import { planReplay } from '../../../src/compose/replay/plan.js';
import type { ReplayPlan } from '../../../src/compose/replay/plan.js';
import { readLog } from '../../../src/compose/replay/read-log.js';
import type { LogEvent } from '../../../src/compose/replay/read-log.js';
import { InvalidError } from '../../../src/kernel/errors.js';
import { SAMPLE_LOG, logEvent } from '../../helpers/replay.js';

async function plan(...events: LogEvent[]): Promise<ReplayPlan> {
  async function* source() {
    yield* events;
  }
  return planReplay(source());
}

function story({ moments }: ReplayPlan): string[] {
  return moments.map((moment) => {
    const what = moment.kind === 'activity' ? moment.event.activity : moment.kind;
    return `${moment.at.toISOString().slice(5, 16)} ${moment.case.id} ${what}`;
  });
}

async function reasons(...events: LogEvent[]): Promise<string[]> {
  try {
    await plan(...events);
  } catch (error) {
    expect(error).to.be.instanceOf(InvalidError).with.property('code', 'log_inconsistent');
    return (error as InvalidError).details.map(({ path, reason }) => `${path}: ${reason}`);
  }
  throw new Error('a plan was made');
}

describe('The plan of a replay', () => {
  const end = new Date('2024-01-01T04:00:00Z');

  it('lets the cases happen in the order of time, not of the file', async () => {
    const other = { caseId: 'c2', start: new Date('2024-01-01T02:30:00Z') };
    const made = await plan(
      logEvent(2, 'T04 Later', { end }),
      logEvent(3, 'T02 Sooner', { end, time: new Date('2024-01-01T01:00:00Z') }),
      logEvent(5, 'T02 Other', other),
    );
    expect(story(made)).to.deep.equal([
      '01-01T00:00 c1 arrival',
      '01-01T01:00 c1 T02 Sooner',
      '01-01T02:00 c1 T04 Later',
      '01-01T02:30 c2 arrival',
      '01-01T04:00 c1 closing',
      '01-01T05:00 c2 T02 Other',
    ]);
    expect(made.from).to.deep.equal(new Date('2024-01-01T00:00:00Z'));
    expect(made.until).to.deep.equal(new Date('2024-01-01T05:00:00Z'));
  });

  it('tells at each activity what was done later in the same case', async () => {
    const made = await plan(
      logEvent(2, 'T02 Check'),
      logEvent(3, 'T03 Adjust'),
      logEvent(4, 'T02'),
    );
    const later = made.moments.map((moment) => (moment.kind === 'activity' ? moment.later : null));
    expect(later).to.deep.equal([null, ['T03', 'T02'], ['T02'], []]);
  });

  it('puts an activity before the closing of the same instant, and keeps one after it', async () => {
    const made = await plan(logEvent(4, 'T02', { end }), logEvent(5, 'T04', { end }));
    expect(story(made).slice(1)).to.deep.equal([
      '01-01T04:00 c1 T02',
      '01-01T04:00 c1 closing',
      '01-01T05:00 c1 T04',
    ]);
  });

  it('closes a case recorded as closed before it came in as it comes in', async () => {
    const made = await plan(logEvent(5, 'T02', { end: new Date('2023-12-31T23:00:00Z') }));
    expect(story(made)).to.deep.equal([
      '01-01T00:00 c1 arrival',
      '01-01T00:00 c1 closing',
      '01-01T05:00 c1 T02',
    ]);
  });

  it('knows our channels and those of the recorded municipality', async () => {
    const words = ['Internet', 'Desk', 'Post', 'e-mail', 'phone'];
    const made = await plan(
      ...words.map((channel, index) => logEvent(index + 2, 'T02', { channel, caseId: channel })),
    );
    const channels = made.cases.map(({ channel }) => channel);
    expect(channels).to.deep.equal(['form', 'visit', 'letter', 'email', 'phone']);
  });

  it('refuses lines that contradict each other or name an unknown channel', async () => {
    const start = new Date('2023-12-01T00:00:00Z');
    expect(
      await reasons(
        logEvent(2, 'T02'),
        logEvent(3, 'T04', { start, end }),
        logEvent(4, 'T02', { caseId: 'c2', channel: 'Pigeon' }),
      ),
    ).to.deep.equal([
      'line 3: start, end differs from line 2 of the same case',
      'line 4: unknown channel "Pigeon"',
    ]);
    expect(await reasons()).to.deep.equal(['line 2: the log holds no event']);
  });

  it('plans the sample', async () => {
    const made = await planReplay(readLog(createReadStream(SAMPLE_LOG, 'utf8')));
    const kinds = made.moments.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'arrival')).to.have.length(28);
    expect(kinds.filter((kind) => kind === 'activity')).to.have.length(171);
    expect(kinds.filter((kind) => kind === 'closing')).to.have.length(23);
  });
});
