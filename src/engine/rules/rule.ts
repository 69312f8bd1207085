import type { BpmnElement } from '../model/moddle.js';
import type { ProcessModel } from '../model/process-model.js';
import type { Placed } from '../model/read-process.js';

/** Why a model is refused: which element, and a sentence its process owner understands. */
export interface Problem {
  elementId: string | null;
  elementName: string | null;
  reason: string;
}

/** What a rule looks at: the document as drawn, and the model read from it. */
export interface Subject {
  process: BpmnElement;
  placed: readonly Placed[];
  model: ProcessModel;
}

/** One rule finds all its problems; a rule never throws. */
export type Rule = (subject: Subject) => Problem[];

export function problem(element: { id?: string; name?: string | null }, reason: string): Problem {
  return { elementId: element.id ?? null, elementName: element.name ?? null, reason };
}
