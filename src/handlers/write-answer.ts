import type { HandlerDeclaration } from '../engine/handler.js';
import { addPersonalAnswers } from '../inquiries/content.js';
import type { HandlerDependencies } from './case-handler.js';
import { INQUIRY_ID, choiceInput, textInput } from './case-handler.js';

/** Under which key of the case's answers a mail finds what it says to the citizen. */
const KEYS = ['answer', 'notice', 'missing', 'statusText'] as const;

/**
 * Writes what a rule answers for the citizen to read, as a person's form would: so that a clear
 * question is answered without anybody having been asked.
 */
export function writeAnswerHandler({ newId }: HandlerDependencies): HandlerDeclaration {
  return {
    name: 'write-answer',
    title: { nb: 'Skriv svar fra en regel', en: "Write a rule's answer" },
    runs: 'in-step',
    inputs: [
      INQUIRY_ID,
      {
        name: 'key',
        type: 'string',
        required: true,
        choices: KEYS,
        title: { nb: 'Hva teksten er', en: 'What the text is' },
      },
      {
        name: 'text',
        type: 'string',
        required: true,
        title: { nb: 'Teksten', en: 'The text' },
      },
    ],
    outputs: [],
    run: async (input, { tx, tenant, elementId, actor, now }) => {
      const key = choiceInput(input, 'key', KEYS);
      await addPersonalAnswers(tx, tenant, textInput(input, 'inquiryId'), {
        id: newId(),
        formId: elementId,
        taskId: null,
        answers: { [key]: textInput(input, 'text') },
        answeredBy: actor,
        answeredAt: now,
      });
      return {};
    },
  };
}
