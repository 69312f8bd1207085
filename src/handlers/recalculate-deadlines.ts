import type { HandlerDeclaration } from '../engine/handler.js';
import { recalculateBatch } from '../inquiries/apply-deadlines.js';
import type { HandlerDependencies } from './case-handler.js';
import { changeIn, textInput } from './case-handler.js';

/** Few enough that nobody waits long for a case that is being counted. */
const BATCH_SIZE = 50;

/** Counts a batch of open cases by a changed rule; the model comes back while there are more. */
export function recalculateDeadlinesHandler({ newId }: HandlerDependencies): HandlerDeclaration {
  return {
    name: 'recalculate-deadlines',
    title: { nb: 'Regn om fristene', en: 'Recalculate deadlines' },
    runs: 'as-job',
    inputs: [
      {
        name: 'changeId',
        type: 'string',
        required: true,
        title: { nb: 'Endringens id', en: 'Id of the change' },
      },
    ],
    outputs: [
      { name: 'moreCases', type: 'boolean', title: { nb: 'Flere saker', en: 'More cases' } },
      { name: 'movedDeadlines', type: 'number', title: { nb: 'Flyttet', en: 'Moved' } },
    ],
    run: async (input, context) => {
      const changeId = textInput(input, 'changeId');
      const change = changeIn(context, newId);
      const { hasMore, moved } = await context.inTransaction((tx) =>
        recalculateBatch(tx, change, changeId, BATCH_SIZE),
      );
      return { moreCases: hasMore, movedDeadlines: moved };
    },
  };
}
