import { BpmnModdle } from 'bpmn-moddle';
import serialize, { TypeResolver } from 'moddle-context-serializer';
import { elements } from '../elements/elements.js';
import type { ElementModel, FlowModel, ProcessModel } from './process-model.js';

/** Stands for the length of a repeated activity's list, which the live instance knows. */
export const LOOP_COUNT = 'saksflyt:loop-count';

/** What the engine is built from; shared by all instances of a version. */
export interface CompiledSource {
  id: string;
  type: string;
}

/**
 * Compiles a checked model into what the engine loads: bare structure, without expressions, scripts,
 * texts or pools, so that nothing in a drawing can reach an evaluator by accident.
 */
export async function compileSource(model: ProcessModel): Promise<CompiledSource> {
  const moddle = new BpmnModdle();
  const parsed = await moddle.fromXML(structure(model));
  const resolver = TypeResolver(elements as never);
  return serialize(parsed, resolver as never) as unknown as CompiledSource;
}

function structure(model: ProcessModel): string {
  const codes = new Set<string>();
  for (const { error } of model.elements.values()) if (error?.code) codes.add(error.code);
  const errors = new Map([...codes].map((code, index) => [code, `error_${index}`]));
  const declared = [...errors].map(
    ([code, id]) => `<error id="${id}" name="${escape(code)}" errorCode="${escape(code)}"/>`,
  );
  return `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="definitions" targetNamespace="saksflyt">
${declared.join('')}<process id="${model.processId}" isExecutable="true">${scope(model, model.processId, errors)}</process>
</definitions>`;
}

function scope(model: ProcessModel, scopeId: string, errors: Map<string, string>): string {
  const inside = [...model.elements.values()].filter(({ parentId }) => parentId === scopeId);
  const flows = model.flows.filter(({ parentId }) => parentId === scopeId);
  return [...inside.map((element) => node(model, element, errors)), ...flows.map(flow)].join('');
}

function node(model: ProcessModel, element: ElementModel, errors: Map<string, string>): string {
  const attached = element.attachedTo
    ? ` attachedToRef="${element.attachedTo}" cancelActivity="${element.interrupting}"`
    : '';
  const body = trigger(element, errors) + loop(element) + scope(model, element.id, errors);
  return `<${element.type} id="${element.id}"${attached}>${body}</${element.type}>`;
}

/** A start message has already come when an instance is made, so it is no wait. */
function trigger(element: ElementModel, errors: Map<string, string>): string {
  if (element.type === 'startEvent' || element.type === 'receiveTask') return '';
  if (element.timer) return '<timerEventDefinition/>';
  if (element.message) return '<messageEventDefinition/>';
  if (element.terminate) return '<terminateEventDefinition/>';
  if (!element.error) return '';
  const ref = element.error.code ? ` errorRef="${errors.get(element.error.code)}"` : '';
  return `<errorEventDefinition${ref}/>`;
}

function loop(element: ElementModel): string {
  if (!element.loop) return '';
  return `<multiInstanceLoopCharacteristics isSequential="${element.loop.sequential}"><loopCardinality>${LOOP_COUNT}</loopCardinality></multiInstanceLoopCharacteristics>`;
}

function flow({ id, sourceId, targetId }: FlowModel): string {
  return `<sequenceFlow id="${id}" sourceRef="${sourceId}" targetRef="${targetId}"/>`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escape(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}
