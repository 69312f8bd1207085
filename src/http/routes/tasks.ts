import { z } from 'zod';
import { can } from '../../access/policy.js';
import { findFormToAnswer } from '../../catalogue/forms.js';
import { readReference } from '../../inquiries/reference.js';
import { NotFoundError } from '../../kernel/errors.js';
import type { JsonObject } from '../../kernel/json.js';
import { getTask, subjectOf, taskVariables } from '../../tasks/tasks.js';
import { readWorklist, toTaskView } from '../../tasks/worklist.js';
import { defineRoute } from '../route.js';
import { pageOf } from './inquiry-schemas.js';
import { cursor, flag, id, limit } from './parameters.js';
import { taskDetail, taskView } from './task-schemas.js';
import { taskWorkRoutes } from './task-work.js';

const list = defineRoute({
  method: 'GET',
  path: '/api/tasks',
  name: 'listTasks',
  permission: 'tasks.read',
  summary: 'Open tasks, the most urgent first',
  description: 'One’s own, those one may take, and those of one’s units’ inquiries.',
  tags: ['tasks'],
  query: z.strictObject({
    mine: flag.meta({ description: 'Those I have taken, or all others.' }),
    assigned: flag.meta({ description: 'Those somebody has taken, or those nobody has.' }),
    overdue: flag,
    group: z.string().max(60).optional().meta({ description: 'Code of a unit, or a role.' }),
    service: z.string().max(20).optional(),
    inquiry: z.string().max(60).optional().meta({ description: 'Reference of an inquiry.' }),
    cursor,
    limit,
  }),
  returns: pageOf(taskView),
  example: { as: 'caseworker', query: { mine: 'false', group: 'VAR' } },
  run({ tx, principal, query: { inquiry, ...rest }, now }) {
    // What is no reference at all is the reference of nothing.
    const reference = inquiry === undefined ? undefined : (readReference(inquiry) ?? '');
    return readWorklist(tx, principal, { ...rest, reference }, now);
  },
});

const get = defineRoute({
  method: 'GET',
  path: '/api/tasks/{id}',
  name: 'getTask',
  permission: 'tasks.read',
  summary: 'One task, with the form to answer',
  tags: ['tasks'],
  params: z.strictObject({ id }),
  returns: taskDetail,
  failures: ['not_found'],
  example: { as: 'caseworker', params: { id: '912726453915746304' } },
  async run({ tx, principal, params, now }) {
    const { tenant } = principal;
    const task = await getTask(tx, tenant, params.id);
    if (!can(principal, 'tasks.read', subjectOf(task))) {
      throw new NotFoundError('task_not_found', 'There is no such task.');
    }
    const form = task.formId === null ? undefined : await findFormToAnswer(tx, tenant, task.formId);
    return {
      ...toTaskView(task, now),
      form: (form as JsonObject | undefined) ?? null,
      variables: await taskVariables(tx, tenant, task.id),
    };
  },
});

/** What somebody has to do now. */
export const taskRoutes = [list, get, ...taskWorkRoutes];
