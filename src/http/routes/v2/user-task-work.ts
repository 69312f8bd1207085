import { z } from 'zod';
import { completeTask } from '../../../tasks/complete.js';
import type { TaskChange } from '../../../tasks/tasks.js';
import { assignTask, changeTask, unassignTask } from '../../../tasks/work.js';
import { defineRoute } from '../../route.js';
import type { RouteRequest } from '../../route.js';
import { dateTimeInput, keyParameter, variables } from './values.js';

const params = keyParameter('userTaskKey');
const example = { as: 'caseworker', params: { userTaskKey: '2251799813685249' } };

/** Named for task listeners, of which there are none here. */
const action = z.string().max(256).nullish().meta({ description: 'Means nothing here.' });

const assign = defineRoute({
  method: 'POST',
  path: '/v2/user-tasks/{userTaskKey}/assignment',
  name: 'assignUserTask',
  permission: 'tasks.work',
  summary: 'Give a task to somebody, or take it',
  tags: ['tasks'],
  params,
  body: z.strictObject({
    assignee: z.string().min(1).max(256),
    allowOverride: z
      .boolean()
      .nullish()
      .meta({ description: 'False keeps it with whoever has it. True by default.' }),
    action,
  }),
  failures: ['not_found', 'conflict'],
  example: { ...example, body: { assignee: 'caseworker', allowOverride: false } },
  async run(request) {
    const { tx, principal, body } = request;
    const { userTaskKey: taskId } = request.params;
    const assignment = {
      taskId,
      assignee: body.assignee,
      allowOverride: body.allowOverride ?? true,
    };
    await assignTask(tx, principal, assignment, optionsOf(request));
    return undefined;
  },
});

const unassign = defineRoute({
  method: 'DELETE',
  path: '/v2/user-tasks/{userTaskKey}/assignee',
  name: 'unassignUserTask',
  permission: 'tasks.work',
  summary: 'Take a task from whoever has it, or give one’s own back',
  tags: ['tasks'],
  params,
  failures: ['not_found', 'conflict'],
  example,
  async run(request) {
    const { tx, principal } = request;
    await unassignTask(tx, principal, request.params.userTaskKey, optionsOf(request));
    return undefined;
  },
});

/** Null or nothing keeps a value; an empty text or list clears it. */
const date = z
  .union(
    [
      dateTimeInput.transform((given) => ({ at: new Date(given) })),
      z.literal('').transform(() => ({ at: null })),
    ],
    {
      error: 'must be a date and time, or an empty text',
    },
  )
  .nullish();

const names = z.array(z.string().min(1).max(256)).max(100).nullish();

const update = defineRoute({
  method: 'PATCH',
  path: '/v2/user-tasks/{userTaskKey}',
  name: 'updateUserTask',
  permission: 'tasks.assign',
  summary: 'Change a task’s dates, candidates or priority',
  description: 'Null or nothing keeps a value; an empty text or list clears it.',
  tags: ['tasks'],
  params,
  body: z.strictObject({
    changeset: z
      .strictObject({
        dueDate: date,
        followUpDate: date,
        candidateGroups: names,
        candidateUsers: names,
        priority: z.int().min(0).max(100).nullish(),
      })
      .nullish(),
    action,
  }),
  failures: ['not_found', 'conflict'],
  example: { ...example, as: 'manager', body: { changeset: { priority: 80 } } },
  async run(request) {
    const { tx, principal, body } = request;
    const { dueDate, followUpDate, candidateGroups, candidateUsers, priority } =
      body.changeset ?? {};
    const change: TaskChange = {
      ...(candidateGroups && { candidateGroups }),
      ...(candidateUsers && { candidateUsers }),
      ...(typeof priority === 'number' && { priority }),
      ...(dueDate && { dueAt: dueDate.at }),
      ...(followUpDate && { followUpAt: followUpDate.at }),
    };
    await changeTask(tx, principal, request.params.userTaskKey, change, optionsOf(request));
    return undefined;
  },
});

const complete = defineRoute({
  method: 'POST',
  path: '/v2/user-tasks/{userTaskKey}/completion',
  name: 'completeUserTask',
  permission: 'tasks.work',
  summary: 'Complete a task',
  description:
    'The variables answer its form: personal ones become case content, the others variables of ' +
    'the process. A task that somebody has is theirs, or their leader’s, to complete.',
  tags: ['tasks'],
  params,
  body: z.strictObject({ variables: variables.nullish(), action }).nullish(),
  failures: ['not_found', 'conflict'],
  example: { ...example, body: { variables: {} } },
  async run(request) {
    const { tx, principal, body, services } = request;
    const options = {
      ...optionsOf(request),
      engine: services.engine,
      surface: 'engine' as const,
    };
    const { userTaskKey } = request.params;
    await completeTask(tx, principal, userTaskKey, body?.variables ?? {}, options);
    return undefined;
  },
});

function optionsOf({ now, services }: Pick<RouteRequest, 'now' | 'services'>) {
  return { clock: () => now, newId: services.newId };
}

/** What people and their clients do with tasks. */
export const userTaskWorkRoutes = [assign, unassign, update, complete];
