import type { HandlerDeclaration, StepHandlerContext } from '../engine/handler.js';
import type { Id } from '../kernel/ids.js';
import type { JsonObject } from '../kernel/json.js';
import type { RetentionRule } from '../privacy/disposals.js';
import { findDisposable } from '../privacy/disposals.js';
import { numberInput } from './case-handler.js';

const RETENTION_CLASSES = ['R6', 'R24', 'RA'] as const;

/** The decision that says how long each class stays (D6). */
const RETENTION_DECISION = 'oppbevaring';

/** Finds the cases whose time is out. Their ids go to the process; nothing else of them does. */
export function selectDisposalHandler(): HandlerDeclaration {
  return {
    name: 'select-disposal',
    title: { nb: 'Velg saker som kan avidentifiseres', en: 'Select cases to de-identify' },
    runs: 'in-step',
    inputs: [
      { name: 'limit', type: 'number', title: { nb: 'Høyst så mange', en: 'At most that many' } },
    ],
    outputs: [
      {
        name: 'selectedCount',
        type: 'number',
        title: { nb: 'Antall saker', en: 'Number of cases' },
      },
    ],
    run: async (input, context) => {
      const limit = Math.trunc(numberInput(input, 'limit', { min: 1, max: 1000, fallback: 200 }));
      const selected: Id[] = [];
      for (const retentionClass of RETENTION_CLASSES) {
        if (selected.length === limit) break;
        const rule = await ruleFor(context, retentionClass);
        const found = { now: context.now, limit: limit - selected.length };
        selected.push(...(await findDisposable(context.tx, context.tenant, rule, found)));
      }
      return { selectedCases: selected, selectedCount: selected.length };
    },
  };
}

async function ruleFor(
  context: StepHandlerContext,
  retentionClass: string,
): Promise<RetentionRule> {
  const { value } = await context.decide(RETENTION_DECISION, { retentionClass });
  const { keep, needsReceipt } = (value ?? {}) as JsonObject;
  if (typeof keep !== 'string') throw new TypeError(`no row says how long ${retentionClass} stays`);
  // Without an answer the careful one: the archive must have it first.
  return { retentionClass, keep, needsReceipt: needsReceipt !== false };
}
