import * as elements from 'bpmn-elements';
import { Engine } from 'bpmn-engine';
import { BpmnModdle } from 'bpmn-moddle';
import serialize, { TypeResolver } from 'moddle-context-serializer';
import type { Cases } from './cases.js';
import { COMPLETED_WITH, NOTHING, STARTED_WITH } from './scenario.js';
import type { Scenario } from './scenario.js';

interface RawExecution {
  signal(message: object): void;
  getState(): object;
}

/**
 * bpmn-engine as it comes, in memory, at its best: the model is parsed once for all instances, no
 * logger, no tracking of states. With `saved`, each case also makes its state into text once, while
 * it waits, as anybody must who wants to keep it.
 */
export async function rawCases(scenario: Scenario, saved: boolean): Promise<Cases> {
  const parsed = await new BpmnModdle().fromXML(scenario.raw);
  const sourceContext = serialize(parsed, TypeResolver(elements as never) as never);
  const options = {
    name: scenario.processId,
    sourceContext,
    Logger: () => ({ debug() {}, error() {}, warn() {} }),
    settings: { disableTrackState: true },
    services: { [NOTHING]: (_: unknown, done: () => void) => done() },
  };
  return {
    run: async () => {
      const engine = new Engine({ ...options, variables: { ...STARTED_WITH } });
      const end = { reached: false };
      engine.once('end', () => (end.reached = true));
      const execution = (await engine.execute()) as unknown as RawExecution;
      if (saved) JSON.stringify(execution.getState());
      execution.signal({ id: 'work', ...COMPLETED_WITH });
      if (!end.reached) throw new Error('a raw case did not reach its end');
    },
    close: async () => {},
  };
}
