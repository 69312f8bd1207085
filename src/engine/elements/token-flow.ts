import { SequenceFlow } from 'bpmn-elements';
import type { WaitDesk } from './runtime-types.js';

type FlowConstructor = new (
  definition: object,
  context: object,
) => {
  id: string;
  environment: { options: { desk?: WaitDesk } };
  take(content: object): boolean;
  discard(): void;
};

/**
 * A sequence flow that only ever carries tokens. bpmn-elements sends a discard along every flow not
 * taken, and its joins count those as arrivals, so that a join beside an untaken flow fires too
 * early. BPMN 2.0.2 §13.3.1 knows only tokens; our joins count them as they pass here.
 */
export class TokenFlow extends (SequenceFlow as unknown as FlowConstructor) {
  override take(content: object): boolean {
    this.environment.options.desk?.pass(this.id);
    return super.take(content);
  }

  override discard(): void {}
}
