import { readFile, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect } from 'chai';
import type { HandlerDeclaration } from '../../src/engine/handler.js';
import type { JsonObject } from '../../src/kernel/json.js';
import { PROJECT_ROOT } from '../../src/kernel/project-root.js';
import { testDatabase } from '../helpers/database.js';
import { engineBench } from '../helpers/engine.js';
import type { EngineBench } from '../helpers/engine.js';
import type { PathStep, ProcessPath } from './paths.js';
import { processPaths } from './paths.js';

const root = join(PROJECT_ROOT, 'processes');

/** Handlers that answer what a path says: here the models are on trial, not the handlers. */
function answering(models: readonly string[], path: () => ProcessPath): HandlerDeclaration[] {
  const types = models.flatMap((content) => [
    ...content.matchAll(/<zeebe:taskDefinition type="([^"]+)"/g),
  ]);
  return [...new Set(types.map(([, type = '']) => type))].map((name) => ({
    name,
    title: { nb: name, en: name },
    runs: 'in-step',
    inputs: [],
    outputs: [],
    run: (_, { elementId }) => Promise.resolve((path().results?.[elementId] ?? {}) as JsonObject),
  }));
}

describe('The processes on the engine', function () {
  // Every model is checked and deployed first.
  this.timeout(120_000);
  let bench: EngineBench;
  let current: ProcessPath;

  before(async function () {
    // Every process there is, checked and deployed.
    this.timeout(180_000);
    const files: [string, string][] = [];
    for (const file of await readdir(root, { recursive: true })) {
      if (!/\.(bpmn|dmn|form)$/.test(file)) continue;
      files.push([basename(file), await readFile(join(root, file), 'utf8')]);
    }
    const contents = files.map(([, content]) => content);
    bench = engineBench(
      await testDatabase(),
      answering(contents, () => current),
    );
    await bench.deploy(...files);
  });

  for (const { processId, startMessage, paths } of processPaths) {
    for (const path of paths) {
      it(`${processId}, ${path.name}`, async () => {
        current = path;
        const { instanceId } = startMessage
          ? await bench.correlate(startMessage, '', path.variables)
          : await bench.start(processId, path.variables);

        for (const step of path.steps) await take(bench, step);

        expect(await bench.incidents()).to.deep.equal([]);
        expect((await bench.instance(instanceId)).status).to.equal('completed');
        expect(await endsOf(bench, instanceId)).to.deep.equal(path.ends);
        expect(
          await bench.db.query('SELECT type FROM job WHERE instance_id IS NOT NULL'),
        ).to.deep.equal([]);
      });
    }
  }
});

async function take(bench: EngineBench, step: PathStep): Promise<void> {
  if ('complete' in step) await bench.complete(step.complete, step.variables ?? {});
  else if ('timer' in step) await fire(bench, step.timer);
  else if ('error' in step) await fail(bench, step.error, step.code);
  else if ('signal' in step) await broadcast(bench, step.signal);
  else await send(bench, step.message, step.variables ?? {});
}

/** Fires one timer on its own, so that a path decides which of several comes first. */
async function fire(bench: EngineBench, elementId: string): Promise<void> {
  const fired = await bench.db.query(
    `UPDATE job SET available_at = $2 WHERE kind = 'timer' AND element_id = $1 RETURNING id`,
    [elementId, bench.clock()],
  );
  expect(fired, `a timer at ${elementId}`).to.have.length(1);
  await bench.settle();
}

async function fail(bench: EngineBench, elementId: string, errorCode: string): Promise<void> {
  const request = { taskId: await bench.task(elementId), errorCode, by: 'caseworker' };
  await bench.db.inTransaction((tx) => bench.engine().throwTaskError(tx, bench.tenant, request));
  await bench.settle();
}

async function broadcast(bench: EngineBench, name: string): Promise<void> {
  await bench.db.inTransaction((tx) =>
    bench.engine().broadcastSignal(tx, bench.tenant, { name, variables: {}, by: 'crisisLeader' }),
  );
  await bench.settle();
}

async function send(bench: EngineBench, name: string, variables: JsonObject): Promise<void> {
  const [waiting] = await bench.db.query<{ key: string }>(
    'SELECT correlation_key AS key FROM message_subscription WHERE name = $1',
    [name],
  );
  await bench.correlate(name, waiting?.key ?? '', variables);
}

async function endsOf(bench: EngineBench, instanceId: string): Promise<string[]> {
  const [row] = await bench.db.query<{ definition_id: string }>(
    'SELECT definition_id FROM process_instance WHERE id = $1',
    [instanceId],
  );
  const model = await bench.db.inTransaction((tx) =>
    bench.engine().model(tx, bench.tenant, row?.definition_id ?? ''),
  );
  const passed = await bench.db.query<{ id: string }>(
    `SELECT e->>'id' AS id FROM step_log, jsonb_array_elements(elements) WITH ORDINALITY AS x(e, n)
     WHERE instance_id = $1 AND e->>'event' = 'enter' ORDER BY revision, n`,
    [instanceId],
  );
  return passed.map(({ id }) => id).filter((id) => model.elements.get(id)?.type === 'endEvent');
}
