/** A BPMN file with one executable process, for tests that need no drawing. */
export function bpmn(processId: string, body: string, roots = ''): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="test">
${roots}
<bpmn:process id="${processId}" isExecutable="true">${body}</bpmn:process>
</bpmn:definitions>`;
}

/** `flows('start a end')` connects the elements in a row. */
export function flows(...chains: string[]): string {
  return chains
    .flatMap((chain) => {
      const ids = chain.trim().split(/\s+/);
      return ids.slice(1).map((target, index) => flow(ids[index] ?? '', target));
    })
    .join('');
}

/** One sequence flow, with its FEEL condition. */
export function flow(source: string, target: string, condition?: string): string {
  const inside = condition
    ? `<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${escapeXml(condition)}</bpmn:conditionExpression>`
    : '';
  return `<bpmn:sequenceFlow id="${source}_${target}" sourceRef="${source}" targetRef="${target}">${inside}</bpmn:sequenceFlow>`;
}

export const start = '<bpmn:startEvent id="start"/>';
export const end = '<bpmn:endEvent id="end"/>';

export function userTask(id: string, extensions = '', inside = ''): string {
  return `<bpmn:userTask id="${id}"><bpmn:extensionElements><zeebe:userTask/>${extensions}</bpmn:extensionElements>${inside}</bpmn:userTask>`;
}

export function serviceTask(id: string, type: string, extensions = ''): string {
  return `<bpmn:serviceTask id="${id}"><bpmn:extensionElements><zeebe:taskDefinition type="${type}"/>${extensions}</bpmn:extensionElements></bpmn:serviceTask>`;
}

export function callActivity(id: string, processId: string): string {
  return `<bpmn:callActivity id="${id}"><bpmn:extensionElements><zeebe:calledElement processId="${processId}"/></bpmn:extensionElements></bpmn:callActivity>`;
}

/** `kind` is `timeDuration`, `timeDate` or `timeCycle`. */
export function timer(value: string, kind = 'timeDuration'): string {
  return `<bpmn:timerEventDefinition><bpmn:${kind} xsi:type="bpmn:tFormalExpression">${escapeXml(value)}</bpmn:${kind}></bpmn:timerEventDefinition>`;
}

export function boundary(id: string, host: string, trigger: string, interrupting = true): string {
  return `<bpmn:boundaryEvent id="${id}" attachedToRef="${host}" cancelActivity="${interrupting}">${trigger}</bpmn:boundaryEvent>`;
}

export function catchEvent(id: string, trigger: string): string {
  return `<bpmn:intermediateCatchEvent id="${id}">${trigger}</bpmn:intermediateCatchEvent>`;
}

/** A root message with its correlation key. */
export function message(id: string, name: string, correlationKey = '=caseId'): string {
  return `<bpmn:message id="${id}" name="${name}"><bpmn:extensionElements><zeebe:subscription correlationKey="${correlationKey}"/></bpmn:extensionElements></bpmn:message>`;
}

export function messageTrigger(messageId: string): string {
  return `<bpmn:messageEventDefinition messageRef="${messageId}"/>`;
}

export function subProcess(id: string, inside: string): string {
  return `<bpmn:subProcess id="${id}">${inside}</bpmn:subProcess>`;
}

/** Begins at `<id>-start` by a trigger, and follows one chain of its inner elements. */
export function eventSubProcess(
  id: string,
  trigger: string,
  inside: string,
  chain: string,
  interrupting = true,
): string {
  const begins = `<bpmn:startEvent id="${id}-start" isInterrupting="${interrupting}">${trigger}</bpmn:startEvent>`;
  return `<bpmn:subProcess id="${id}" triggeredByEvent="true">${begins}${inside}${flows(`${id}-start ${chain}`)}</bpmn:subProcess>`;
}

/** Of the root error with this id, or of any. */
export function errorTrigger(errorId?: string): string {
  return `<bpmn:errorEventDefinition${errorId ? ` errorRef="${errorId}"` : ''}/>`;
}

export function escalationTrigger(escalationId?: string): string {
  return `<bpmn:escalationEventDefinition${escalationId ? ` escalationRef="${escalationId}"` : ''}/>`;
}

export function signalTrigger(signalId: string): string {
  return `<bpmn:signalEventDefinition signalRef="${signalId}"/>`;
}

export function conditionTrigger(condition: string): string {
  return `<bpmn:conditionalEventDefinition><bpmn:condition xsi:type="bpmn:tFormalExpression">${escapeXml(condition)}</bpmn:condition></bpmn:conditionalEventDefinition>`;
}

/** Of one activity, or of everything in the scope. */
export function compensateTrigger(activityId?: string): string {
  return `<bpmn:compensateEventDefinition${activityId ? ` activityRef="${activityId}"` : ''}/>`;
}

/** A user task that undoes another, and how it is called. */
export function undoneBy(activityId: string, handlerId: string): string {
  const event = `undo-${activityId}`;
  const handler = userTask(handlerId).replace(
    '<bpmn:userTask',
    '<bpmn:userTask isForCompensation="true"',
  );
  return `${boundary(event, activityId, compensateTrigger())}${handler}<bpmn:association id="${event}-by" sourceRef="${event}" targetRef="${handlerId}" associationDirection="One"/>`;
}

export function throwEvent(id: string, trigger: string): string {
  return `<bpmn:intermediateThrowEvent id="${id}">${trigger}</bpmn:intermediateThrowEvent>`;
}

export function standardLoop(
  condition: string,
  { testBefore = false, maximum }: { testBefore?: boolean; maximum?: number } = {},
): string {
  const most = maximum === undefined ? '' : ` loopMaximum="${maximum}"`;
  return `<bpmn:standardLoopCharacteristics testBefore="${testBefore}"${most}><bpmn:loopCondition xsi:type="bpmn:tFormalExpression">${escapeXml(condition)}</bpmn:loopCondition></bpmn:standardLoopCharacteristics>`;
}

function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
