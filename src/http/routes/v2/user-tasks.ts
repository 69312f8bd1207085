import { z } from 'zod';
import type { Principal } from '../../../access/principal.js';
import type { Tx } from '../../../db/tx.js';
import { findTaskForm } from '../../../engine/read/forms.js';
import { NotFoundError } from '../../../kernel/errors.js';
import type { Id } from '../../../kernel/ids.js';
import { findTask, searchTasks } from '../../../tasks/search-tasks.js';
import type { UserTaskRow } from '../../../tasks/search-tasks.js';
import { defineRoute } from '../../route.js';
import { choice, dateTime, integer, keyFilter, tenant, text, variableValues } from './filters.js';
import { presentFound, searchBody, searchResult } from './searching.js';
import { tenantIdOf } from './tenant.js';
import { anyObject, dateTimeText, key, keyParameter, known, tenantId } from './values.js';

const STATES = { created: 'CREATED', completed: 'COMPLETED', canceled: 'CANCELED' } as const;

const task = z
  .object({
    userTaskKey: key,
    elementInstanceKey: key.meta({ description: 'An element’s execution is known by its task.' }),
    processInstanceKey: key,
    processDefinitionKey: key,
    processDefinitionId: z.string(),
    processDefinitionVersion: z.int(),
    processName: z.string().optional(),
    elementId: z.string(),
    name: z.string().optional(),
    state: z.enum(['CREATED', 'COMPLETED', 'CANCELED']),
    assignee: z.string().optional(),
    candidateGroups: z.array(z.string()),
    candidateUsers: z.array(z.string()),
    priority: z.int(),
    creationDate: dateTimeText,
    completionDate: dateTimeText.optional(),
    dueDate: dateTimeText.optional(),
    followUpDate: dateTimeText.optional(),
    formKey: key.optional(),
    tenantId,
  })
  .meta({ id: 'UserTask' });

const search = defineRoute({
  method: 'POST',
  path: '/v2/user-tasks/search',
  name: 'searchUserTasks',
  permission: 'tasks.read',
  summary: 'Find user tasks',
  description: 'Those of one’s own groups and units, and one’s own; an administrator sees all.',
  tags: ['tasks'],
  writes: false,
  body: searchBody(
    {
      userTaskKey: keyFilter,
      elementInstanceKey: keyFilter,
      processInstanceKey: keyFilter,
      processDefinitionKey: keyFilter,
      processDefinitionId: text,
      elementId: text,
      name: text,
      state: choice('CREATED', 'COMPLETED', 'CANCELED'),
      assignee: text,
      candidateGroup: text,
      candidateUser: text,
      priority: integer,
      creationDate: dateTime,
      completionDate: dateTime,
      dueDate: dateTime,
      followUpDate: dateTime,
      processInstanceVariables: variableValues,
      localVariables: variableValues,
      tenantId: tenant,
    },
    ['creationDate', 'completionDate', 'dueDate', 'followUpDate', 'priority', 'name'],
  ),
  returns: searchResult(task),
  example: {
    as: 'caseworker',
    body: { filter: { state: 'CREATED', assignee: { $exists: false } } },
  },
  run: async ({ tx, principal, body }) =>
    presentFound(await searchTasks(tx, principal, body), (row) => present(row, principal.tenant)),
});

const get = defineRoute({
  method: 'GET',
  path: '/v2/user-tasks/{userTaskKey}',
  name: 'getUserTask',
  permission: 'tasks.read',
  summary: 'One user task',
  tags: ['tasks'],
  params: keyParameter('userTaskKey'),
  returns: task,
  failures: ['not_found'],
  example: { as: 'caseworker', params: { userTaskKey: '2251799813685249' } },
  run: async ({ tx, principal, params }) =>
    present(await readTask(tx, principal, params.userTaskKey), principal.tenant),
});

const getForm = defineRoute({
  method: 'GET',
  path: '/v2/user-tasks/{userTaskKey}/form',
  name: 'getUserTaskForm',
  permission: 'tasks.read',
  summary: 'The form of a task, in its newest version',
  description: 'Answers 204 when the task has no form.',
  tags: ['tasks'],
  params: keyParameter('userTaskKey'),
  returns: z
    .object({
      formKey: key,
      formId: z.string(),
      version: z.int(),
      schema: anyObject.meta({ description: 'A form-js form.' }),
      tenantId,
    })
    .optional(),
  failures: ['not_found'],
  example: { as: 'caseworker', params: { userTaskKey: '2251799813685249' } },
  async run({ tx, principal, params: { userTaskKey } }) {
    await readTask(tx, principal, userTaskKey);
    const form = await findTaskForm(tx, principal.tenant, userTaskKey);
    if (!form) return undefined;
    const { id, ...shown } = form;
    return { formKey: id, ...shown, tenantId: tenantIdOf(principal.tenant) };
  },
});

/** @throws NotFoundError 'task_not_found', also for a task that others see */
export async function readTask(tx: Tx, principal: Principal, id: Id): Promise<UserTaskRow> {
  const row = await findTask(tx, principal, id);
  if (row) return row;
  throw new NotFoundError('task_not_found', `There is no user task ${id} for you.`);
}

function present(row: UserTaskRow, own: string): z.input<typeof task> {
  return known({
    userTaskKey: row.id,
    elementInstanceKey: row.id,
    processInstanceKey: row.instanceId,
    processDefinitionKey: row.definitionId,
    processDefinitionId: row.processId,
    processDefinitionVersion: row.version,
    processName: row.processName,
    elementId: row.elementId,
    name: row.name,
    state: STATES[row.state],
    assignee: row.assignee,
    candidateGroups: row.candidateGroups,
    candidateUsers: row.candidateUsers,
    priority: row.priority,
    creationDate: row.createdAt.toISOString(),
    completionDate: row.state === 'completed' ? (row.endedAt?.toISOString() ?? null) : null,
    dueDate: row.dueAt?.toISOString() ?? null,
    followUpDate: row.followUpAt?.toISOString() ?? null,
    formKey: row.formKey,
    tenantId: tenantIdOf(own),
  });
}

/** What can be read of user tasks. */
export const userTaskRoutes = [search, get, getForm];
