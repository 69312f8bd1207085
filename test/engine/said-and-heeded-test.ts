import { expect } from 'chai';
import { UNHEEDED } from '../../src/engine/rules/unheeded.js';
import { BPMN_TYPES, ZEEBE_TYPES } from '../helpers/wild/descriptors.js';

/** By the type that declares it or inherits it: what the engine reads, and acts on. */
const READ: Record<string, string> = {
  Process:
    'id name isExecutable flowElements laneSets artifacts extensionElements eventDefinitions supports',
  SequenceFlow: 'id name sourceRef targetRef conditionExpression extensionElements',
  Activity: 'id name default isForCompensation loopCharacteristics extensionElements',
  SubProcess: 'triggeredByEvent flowElements artifacts laneSets',
  ReceiveTask: 'messageRef',
  Event: 'id name eventDefinitions eventDefinitionRef extensionElements',
  StartEvent: 'isInterrupting',
  BoundaryEvent: 'cancelActivity attachedToRef',
  Gateway: 'id name extensionElements',
  ExclusiveGateway: 'default',
  InclusiveGateway: 'default',
  MultiInstanceLoopCharacteristics: 'id isSequential extensionElements',
  StandardLoopCharacteristics: 'id testBefore loopMaximum loopCondition extensionElements',
  EventDefinition: 'id extensionElements',
  ErrorEventDefinition: 'errorRef',
  EscalationEventDefinition: 'escalationRef',
  SignalEventDefinition: 'signalRef',
  MessageEventDefinition: 'messageRef',
  CompensateEventDefinition: 'activityRef',
  TimerEventDefinition: 'timeDate timeCycle timeDuration',
  LinkEventDefinition: 'name',
  ConditionalEventDefinition: 'condition',
  Message: 'id name extensionElements',
  Signal: 'id name extensionElements',
  Error: 'id errorCode extensionElements',
  Escalation: 'id escalationCode extensionElements',
  FormalExpression: 'id body language extensionElements',
  Association: 'id sourceRef targetRef extensionElements',
  IoMapping: 'ioMapping inputParameters outputParameters',
  Input: 'source target',
  Output: 'source target',
  Subscription: 'correlationKey',
  TaskHeaders: 'values',
  Header: 'key value',
  TaskDefinition: 'type retries',
  LoopCharacteristics: 'inputCollection inputElement outputCollection outputElement',
  CalledElement: 'processId propagateAllChildVariables propagateAllParentVariables',
  CalledDecision: 'decisionId resultVariable',
  FormDefinition: 'formId',
  AssignmentDefinition: 'assignee candidateGroups candidateUsers',
  PriorityDefinition: 'priority',
  TaskSchedule: 'dueDate followUpDate',
  Properties: 'properties',
  Property: 'name value',
};

/**
 * What says nothing about how a process runs: descriptions, types of data, what repeats the flows,
 * the technology of services that `zeebe:taskDefinition` names, and what other rules make idle.
 */
const IDLE =
  'documentation extensionDefinitions auditing monitoring categoryValueRef incoming outgoing lanes ' +
  'properties ioSpecification ioBinding supportedInterfaceRef boundaryEventRefs processType isClosed ' +
  'dataInputAssociations dataOutputAssociations dataInputs dataOutputs inputSet outputSet ' +
  'definitionalCollaborationRef supports itemRef structureRef evaluatesToTypeRef gatewayDirection ' +
  'isImmediate implementation operationRef renderings parallelMultiple source target name id ' +
  'messageRef calledElement associationDirection incomingConversationLinks ' +
  'outgoingConversationLinks oneBehaviorEventRef noneBehaviorEventRef resources ' +
  'modelerConfigurationTemplate modelerConfigurationName versionTag';

/** What is run, of BPMN and of the `zeebe:` namespace; all other types are refused or drawings. */
const RUN =
  'Process SequenceFlow StartEvent EndEvent IntermediateCatchEvent IntermediateThrowEvent ' +
  'BoundaryEvent UserTask ServiceTask SendTask BusinessRuleTask ReceiveTask ManualTask Task ' +
  'CallActivity SubProcess ExclusiveGateway InclusiveGateway ParallelGateway EventBasedGateway ' +
  'MultiInstanceLoopCharacteristics StandardLoopCharacteristics ErrorEventDefinition ' +
  'EscalationEventDefinition SignalEventDefinition MessageEventDefinition TerminateEventDefinition ' +
  'CompensateEventDefinition TimerEventDefinition LinkEventDefinition ConditionalEventDefinition ' +
  'Message Signal Error Escalation FormalExpression Association';

/** Of types that are refused, or that only other types are made of; and what says nothing. */
const OTHER = new Set(
  'AdHoc ZeebeServiceTask InputOutputParameter UserTaskForm VersionTag UserTask'.split(' '),
);

describe('what a model says is acted on, idle, or refused', () => {
  const idle = new Set(IDLE.split(' '));

  for (const type of RUN.split(' ')) {
    it(`everything that a ${type} of BPMN may say`, () => {
      const open = (BPMN_TYPES.get(type) ?? [])
        .map(({ name }) => name)
        .filter(isOpen('bpmn', type));
      expect(open).to.deep.equal([]);
      expect(BPMN_TYPES.has(type)).to.equal(true);
    });
  }

  for (const [type, properties] of ZEEBE_TYPES) {
    it(`everything that a ${type} of the zeebe namespace may say`, () => {
      const isWhole = UNHEEDED[`zeebe:${type}`]?.[''] !== undefined || isPartOfRefused(type);
      const isKnown = READ[type] !== undefined || OTHER.has(type);
      const isMixin = /Supported$|^TemplatedRootElement$/.test(type);
      expect(isWhole || isKnown || isMixin, type).to.equal(true);
      if (!READ[type]) return;
      const open = properties.map(({ name }) => name).filter(isOpen('zeebe', type));
      expect(open).to.deep.equal([]);
    });
  }

  function isOpen(prefix: string, type: string): (name: string) => boolean {
    const kinds = [type, ...kindsOf(type)];
    const read = new Set(kinds.flatMap((kind) => READ[kind]?.split(' ') ?? []));
    const refused = new Set(
      kinds.flatMap((kind) => Object.keys(UNHEEDED[`${prefix}:${kind}`] ?? {})),
    );
    return (name) => !read.has(name) && !refused.has(name) && !idle.has(name);
  }
});

function kindsOf(type: string): string[] {
  if (type.endsWith('Event')) return ['Event'];
  if (type.endsWith('EventDefinition')) return ['EventDefinition'];
  if (type.endsWith('Gateway')) return ['Gateway'];
  return /Task$|^SubProcess$|^CallActivity$/.test(type) ? ['Activity'] : [];
}

function isPartOfRefused(type: string): boolean {
  return ['ExecutionListener', 'TaskListener', 'LinkedResource'].includes(type);
}
