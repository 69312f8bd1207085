import type { Prototypes } from './prototypes.js';

const kActivityQ = Symbol.for('activityQ');
const kProcesses = Symbol.for('processes');

interface Message {
  fields: { routingKey: string; redelivered?: boolean };
  content: { id: string; parent?: { id?: string; executionId?: string } };
  properties: { type?: string; persistent?: boolean; delegate?: boolean };
}

interface ProcessExecution {
  id: string;
  executionId: string;
  [kActivityQ]: { queueMessage(fields: object, content: object, properties: object): void };
}

interface DefinitionExecution {
  [kProcesses]: { ids: Set<string> };
}

type OnEvent<This> = (this: This, routingKey: string, message: Message) => unknown;

/**
 * What happens to an element is told to the scope it stands in. bpmn-elements tells it on, copied
 * each time, to every scope above and to the engine, for listeners that our engine room does not
 * have: it hears through an extension at each element. See docs/upstream/bpmn-elements-events.md.
 */
export function useLocalEvents({ processExecution, definitionExecution }: Prototypes): void {
  const toScope = processExecution['_onActivityEvent'] as unknown as OnEvent<ProcessExecution>;
  const toDefinition = definitionExecution[
    '_onChildEvent'
  ] as unknown as OnEvent<DefinitionExecution>;
  Object.assign(processExecution, {
    _onActivityEvent(this: ProcessExecution, routingKey: string, message: Message) {
      if (!staysInScope(routingKey, message)) {
        toScope.call(this, routingKey, message);
        return;
      }
      const { fields, content, properties } = message;
      if (fields.redelivered && properties.persistent === false) return;
      const parent = (content.parent ??= {});
      if (parent.id !== this.id) return;
      parent.executionId = this.executionId;
      this[kActivityQ].queueMessage(fields, content, { persistent: true, ...properties });
    },
  });
  Object.assign(definitionExecution, {
    _onChildEvent(this: DefinitionExecution, routingKey: string, message: Message) {
      if (this[kProcesses].ids.has(message.content.id)) {
        toDefinition.call(this, routingKey, message);
      }
    },
  });
}

/** Of an activity or a flow, and neither asked for nor an answer. */
function staysInScope(routingKey: string, { properties }: Message): boolean {
  if (properties.delegate || properties.type === 'shake') return false;
  if (routingKey === 'activity.consumed' || routingKey === 'activity.stop') return false;
  return routingKey.startsWith('activity.') || routingKey.startsWith('flow.');
}
