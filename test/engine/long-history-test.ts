import { expect } from 'chai';
import { decodeDocument } from '../../src/engine/live/instance-document.js';
import {
  boundary,
  bpmn,
  callActivity,
  catchEvent,
  end,
  eventSubProcess,
  flow,
  flows,
  message,
  messageTrigger,
  start,
  subProcess,
  timer,
  userTask,
} from '../helpers/bpmn.js';
import { testDatabase } from '../helpers/database.js';
import { DAY, engineBench } from '../helpers/engine.js';
import type { EngineBench } from '../helpers/engine.js';

/** Counters have more digits later; everything else must be as it was. */
const DIGITS = 40;

const EARLY = 4;
const LATE = 40;

/** A process that comes round to where it was. */
interface Round {
  title: string;
  body: string;
  roots?: string;
  others?: [name: string, content: string][];
  round: (bench: EngineBench) => Promise<void>;
}

const complete =
  (...elements: string[]) =>
  async (bench: EngineBench): Promise<void> => {
    for (const id of elements) await bench.complete(id, { again: true });
  };

const choice = `<bpmn:exclusiveGateway id="choice" default="choice_end"/>${end}${flow('choice', 'end')}`;
const back = (to: string) => choice + flow('choice', to, '=again');
const answer = message('m', 'answer');
const receive = (bench: EngineBench) => bench.correlate('answer', 'K1').then(() => undefined);

const ROUNDS: readonly Round[] = [
  {
    title: 'a task sent back',
    body: start + userTask('work') + flows('start work choice') + back('work'),
    round: complete('work'),
  },
  {
    title: 'a sub-process entered again',
    body:
      start +
      subProcess(
        'scope',
        '<bpmn:startEvent id="s"/><bpmn:endEvent id="e"/>' + userTask('in') + flows('s in e'),
      ) +
      flows('start scope choice') +
      back('scope'),
    round: complete('in'),
  },
  {
    title: 'a fork and its join',
    body:
      start +
      ['merge', 'fork', 'join'].map((id) => gateway(id, id !== 'merge')).join('') +
      userTask('a') +
      userTask('b') +
      flows('start merge fork a join choice', 'fork b join') +
      back('merge'),
    round: complete('a', 'b'),
  },
  {
    title: 'a task for each of a list',
    body:
      start +
      userTask(
        'each',
        '',
        `<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements>
          <zeebe:loopCharacteristics inputCollection="=[1, 2]" inputElement="one"/>
        </bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>`,
      ) +
      flows('start each choice') +
      back('each'),
    round: complete('each', 'each'),
  },
  {
    title: 'a timer that comes every day',
    body:
      start +
      userTask('work') +
      boundary('daily', 'work', timer('R/P1D', 'timeCycle'), false) +
      '<bpmn:endEvent id="reminded"/>' +
      end +
      flows('start work end', 'daily reminded'),
    round: (bench) => bench.pass(DAY),
  },
  {
    title: 'an event-based gateway',
    body:
      start +
      gateway('merge', false) +
      '<bpmn:eventBasedGateway id="wait"/>' +
      catchEvent('come', messageTrigger('m')) +
      catchEvent('late', timer('P9D')) +
      flows('start merge wait come merge', 'wait late end') +
      end,
    roots: answer,
    round: receive,
  },
  {
    title: 'an event sub-process that does not interrupt',
    body:
      start +
      userTask('work') +
      end +
      flows('start work end') +
      eventSubProcess(
        'event',
        messageTrigger('m'),
        userTask('note') + '<bpmn:endEvent id="noted"/>',
        'note noted',
        false,
      ),
    roots: answer,
    round: async (bench) => {
      await receive(bench);
      await bench.complete('note');
    },
  },
  {
    title: 'an interrupted task',
    body:
      start +
      userTask('work') +
      boundary('stop', 'work', messageTrigger('m')) +
      end +
      flows('start work end', 'stop work'),
    roots: answer,
    round: receive,
  },
  {
    title: 'a called process',
    body: start + callActivity('call', 'called') + flows('start call choice') + back('call'),
    others: [['called.bpmn', bpmn('called', start + userTask('in') + end + flows('start in end'))]],
    round: complete('in'),
  },
];

function gateway(id: string, isParallel: boolean): string {
  return `<bpmn:${isParallel ? 'parallel' : 'exclusive'}Gateway id="${id}"/>`;
}

describe('an instance with a long history', function () {
  this.timeout(60_000);

  for (const { title, body, roots, others = [], round } of ROUNDS) {
    it(`keeps nothing of what is over: ${title}`, async () => {
      const bench = engineBench(await testDatabase());
      await bench.deploy(...others, ['long.bpmn', bpmn('long', body, roots)]);
      const { instanceId } = await bench.start('long', { caseId: 'K1' });
      const sizes: number[] = [];
      for (let count = 0; count < LATE; count += 1) {
        await round(bench);
        sizes.push(await sizeOf(bench, instanceId));
      }
      expect(await bench.incidents()).to.deep.equal([]);
      const [early = NaN, late = NaN] = [sizes[EARLY], sizes.at(-1)];
      expect(late - early, `from ${early} to ${late} characters`).to.be.within(-DIGITS, DIGITS);
    });
  }
});

/** Of the stored state, before it is compressed. */
async function sizeOf({ db, tenant }: EngineBench, instanceId: string): Promise<number> {
  const [row] = await db.query<{ state: Buffer }>(
    `SELECT state FROM process_instance WHERE tenant_id = $1 AND id = $2 AND status = 'active'`,
    [tenant, instanceId],
  );
  if (!row) throw new Error('the instance is over');
  return JSON.stringify(decodeDocument(row.state)).length;
}
