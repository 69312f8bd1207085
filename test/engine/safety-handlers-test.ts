import { expect } from 'chai';
import type { HandlerDeclaration } from '../../src/engine/handler.js';
import { StepFault } from '../../src/engine/step/step-fault.js';
import type { JsonObject } from '../../src/kernel/json.js';
import { bpmn, end, flows, serviceTask, start, userTask } from '../helpers/bpmn.js';
import { testDatabase } from '../helpers/database.js';
import { engineBench } from '../helpers/engine.js';
import type { EngineBench } from '../helpers/engine.js';
import { rejection } from '../helpers/rejection.js';

type Misbehaviour = () => unknown;

const cycle: { self?: unknown } = {};
cycle.self = cycle;
let deep: unknown = 'deep';
for (let level = 0; level < 100; level++) deep = [deep];

const forEver = (): never => {
  for (;;);
};

/** How handlers fail, and what the incident says of it. */
const FAILURES: Record<string, [misbehave: Misbehaviour, says: RegExp]> = {
  'throws at once': [() => fail('no such register'), /no such register/],
  'rejects later': [() => Promise.resolve().then(() => fail('too late')), /too late/],
  'throws what is no error': [() => rejectWithText(), /just a text/],
  'gives a text': [async () => 'text', /not an object of JSON/],
  'gives a list': [async () => [1], /not an object of JSON/],
  'gives a big integer': [async () => ({ n: 1n }), /bigint/],
  'gives a date': [async () => ({ at: new Date() }), /Date/],
  'gives what contains itself': [async () => cycle, /contains itself/],
  'gives what nests too deep': [async () => ({ deep }), /nests deeper/],
  'gives too much': [async () => ({ text: 'x'.repeat(1_000_001) }), /larger than/],
  'has a getter that throws': [
    async () => ({
      get value() {
        return fail('a trap');
      },
    }),
    /a trap/,
  ],
};

function rejectWithText(): Promise<never> {
  // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- what it is about
  return Promise.reject('just a text');
}

function fail(reason: string): never {
  throw new Error(reason);
}

function handler(runs: 'in-step' | 'as-job', misbehave: Misbehaviour): HandlerDeclaration {
  return {
    name: 'bad',
    title: { nb: 'Ond', en: 'Bad' },
    runs,
    inputs: [],
    outputs: [],
    run: misbehave as () => Promise<JsonObject>,
  };
}

describe('a handler that misbehaves', function () {
  this.timeout(60_000);
  let bench: EngineBench;

  async function open(runs: 'in-step' | 'as-job', misbehave: Misbehaviour): Promise<void> {
    const limits = { stretchMs: 100, stepMs: 400, jobMs: 200 };
    bench = engineBench(await testDatabase(), [handler(runs, misbehave)], { limits });
    const body = start + userTask('before') + serviceTask('act', 'bad') + end;
    await bench.deploy(['bad.bpmn', bpmn('bad', body + flows('start before act end'))]);
    const other = start + userTask('read') + end + flows('start read end');
    await bench.deploy(['neighbour.bpmn', bpmn('neighbour', other)]);
    await bench.start('bad');
    await bench.start('neighbour');
  }

  /** Another case on the same node goes on. */
  async function expectNeighbour(): Promise<void> {
    expect(await bench.complete('read')).to.include({ status: 'completed' });
  }

  for (const [title, [misbehave, says]] of Object.entries(FAILURES)) {
    it(`in the step: ${title}: an incident at its element`, async () => {
      await open('in-step', misbehave);
      expect(await bench.complete('before')).to.include({ status: 'active' });
      const [incident, ...more] = await bench.incidents();
      expect(more).to.be.empty;
      expect(incident).to.include({ elementId: 'act', kind: 'handler_failed' });
      expect(incident?.message).to.match(says);
      await expectNeighbour();
    });

    it(`as a job: ${title}: an incident at its element, after its last attempt`, async () => {
      await open('as-job', misbehave);
      await bench.complete('before');
      for (let attempt = 0; attempt < 4; attempt++) await bench.pass(24 * 3_600_000);
      const [incident, ...more] = await bench.incidents();
      expect(more).to.be.empty;
      expect(incident).to.include({ elementId: 'act', kind: 'job_no_retries' });
      expect(incident?.message).to.match(says);
      await expectNeighbour();
    });
  }

  for (const [title, misbehave] of [
    ['never ends', forEver],
    ['never ends, whatever interrupts it', stubborn],
    ['never answers', () => new Promise(() => {})],
  ] as const) {
    it(`in the step: ${title}: the step is undone, and the incident tells where`, async () => {
      await open('in-step', misbehave);
      const fault = await rejection(bench.complete('before'));
      expect(fault).to.be.instanceOf(StepFault).with.property('code', 'step_limit');
      await bench.engine().recordFault(bench.db, fault as StepFault);
      const [incident] = await bench.incidents();
      expect(incident).to.include({ elementId: 'act', kind: 'step_limit' });
      expect(await bench.openTasks()).to.deep.equal(['before', 'read']);
      await expectNeighbour();
    });

    it(`as a job: ${title}: an incident, and the lanes are free`, async () => {
      await open('as-job', misbehave);
      await bench.complete('before');
      for (let attempt = 0; attempt < 4; attempt++) await bench.pass(24 * 3_600_000);
      const [incident] = await bench.incidents();
      expect(incident).to.include({ elementId: 'act', kind: 'job_no_retries' });
      await expectNeighbour();
    });
  }

  it('goes on when it has been mended', async () => {
    let mended = false;
    await open('in-step', () => (mended ? Promise.resolve({ done: true }) : forEver()));
    const fault = await rejection(bench.complete('before'));
    await bench.engine().recordFault(bench.db, fault as StepFault);
    mended = true;
    expect(await bench.complete('before')).to.deep.include({
      status: 'completed',
      variables: { done: true },
    });
    await expectNeighbour();
  });
});

function stubborn(): never {
  for (;;) {
    try {
      forEver();
    } catch {
      // Once more.
    }
  }
}
