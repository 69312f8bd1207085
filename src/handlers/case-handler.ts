import type { Vocabulary } from '../catalogue/vocabulary.js';
import type { Mailer } from '../channels/mailer.js';
import type { Tx } from '../db/tx.js';
import type { FieldDeclaration } from '../engine/handler.js';
import type { Deadlines } from '../inquiries/deadlines.js';
import type { Change } from '../inquiries/lifecycle.js';
import type { Id } from '../kernel/ids.js';
import type { JsonObject } from '../kernel/json.js';

/** Sends a message to whichever process waits for it, or begins with it. */
export type PublishMessage = (
  tx: Tx,
  tenant: string,
  message: {
    name: string;
    correlationKey: string;
    timeToLiveMs: number;
    messageId: string;
    variables: JsonObject;
    by: string;
  },
) => Promise<unknown>;

/** What the handlers of this application need. */
export interface HandlerDependencies {
  newId: () => Id;
  mailer: Mailer;
  /** Folder of the archive packages. */
  archiveFolder: string;
  /** Where browsers reach the installation. */
  publicUrl: string;
  /** Code of the unit that citizens may always turn to. */
  serviceCentre: string;
  /** Words that tell what an inquiry is about. */
  vocabulary: () => Promise<Vocabulary>;
  /** The engine's `publish`. */
  publish: PublishMessage;
}

/** Every handler works on one inquiry. Models map it or leave it to the process variable. */
export const INQUIRY_ID: FieldDeclaration = {
  name: 'inquiryId',
  type: 'string',
  required: true,
  title: { nb: 'Henvendelsens id', en: 'Id of the inquiry' },
};

/** Where a case's deadlines are after a handler has moved them, for models that wait for them. */
export const DATES: readonly FieldDeclaration[] = [
  { name: 'expectedBy', type: 'date-time', title: { nb: 'Lovet svar', en: 'Promised answer' } },
  { name: 'statutoryBy', type: 'date-time', title: { nb: 'Lovfrist', en: 'Deadline in law' } },
];

export function datesOf({ expectedBy, statutoryBy }: Deadlines): JsonObject {
  return {
    expectedBy: expectedBy.toISOString(),
    statutoryBy: statutoryBy?.toISOString() ?? null,
  };
}

/** Who changes the inquiry when a handler does. */
export function changeIn(
  context: { tenant: string; actor: string; now: Date },
  newId: () => Id,
): Change {
  return { tenant: context.tenant, by: context.actor, now: context.now, newId };
}

/** @throws TypeError when a model gives anything but a text */
export function textInput(input: JsonObject, name: string): string {
  const value = input[name];
  if (typeof value === 'string' && value !== '') return value;
  if (typeof value === 'number') return String(value);
  throw new TypeError(`the input ${name} must be a text`);
}

/** @throws TypeError when a model gives anything but one of the choices */
export function choiceInput<Choice extends string>(
  input: JsonObject,
  name: string,
  choices: readonly Choice[],
): Choice {
  const chosen = choices.find((choice) => choice === input[name]);
  if (chosen !== undefined) return chosen;
  throw new TypeError(`the input ${name} must be one of ${choices.join(', ')}`);
}

/** @throws TypeError when a model gives anything but a number in this range */
export function numberInput(
  input: JsonObject,
  name: string,
  range: { min: number; max: number; fallback?: number },
): number {
  const value = input[name] ?? range.fallback;
  if (typeof value === 'number' && value >= range.min && value <= range.max) return value;
  throw new TypeError(`the input ${name} must be a number from ${range.min} to ${range.max}`);
}
