import { checkDocument, readDocument } from '../src/engine/model/check-document.js';
import { compileSource } from '../src/engine/model/compile-source.js';
import { expandProcess } from '../src/engine/expand/expand-process.js';
import { LiveInstance } from '../src/engine/live/live-instance.js';
import { bpmn, end, flows, start, userTask } from '../test/helpers/bpmn.js';
const ids = Array.from({ length: 990 }, (_, i) => `t${i}`);
const chain = bpmn('c', start + end + ids.map((id) => `<bpmn:task id="${id}"/>`).join('') + flows(`start ${ids.join(' ')} end`));
const br = Array.from({ length: 900 }, (_, i) => `u${i}`);
const fork = bpmn('f', start + '<bpmn:parallelGateway id="g"/>' + br.map((id) => userTask(id)).join('') + flows('start g', ...br.map((b) => `g ${b}`)));
const t = async <T>(name: string, f: () => T): Promise<Awaited<T>> => { const s = performance.now(); const r = await f(); console.log(name, Math.round(performance.now() - s)); return r; };
for (const [name, xml] of [['chain', chain], ['fork', fork]] as const) {
  await t(name + ' check', () => checkDocument(xml));
  const [model] = await t(name + ' read', () => readDocument(xml, 'x'));
  const ex = await t(name + ' expand', () => expandProcess(model!));
  const source = await t(name + ' compile', () => compileSource(ex));
  const live = await t(name + ' start', () => LiveInstance.start({ source, joins: new Set() }, 'start'));
  const a = live.arrivals.shift()!; live.standing.delete(a.executionId);
  await t(name + ' complete', () => a.complete(name === 'fork' ? { outbound: br.map((b) => ({ id: `g_${b}`, action: 'take' as const })) } : undefined));
  await t(name + ' snapshot', () => JSON.stringify(live.snapshot()).length);
}
