/** The rows of the document: every element of BPMN 2.0.2 that a process diagram can show. */
export const BPMN_ELEMENTS: readonly (readonly [
  group: string,
  rows: readonly (readonly [key: string, name: string])[],
])[] = [
  [
    'Activities',
    [
      ['userTask', 'User task'],
      ['serviceTask', 'Service task'],
      ['sendTask', 'Send task'],
      ['receiveTask', 'Receive task'],
      ['businessRuleTask', 'Business rule task'],
      ['manualTask', 'Manual task'],
      ['task', 'Task without a type'],
      ['scriptTask', 'Script task'],
      ['callActivity', 'Call activity'],
      ['subProcess', 'Embedded sub-process'],
      ['eventSubProcess', 'Event sub-process'],
      ['transaction', 'Transaction'],
      ['adHocSubProcess', 'Ad-hoc sub-process'],
      ['standardLoop', 'Standard loop'],
      ['multiInstance', 'Multi-instance, parallel'],
      ['multiInstance:sequential', 'Multi-instance, sequential'],
      ['isForCompensation', 'Compensation activity'],
    ],
  ],
  [
    'Gateways and flows',
    [
      ['exclusiveGateway', 'Exclusive gateway'],
      ['parallelGateway', 'Parallel gateway'],
      ['inclusiveGateway', 'Inclusive gateway'],
      ['eventBasedGateway', 'Event-based gateway'],
      ['complexGateway', 'Complex gateway'],
      ['sequenceFlow', 'Sequence flow'],
      ['conditionExpression', 'Conditional flow'],
      ['default', 'Default flow'],
    ],
  ],
  [
    'Start events',
    [
      ['startEvent', 'None'],
      ['startEvent:message', 'Message'],
      ['startEvent:timer', 'Timer'],
      ['startEvent:signal', 'Signal'],
      ['startEvent:conditional', 'Conditional'],
    ],
  ],
  [
    'Start events of event sub-processes, interrupting / not interrupting',
    [
      ...both('eventStart', 'message', 'Message'),
      ...both('eventStart', 'timer', 'Timer'),
      ...both('eventStart', 'signal', 'Signal'),
      ...both('eventStart', 'conditional', 'Conditional'),
      ...both('eventStart', 'escalation', 'Escalation'),
      ['eventStart:error', 'Error'],
      ['eventStart:compensate', 'Compensation'],
    ],
  ],
  [
    'Intermediate catch events',
    [
      ['intermediateCatchEvent:message', 'Message'],
      ['intermediateCatchEvent:timer', 'Timer'],
      ['intermediateCatchEvent:signal', 'Signal'],
      ['intermediateCatchEvent:conditional', 'Conditional'],
      ['intermediateCatchEvent:link', 'Link'],
    ],
  ],
  [
    'Boundary events, interrupting / not interrupting',
    [
      ...both('boundaryEvent', 'message', 'Message'),
      ...both('boundaryEvent', 'timer', 'Timer'),
      ...both('boundaryEvent', 'signal', 'Signal'),
      ...both('boundaryEvent', 'conditional', 'Conditional'),
      ...both('boundaryEvent', 'escalation', 'Escalation'),
      ['boundaryEvent:error', 'Error'],
      ['boundaryEvent:compensate', 'Compensation'],
      ['boundaryEvent:cancel', 'Cancel'],
    ],
  ],
  [
    'Intermediate throw events',
    [
      ['intermediateThrowEvent', 'None'],
      ['intermediateThrowEvent:message', 'Message'],
      ['intermediateThrowEvent:signal', 'Signal'],
      ['intermediateThrowEvent:escalation', 'Escalation'],
      ['intermediateThrowEvent:compensate', 'Compensation'],
      ['intermediateThrowEvent:link', 'Link'],
    ],
  ],
  [
    'End events',
    [
      ['endEvent', 'None'],
      ['endEvent:message', 'Message'],
      ['endEvent:signal', 'Signal'],
      ['endEvent:error', 'Error'],
      ['endEvent:escalation', 'Escalation'],
      ['endEvent:compensate', 'Compensation'],
      ['endEvent:terminate', 'Terminate'],
      ['endEvent:cancel', 'Cancel'],
    ],
  ],
  [
    'Events in general',
    [
      ['timeDuration', 'Timer with a duration'],
      ['timeDate', 'Timer with a date'],
      ['timeCycle', 'Timer with a cycle'],
      ['eventDefinitionRef', 'Event definition drawn at the root'],
      ['multiple', 'Several triggers on one event'],
    ],
  ],
  [
    'Pools, data and notes',
    [
      ['process', 'Process'],
      ['participant', 'Pool without a process'],
      ['messageFlow', 'Message flow'],
      ['lane', 'Lane'],
      ['dataObject', 'Data object'],
      ['dataStoreReference', 'Data store'],
      ['textAnnotation', 'Text annotation'],
      ['group', 'Group'],
      ['association', 'Association'],
      ['documentation', 'Documentation'],
      ['choreographyTask', 'Choreography task'],
      ['subChoreography', 'Sub-choreography'],
      ['callChoreography', 'Call choreography'],
    ],
  ],
];

function both(role: string, trigger: string, name: string): [string, string][] {
  return [
    [`${role}:${trigger}`, `${name}, interrupting`],
    [`${role}:${trigger}:beside`, `${name}, not interrupting`],
  ];
}
