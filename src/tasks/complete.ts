import { demand } from '../access/policy.js';
import type { Principal } from '../access/principal.js';
import type { SortedAnswers } from '../catalogue/answers.js';
import { sortAnswers } from '../catalogue/answers.js';
import type { Form } from '../catalogue/form.js';
import { findForm } from '../catalogue/forms.js';
import type { Tx } from '../db/tx.js';
import type { Outcome } from '../engine/advance.js';
import { applyAnswers } from '../inquiries/case-fields.js';
import { ConflictError, InvalidError } from '../kernel/errors.js';
import type { Id } from '../kernel/ids.js';
import type { JsonObject } from '../kernel/json.js';
import type { Task } from './tasks.js';
import { lockOpenTask, subjectOf, taskVariables } from './tasks.js';
import type { TaskWorkOptions } from './work.js';
import { appendTaskEvent, leads, requireOwn } from './work.js';

/** What completing needs of the engine. */
export interface CompletePort {
  completeTask(
    tx: Tx,
    tenant: string,
    task: { taskId: Id; variables: JsonObject; by: string },
  ): Promise<Outcome>;
  throwTaskError(
    tx: Tx,
    tenant: string,
    error: { taskId: Id; errorCode: string; by: string },
  ): Promise<Outcome>;
}

export interface CompleteOptions extends TaskWorkOptions {
  engine: CompletePort;
  /**
   * At the desk a task must have been taken first, and takes nothing but its form. Engine clients
   * may complete one that nobody has, and give a task without a form any variables.
   */
  surface: 'desk' | 'engine';
}

/**
 * Completes a task with the answers to its form: personal ones become case content, the others
 * process variables. The process moves on in the same transaction.
 * @throws NotFoundError 'task_not_found'
 * @throws ConflictError 'task_not_open' or 'task_not_claimed'
 * @throws ForbiddenError 'task_not_yours' or 'forbidden'
 * @throws InvalidError 'answers_invalid'
 */
export async function completeTask(
  tx: Tx,
  principal: Principal,
  taskId: Id,
  answers: JsonObject,
  options: CompleteOptions,
): Promise<Outcome> {
  const { tenant, username: by } = principal;
  const task = await lockOpenTask(tx, tenant, taskId);
  requireTurn(principal, task, options.surface);
  const sorted = await readAnswers(tx, tenant, task, answers, options.surface);
  const variables = await takeOver(tx, principal, task, sorted, options);
  await appendTaskEvent(tx, principal, task, 'task.completed', options);
  return options.engine.completeTask(tx, tenant, { taskId, variables, by });
}

/**
 * Gives a task up with an error that the process itself handles, such as the wrong unit.
 * @throws as `completeTask`, and InvalidError 'error_not_caught'
 */
export async function rejectTask(
  tx: Tx,
  principal: Principal,
  { taskId, errorCode }: { taskId: Id; errorCode: string },
  options: CompleteOptions,
): Promise<Outcome> {
  const { tenant, username: by } = principal;
  const task = await lockOpenTask(tx, tenant, taskId);
  requireTurn(principal, task, options.surface);
  await appendTaskEvent(tx, principal, task, 'task.rejected', options, { errorCode });
  return options.engine.throwTaskError(tx, tenant, { taskId, errorCode, by });
}

function requireTurn(principal: Principal, task: Task, surface: 'desk' | 'engine'): void {
  if (task.assignee !== null) {
    if (surface === 'desk' || !leads(principal, task)) requireOwn(principal, task);
    return;
  }
  if (surface === 'desk') {
    throw new ConflictError('task_not_claimed', 'Take the task before you complete it.');
  }
  if (!leads(principal, task)) demand(principal, 'tasks.work', subjectOf(task));
}

async function readAnswers(
  tx: Tx,
  tenant: string,
  task: Task,
  answers: JsonObject,
  surface: 'desk' | 'engine',
): Promise<SortedAnswers> {
  if (task.formId === null && surface === 'engine') return { open: answers, personal: {} };
  const scope = await taskVariables(tx, tenant, task.id);
  return sortAnswers(await formOf(tx, tenant, task), answers, { scope });
}

async function formOf(tx: Tx, tenant: string, { formId }: Task): Promise<Pick<Form, 'components'>> {
  if (formId === null) return { components: [] };
  const form = await findForm(tx, tenant, formId);
  if (form) return form;
  throw new ConflictError('form_not_found', `The form ${formId} of this task is not deployed.`);
}

async function takeOver(
  tx: Tx,
  { tenant, username }: Principal,
  { id: taskId, formId, inquiryId }: Task,
  answers: SortedAnswers,
  { clock, newId }: CompleteOptions,
): Promise<JsonObject> {
  if (formId === null) return answers.open;
  if (inquiryId === null) {
    requireNoPersonal(answers);
    return answers.open;
  }
  const change = { tenant, by: username, now: clock(), newId };
  return applyAnswers(tx, change, inquiryId, { formId, taskId, answers });
}

/** Only a case has a store for personal data, and process variables are none. */
function requireNoPersonal({ personal }: SortedAnswers): void {
  const keys = Object.keys(personal);
  if (keys.length === 0) return;
  throw new InvalidError('answers_invalid', 'This process has no case to keep personal data in.', {
    details: keys.map((path) => ({ path, reason: 'is personal, and there is no case' })),
  });
}
