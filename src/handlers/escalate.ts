import type { HandlerDeclaration } from '../engine/handler.js';
import { DEADLINES, recordBreach } from '../inquiries/breach.js';
import type { HandlerDependencies } from './case-handler.js';
import { INQUIRY_ID, changeIn, choiceInput, numberInput, textInput } from './case-handler.js';

/** Records a missed deadline and lifts the case before others. Telling somebody is `notify`'s work. */
export function escalateHandler({ newId }: HandlerDependencies): HandlerDeclaration {
  return {
    name: 'escalate',
    title: { nb: 'Eskaler fristbrudd', en: 'Escalate a missed deadline' },
    runs: 'in-step',
    inputs: [
      INQUIRY_ID,
      {
        name: 'deadline',
        type: 'string',
        required: true,
        choices: DEADLINES,
        title: { nb: 'Hvilken frist', en: 'Which deadline' },
      },
      { name: 'level', type: 'number', title: { nb: 'Nivå, fra 1', en: 'Level, from 1' } },
    ],
    outputs: [
      { name: 'escalated', type: 'boolean', title: { nb: 'Eskalert', en: 'Escalated' } },
      { name: 'breachId', type: 'string', title: { nb: 'Bruddets id', en: 'Id of the breach' } },
    ],
    run: async (input, context) => {
      const breachId = await recordBreach(context.tx, changeIn(context, newId), {
        inquiryId: textInput(input, 'inquiryId'),
        deadline: choiceInput(input, 'deadline', DEADLINES),
        level: Math.trunc(numberInput(input, 'level', { min: 1, max: 10, fallback: 1 })),
      });
      return { escalated: true, breachId };
    },
  };
}
