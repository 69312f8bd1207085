import { SequenceFlow } from 'bpmn-elements';

type FlowConstructor = new (definition: object, context: object) => { discard(): void };

/**
 * A sequence flow that only ever carries tokens. bpmn-elements sends a discard along every flow not
 * taken, and its parallel join counts those as arrivals, so that a join beside an untaken flow fires
 * too early. BPMN 2.0.2 §13.3.1 knows only tokens: without discards the join waits for them.
 */
export class TokenFlow extends (SequenceFlow as unknown as FlowConstructor) {
  override discard(): void {}
}
