import type { FieldDeclaration } from '../engine/handler.js';

/** The handlers that lead a crisis work on it, not on a case. */
export const CRISIS_ID: FieldDeclaration = {
  name: 'crisisId',
  type: 'string',
  required: true,
  title: { nb: 'Krisens id', en: 'Id of the crisis' },
};
