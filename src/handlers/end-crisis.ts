import type { HandlerDeclaration } from '../engine/handler.js';
import { evaluateCrisis, finishCrisis } from '../inquiries/crisis.js';
import { takeDownNotices } from '../inquiries/notices.js';
import type { HandlerDependencies } from './case-handler.js';
import { changeIn, choiceInput, numberInput, textInput } from './case-handler.js';
import { CRISIS_ID } from './crisis-handler.js';

const REASONS = ['calm', 'leader'] as const;
const IMPROVEMENTS = ['routine', 'information', 'training', 'equipment', 'none'] as const;

/** Ends crisis mode, and takes the common message down. */
export function endCrisisHandler({ newId }: HandlerDependencies): HandlerDeclaration {
  return {
    name: 'end-crisis',
    title: { nb: 'Slå av krisemodus', en: 'Switch crisis mode off' },
    runs: 'in-step',
    inputs: [
      CRISIS_ID,
      {
        name: 'reason',
        type: 'string',
        required: true,
        choices: REASONS,
        title: { nb: 'Hvorfor', en: 'Why' },
      },
    ],
    outputs: [],
    run: async (input, context) => {
      const change = changeIn(context, newId);
      const crisisId = textInput(input, 'crisisId');
      await finishCrisis(context.tx, change, crisisId, choiceInput(input, 'reason', REASONS));
      await takeDownNotices(context.tx, change, { crisisId });
      return {};
    },
  };
}

/** Keeps what was learned of a crisis: which improvement, whose, and by when (F091). */
export function evaluateCrisisHandler({ newId }: HandlerDependencies): HandlerDeclaration {
  return {
    name: 'evaluate-crisis',
    title: { nb: 'Ta vare på lærdommen', en: 'Keep what was learned' },
    runs: 'in-step',
    inputs: [
      CRISIS_ID,
      {
        name: 'improvement',
        type: 'string',
        required: true,
        choices: IMPROVEMENTS,
        title: { nb: 'Tiltak', en: 'Improvement' },
      },
      { name: 'improvementUnit', type: 'string', title: { nb: 'Eier', en: 'Owner' } },
      { name: 'improvementBy', type: 'date-time', title: { nb: 'Innen', en: 'By' } },
      { name: 'grade', type: 'number', title: { nb: 'Karakter, 1–6', en: 'Grade, 1–6' } },
    ],
    outputs: [],
    run: async (input, context) => {
      const evaluation = {
        improvement: choiceInput(input, 'improvement', IMPROVEMENTS),
        improvementUnit: input['improvementUnit'] ?? null,
        improvementBy: input['improvementBy'] ?? null,
        grade: numberInput(input, 'grade', { min: 1, max: 6 }),
      };
      const crisisId = textInput(input, 'crisisId');
      await evaluateCrisis(context.tx, changeIn(context, newId), crisisId, evaluation);
      return {};
    },
  };
}
