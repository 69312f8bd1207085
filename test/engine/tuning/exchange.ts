/**
 * A node of its own, with or without the tuning: `begin` prints how each model rests after its
 * start, `go-on` reads such rests and prints what happens from there to the end.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Arrival } from '../../../src/engine/elements/runtime-types.js';
import { expandProcess } from '../../../src/engine/expand/expand-process.js';
import { decodeDocument, encodeDocument } from '../../../src/engine/live/instance-document.js';
import { LiveInstance } from '../../../src/engine/live/live-instance.js';
import type { Compiled } from '../../../src/engine/live/live-instance.js';
import { readDocument } from '../../../src/engine/model/check-document.js';
import { compileSource } from '../../../src/engine/model/compile-source.js';
import type { ProcessModel } from '../../../src/engine/model/process-model.js';
import { tune, TUNING_NAMES } from '../../../src/engine/tuning/tune.js';

interface Rest {
  file: string;
  document: string;
}

const MODELS = fileURLToPath(new URL('../../conformance', import.meta.url));
/** Of these, an element waits although nobody would have to do anything. */
const GOES_ON_LATER: ReadonlySet<string> = new Set(['userTask', 'receiveTask']);
const MOST_ROUNDS = 12;
/** Every fifth model has some of every feature, and takes a few seconds. */
const EVERY = 5;

async function compile(file: string): Promise<{ model: ProcessModel; compiled: Compiled }> {
  const [drawn] = await readDocument(readFileSync(join(MODELS, file), 'utf8'), file);
  if (!drawn) throw new TypeError(`no process in ${file}`);
  const model = expandProcess(drawn);
  return { model, compiled: { source: await compileSource(model), joins: new Set() } };
}

/** Lets everything go on that needs nobody; a repeated activity runs for a list of two. */
function settle(live: LiveInstance, model: ProcessModel): void {
  for (let left = 200; left > 0; left -= 1) {
    const next = live.arrivals.shift();
    if (!next) return;
    const type = model.elements.get(next.elementId)?.type ?? '';
    if (next.kind === 'loop')
      live.document.loops[next.executionId] = { items: [1, 2], results: [] };
    if (next.kind === 'catch' || (next.kind === 'activity' && GOES_ON_LATER.has(type))) continue;
    finish(live, next, model);
  }
}

/** A deciding gateway takes its first flow. */
function finish(live: LiveInstance, arrival: Arrival, model: ProcessModel): void {
  live.standing.delete(arrival.executionId);
  if (model.elements.get(arrival.elementId)?.type !== 'exclusiveGateway') return arrival.complete();
  const flows = model.flows.filter(({ sourceId }) => sourceId === arrival.elementId);
  const action = (index: number) => (index === 0 ? ('take' as const) : ('discard' as const));
  arrival.complete({ outbound: flows.map(({ id }, index) => ({ id, action: action(index) })) });
}

async function begin(): Promise<Rest[]> {
  const files = readdirSync(MODELS, { recursive: true, encoding: 'utf8' });
  const models = files.filter((name) => name.endsWith('.bpmn')).sort();
  const rests: Rest[] = [];
  for (const file of models.filter((_, index) => index % EVERY === 0)) {
    const made = await compile(file).catch(() => undefined);
    if (!made) continue;
    const live = LiveInstance.start(made.compiled, 'start');
    settle(live, made.model);
    if (live.ended) continue;
    live.document.engine = live.snapshot();
    rests.push({ file, document: encodeDocument(live.document).toString('base64') });
  }
  return rests;
}

async function goOn(rests: Rest[]): Promise<Record<string, unknown>> {
  const happened: Record<string, unknown> = {};
  for (const { file, document } of rests) {
    const { model, compiled } = await compile(file);
    const live = LiveInstance.recover(compiled, decodeDocument(Buffer.from(document, 'base64')));
    settle(live, model);
    for (let round = 0; round < MOST_ROUNDS && !live.ended; round += 1) {
      const [next] = [...live.standing.values()].sort(byElement);
      if (!next) break;
      finish(live, next, model);
      settle(live, model);
    }
    happened[file] = { path: pathOf(live), ended: live.ended, active: live.document.active };
  }
  return happened;
}

/** What happened, in order; elements that are cancelled together have none. */
function pathOf({ passages }: LiveInstance): string[] {
  const steps: string[][] = [];
  for (const { id, event } of passages) {
    const together = steps.at(-1);
    if (event === 'cancel' && together?.[0]?.startsWith('cancel')) together.push(`cancel ${id}`);
    else steps.push([`${event} ${id}`]);
  }
  return steps.map((together) => together.sort().join(', '));
}

function byElement(a: Arrival, b: Arrival): number {
  return a.elementId.localeCompare(b.elementId) || (a.index ?? 0) - (b.index ?? 0);
}

const [mode, tuning] = process.argv.slice(2);
tune(tuning === 'tuned' ? TUNING_NAMES : []);
const result = mode === 'begin' ? await begin() : await goOn(JSON.parse(await text(process.stdin)));
process.stdout.write(JSON.stringify(result));
