import type { BpmnElement } from '../model/moddle.js';
import { localType } from '../model/moddle.js';
import type { Placed } from '../model/read-process.js';
import { problem } from './rule.js';
import type { Problem } from './rule.js';

/** Largest number of elements in one process; real ones stay below 200. */
export const MAX_ELEMENTS = 1000;
const MAX_FLOWS = 3000;

/** How deep sub-processes may lie in each other. */
export const MAX_DEPTH = 20;

/**
 * What is too large to be looked at in any detail. Asked before all rules: they may then take the
 * square of what is left.
 */
export function sizeProblems(process: BpmnElement, placed: readonly Placed[]): Problem[] {
  const flows = placed.filter(({ element }) => localType(element) === 'sequenceFlow').length;
  const most = Math.max(0, ...placed.map(({ depth }) => depth));
  return [
    ...(placed.length - flows > MAX_ELEMENTS
      ? [problem(process, `the process has more than ${MAX_ELEMENTS} elements`)]
      : []),
    ...(flows > MAX_FLOWS
      ? [problem(process, `the process has more than ${MAX_FLOWS} sequence flows`)]
      : []),
    ...(most > MAX_DEPTH
      ? [problem(process, `its sub-processes lie more than ${MAX_DEPTH} deep in each other`)]
      : []),
  ];
}
