import type { Arrival } from '../src/engine/elements/runtime-types.js';
import { decodeDocument, encodeDocument } from '../src/engine/live/instance-document.js';
import { LiveInstance } from '../src/engine/live/live-instance.js';
import { readDocument } from '../src/engine/model/check-document.js';
import { compileSource } from '../src/engine/model/compile-source.js';
import type { Cases } from './cases.js';
import type { Scenario } from './scenario.js';

/**
 * Our engine alone: live instances without rows, handlers or conditions. A gateway takes its first
 * flow, a service is done at once, the task is completed when everything else rests; with
 * `recovering`, by another live instance, made from the stored state.
 */
export async function engineCases(scenario: Scenario, recovering: boolean): Promise<Cases> {
  const [model] = await readDocument(scenario.deployed, scenario.processId);
  if (!model) throw new TypeError(`no process in scenario ${scenario.name}`);
  const source = await compileSource(model);
  const compiled = { source, joins: new Set<string>() };
  const complete = (live: LiveInstance, arrival: Arrival): void => {
    live.standing.delete(arrival.executionId);
    if (model.elements.get(arrival.elementId)?.type !== 'exclusiveGateway') {
      arrival.complete();
      return;
    }
    const flows = model.flows.filter(({ sourceId }) => sourceId === arrival.elementId);
    const action = (index: number) => (index === 0 ? ('take' as const) : ('discard' as const));
    arrival.complete({ outbound: flows.map(({ id }, index) => ({ id, action: action(index) })) });
  };
  const settle = (live: LiveInstance): Arrival | undefined => {
    let task: Arrival | undefined;
    for (let next = live.arrivals.shift(); next; next = live.arrivals.shift()) {
      if (next.elementId === 'work') task = next;
      else if (next.kind === 'activity') complete(live, next);
    }
    return task;
  };
  return {
    run: async () => {
      let live = LiveInstance.start(compiled, 'start');
      let task = settle(live);
      if (recovering) {
        live.document.engine = live.snapshot();
        live = LiveInstance.recover(compiled, decodeDocument(encodeDocument(live.document)));
        task = settle(live);
      }
      if (!task) throw new Error('a case of the engine alone opened no task');
      complete(live, task);
      settle(live);
      if (!live.ended) throw new Error('a case of the engine alone did not reach its end');
    },
    close: async () => {},
  };
}
