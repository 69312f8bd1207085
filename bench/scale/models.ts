import { file, flow, TASK_EXTENSIONS } from '../scenario.js';

/** A process as it is deployed. */
export interface BenchModel {
  processId: string;
  xml: string;
}

const task = (id: string): string => `<bpmn:userTask id="${id}">${TASK_EXTENSIONS}</bpmn:userTask>`;

/** One task that is sent back for rework for as long as `again` is true. */
export const reworkLoop: BenchModel = {
  processId: 'rework',
  xml: file(
    'rework',
    `<bpmn:startEvent id="start"/>${task('work')}
    <bpmn:exclusiveGateway id="choice" default="choice_done"/><bpmn:endEvent id="done"/>
    ${flow('start', 'work')}${flow('work', 'choice')}${flow('choice', 'work', '=again')}
    ${flow('choice', 'done')}`,
  ),
};

/** So many user tasks, one after the other. */
export function chainOf(count: number): BenchModel {
  const ids = Array.from({ length: count }, (_, index) => `work${index + 1}`);
  const stops = ['start', ...ids, 'done'];
  const flows = stops.slice(1).map((id, index) => flow(stops[index] ?? '', id));
  const processId = `chain-${count}`;
  return {
    processId,
    xml: file(
      processId,
      `<bpmn:startEvent id="start"/>${ids.map(task).join('')}<bpmn:endEvent id="done"/>${flows.join('')}`,
    ),
  };
}

/** Rests until a message with its `inquiryId` comes. */
export const messageWait: BenchModel = {
  processId: 'answered',
  xml: file(
    'answered',
    `<bpmn:startEvent id="start"/><bpmn:intermediateCatchEvent id="answer">
    <bpmn:messageEventDefinition messageRef="message"/></bpmn:intermediateCatchEvent>
    <bpmn:endEvent id="done"/>${flow('start', 'answer')}${flow('answer', 'done')}`,
  ).replace(
    '<bpmn:process',
    `<bpmn:message id="message" name="answer"><bpmn:extensionElements>
    <zeebe:subscription correlationKey="=inquiryId"/></bpmn:extensionElements></bpmn:message>
    <bpmn:process`,
  ),
};

/** Rests until an external worker has done its job. */
export const externalJob: BenchModel = {
  processId: 'handed-out',
  xml: file(
    'handed-out',
    `<bpmn:startEvent id="start"/><bpmn:serviceTask id="outside"><bpmn:extensionElements>
    <zeebe:taskDefinition type="outside"/></bpmn:extensionElements></bpmn:serviceTask>
    <bpmn:endEvent id="done"/>${flow('start', 'outside')}${flow('outside', 'done')}`,
  ),
};
