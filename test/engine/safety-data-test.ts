import { expect } from 'chai';
import type { HandlerDeclaration } from '../../src/engine/handler.js';
import type { JsonObject } from '../../src/kernel/json.js';
import {
  bpmn,
  callActivity,
  catchEvent,
  end,
  flows,
  message,
  messageTrigger,
  serviceTask,
  start,
  userTask,
} from '../helpers/bpmn.js';
import { testDatabase } from '../helpers/database.js';
import { engineBench } from '../helpers/engine.js';
import type { EngineBench } from '../helpers/engine.js';
import { HOSTILE_TEXTS } from '../helpers/hostile-texts.js';

/** As a client would send it: `{ "__proto__": … }` in a program would set the prototype. */
const HOSTILE = JSON.parse(
  `{"texts": ${JSON.stringify(HOSTILE_TEXTS)},
    "__proto__": {"polluted": true, "isAdmin": true},
    "constructor": {"prototype": {"polluted": true}},
    "toString": "\${this.constructor.constructor('return process')()}",
    "data": "=1+1", "content": "=content", "fields": {"=1+1": "=1+1"},
    "hasOwnProperty": null, "\${1+1}": 3}`,
) as JsonObject;

const echo: HandlerDeclaration = {
  name: 'echo',
  title: { nb: 'Ekko', en: 'Echo' },
  runs: 'in-step',
  inputs: [{ name: 'texts', type: 'string', title: { nb: 'Tekster', en: 'Texts' } }],
  outputs: [],
  run: ({ texts = null }) => Promise.resolve({ echoed: texts }),
};

const mapped = (kind: 'input' | 'output', source: string, target: string): string =>
  `<zeebe:ioMapping><zeebe:${kind} source="${source}" target="${target}"/></zeebe:ioMapping>`;

describe('what somebody typed', () => {
  let bench: EngineBench;

  before(async () => {
    bench = engineBench(await testDatabase(), [echo]);
    const inside = start + userTask('inner') + end + flows('start inner end');
    await bench.deploy(['inside.bpmn', bpmn('inside', inside)]);
    const body =
      start +
      userTask('fill', mapped('output', '=texts', 'copied')) +
      serviceTask('say', 'echo') +
      callActivity('call', 'inside') +
      catchEvent('hear', messageTrigger('m')) +
      userTask('look', mapped('input', '=texts', 'shown')) +
      end;
    const chain = flows('start fill say call hear look end');
    await bench.deploy([
      'typed.bpmn',
      bpmn('typed', body + chain, message('m', 'told', '=&quot;k&quot;')),
    ]);
  });

  /** Nothing may be lost, added or evaluated, and no object may have learnt anything. */
  function expectVerbatim(variables: JsonObject): void {
    for (const [name, value] of Object.entries(HOSTILE)) {
      expect(Object.hasOwn(variables, name), name).to.equal(true);
      const kept = Object.getOwnPropertyDescriptor(variables, name)?.value as unknown;
      expect(kept, name).to.deep.equal(value);
    }
    expect(({} as Record<string, unknown>)['polluted']).to.equal(undefined);
    expect(({} as Record<string, unknown>)['isAdmin']).to.equal(undefined);
  }

  it('comes out of a case as it went in, through tasks, handlers, calls and messages', async () => {
    const { instanceId } = await bench.start('typed', HOSTILE);
    expectVerbatim((await bench.instance(instanceId)).variables);

    await bench.complete('fill', HOSTILE);
    const { variables } = await bench.instance(instanceId);
    expect(variables['copied'], 'through an expression').to.deep.equal(HOSTILE_TEXTS);
    expect(variables['echoed'], 'through a handler').to.deep.equal(HOSTILE_TEXTS);

    await bench.complete('inner', HOSTILE);
    expectVerbatim((await bench.instance(instanceId)).variables);

    await bench.correlate('told', 'k', { ...HOSTILE, told: HOSTILE_TEXTS });
    const told = (await bench.instance(instanceId)).variables;
    expectVerbatim(told);
    expect(told['told']).to.deep.equal(HOSTILE_TEXTS);

    const [task] = await bench.db.query<{ variables: JsonObject }>(
      `SELECT variables FROM user_task WHERE element_id = 'look'`,
    );
    expect(task?.variables['shown'], 'in a task’s own variables').to.deep.equal(HOSTILE_TEXTS);
    await bench.complete('look');
    expectVerbatim((await bench.instance(instanceId)).variables);
    expect(await bench.incidents()).to.be.empty;
  });
});
