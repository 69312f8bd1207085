/**
 * What the compressor may point back to from the first byte on: the turns of phrase of every engine
 * state, the most frequent last. It halves a small state.
 *
 * What has been stored with it can be read with it only, so it never changes; a better one gets a
 * coding number of its own in `instance-document.ts`.
 */
export const STATE_DICTIONARY = Buffer.from(
  [
    '{"engine":{"id":"definitions","type":"bpmn:Definitions","executionId":"definitions_',
    '","status":"executing","stopped":false,"counters":{"completed":0,"discarded":0},"execution":{"executionId":"definitions_',
    '","stopped":false,"completed":false,"status":"executing","processes":[{"id":"',
    '"}}},"broker":{"queues":[{"name":"run-q","options":{"autoDelete":false,"durable":true},"messages":[{"fields":{"routingKey":"run.execute","exchange":"run","consumerTag":"_definition-run"},"content":{"id":"definitions","type":"bpmn:Definitions","executionId":"definitions_',
    '"},"properties":{"messageId":"smq.mid-","timestamp":17',
    '}}]},{"name":"execute-definitions_',
    '-q","options":{"autoDelete":false,"durable":true},"messages":[{"fields":{"routingKey":"process.start","exchange":"event","consumerTag":"_definition-activity-definitions_',
    '"},"state":"start"},"properties":{"type":"start","mandatory":false,"messageId":"smq.mid-',
    '}}]}]}},"waits":{"":{"kind":"incident","kind":"join","kind":"catcher","kind":"condition","met":false,"kind":"message","kind":"call","kind":"job","kind":"timer","key":"9","elementId":"","kind":"task","key":"9',
    '"}},"loops":{"":{"items":[],"results":[],"left":}},"tokens":{},"absorb":{},"active":{"":1},"rounds":{},"done":[],"undoing":{},"start":"start","locals":{"":{"loopCounter":1}}}',
    '"type":"bpmn:EventBasedGateway","type":"bpmn:SubProcess","type":"bpmn:IntermediateCatchEvent","type":"bpmn:MessageEventDefinition","type":"bpmn:StartEvent","type":"bpmn:ServiceTask"',
    '"routingKey":"activity.enter","routingKey":"activity.leave","routingKey":"execute.iteration.next","isMultiInstance":true,"loopCardinality":,"isSequential":false,"output":[],"keep":true,"isParallel":true,"preventComplete":true',
    '"isDefinitionScope":true,"index":0},"path":[{"id":"","type":"bpmn:Process"}]},"type":"bpmn:MessageEventDefinition","parent":{"id":"","type":"bpmn:BoundaryEvent","executionId":"',
    '"},"fields":{"routingKey":"execute.update","exchange":"execution","consumerTag":"_activity-execute"},"content":{"inbound":[{"inbound":[{"action":"take"',
    '"attachedTo":"","state":"start","isRootScope":true,"preventComplete":true},"properties":{"messageId":"smq.mid-',
    '","type":"bpmn:Process","executionId":"","status":"executing","stopped":false,"counters":{"completed":0,"discarded":0},"broker":{"queues":[{"name":"run-q","options":{"autoDelete":false,"durable":true},"messages":[{"fields":{"routingKey":"run.execute","exchange":"run","consumerTag":"_process-run"},"content":{"id":"',
    '"}}]},{"name":"execute-","-q","options":{"autoDelete":false,"durable":true},"messages":[{"fields":{"routingKey":"activity.start","exchange":"event","consumerTag":"_process-activity-',
    '"},"content":{"inbound":[{"id":"","type":"bpmn:BoundaryEvent"},"state":"start"},"properties":{"persistent":true,"type":"start","mandatory":false,"messageId":"smq.mid-","timestamp":17',
    '}}]}]},"execution":{"completed":false}}],"flows":[]}}]},"execution":{"executionId":"","stopped":false,"completed":false,"status":"executing","children":[{"id":"","type":"bpmn:BoundaryEvent","status":"executing","executionId":"',
    '","counters":{"taken":0,"discarded":0},"broker":{"queues":[{"name":"run-q","options":{"autoDelete":false,"durable":true},"messages":[{"fields":{"routingKey":"run.execute","exchange":"run","consumerTag":"_activity-run"},"content":{"inbound":[{"action":"take","result":true,"evaluationId":"',
    '","id":"","targetId":"","sequenceId":"_take_","type":"bpmn:SequenceFlow","sourceId":"","isSequenceFlow":true,"parent":{"id":"","type":"bpmn:Process","executionId":"',
    '"}}],"executionId":"","id":"","type":"bpmn:ServiceTask","parent":{"id":"","type":"bpmn:Process","executionId":""},"state":"enter"}],"executionId":"',
    '"}},"properties":{"messageId":"smq.mid-","timestamp":17',
    '}}]},{"name":"execute-q","options":{"autoDelete":false,"durable":true},"messages":[{"fields":{"routingKey":"execute.start","exchange":"execution","consumerTag":"_activity-execute"},"content":{"inbound":[{"action":"take","result":true,"evaluationId":"',
    '"},"state":"start","isRootScope":true},"properties":{"messageId":"smq.mid-","timestamp":17',
  ].join(''),
);
