import * as Elements from 'bpmn-elements';

/** An object whose methods are replaced. */
export type Prototype = Record<string, (...args: never[]) => unknown>;

/** What bpmn-elements keeps to itself: the classes behind a running definition and process. */
export interface Prototypes {
  activity: Prototype;
  sequenceFlow: Prototype;
  context: Prototype;
  processExecution: Prototype;
  definitionExecution: Prototype;
}

interface Recoverable {
  execution: object;
  recover(state: object): void;
}

type Constructor = new (...args: unknown[]) => Recoverable;

/** Finds them from instances: recovering an empty state makes an execution without running it. */
export function findPrototypes(): Prototypes {
  const { Activity, Context, Definition, Environment, Process, SequenceFlow } =
    Elements as unknown as Record<string, Constructor>;
  if (!(Activity && Context && Definition && Environment && Process && SequenceFlow)) {
    throw new TypeError('bpmn-elements lacks a class that the tuning needs');
  }
  const none = (): [] => [];
  const source = {
    id: 'empty',
    type: 'bpmn:Definitions',
    getActivities: none,
    getAssociations: none,
    getMessageFlows: none,
    getProcesses: none,
    getSequenceFlows: none,
  };
  const newContext = (): object =>
    (Context as unknown as (source: object, environment: object) => object)(
      source,
      new Environment({ Logger: () => ({ debug() {} }) }),
    );
  const process = new Process({ id: 'empty', type: 'bpmn:Process' }, newContext());
  process.recover({ execution: {} });
  const definition = new Definition(newContext());
  definition.recover({ execution: { processes: [] } });
  return {
    activity: Activity.prototype as Prototype,
    sequenceFlow: SequenceFlow.prototype as Prototype,
    context: Object.getPrototypeOf(newContext()) as Prototype,
    processExecution: Object.getPrototypeOf(process.execution) as Prototype,
    definitionExecution: Object.getPrototypeOf(definition.execution) as Prototype,
  };
}
