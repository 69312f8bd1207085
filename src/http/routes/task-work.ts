import { z } from 'zod';
import { getInquiry } from '../../inquiries/inquiries.js';
import { toView } from '../../inquiries/view.js';
import { completeTask, rejectTask } from '../../tasks/complete.js';
import { getTask } from '../../tasks/tasks.js';
import { claimTask, releaseTask } from '../../tasks/work.js';
import { toTaskView } from '../../tasks/worklist.js';
import type { RouteRequest } from '../route.js';
import { defineRoute } from '../route.js';
import { inquirySummary } from './inquiry-schemas.js';
import { id } from './parameters.js';
import { taskView } from './task-schemas.js';

const params = z.strictObject({ id });
const failures = ['not_found', 'conflict'] as const;
const exampleId = { id: '912726453915746304' };

const claim = defineRoute({
  method: 'POST',
  path: '/api/tasks/{id}/claim',
  name: 'claimTask',
  permission: 'tasks.work',
  summary: 'Take a task',
  description: 'Of two who try at once, one gets it and the other a conflict.',
  tags: ['tasks'],
  params,
  returns: taskView,
  failures,
  example: { as: 'caseworker', params: exampleId },
  run: async ({ tx, principal, params: { id: taskId }, now, services }) =>
    toTaskView(await claimTask(tx, principal, taskId, services), now),
});

const release = defineRoute({
  method: 'POST',
  path: '/api/tasks/{id}/release',
  name: 'releaseTask',
  permission: 'tasks.work',
  summary: 'Give a task back to its group',
  tags: ['tasks'],
  params,
  returns: taskView,
  failures,
  example: { as: 'caseworker', params: exampleId },
  run: async ({ tx, principal, params: { id: taskId }, now, services }) =>
    toTaskView(await releaseTask(tx, principal, taskId, services), now),
});

const done = z
  .object({
    id: z.string(),
    state: z.enum(['created', 'completed', 'canceled']),
    inquiry: inquirySummary.nullable().meta({ description: 'The inquiry, as it now stands.' }),
  })
  .meta({ id: 'DoneTask' });

const complete = defineRoute({
  method: 'POST',
  path: '/api/tasks/{id}/complete',
  name: 'completeTask',
  permission: 'tasks.complete',
  summary: 'Complete one’s own task',
  description:
    'With the answers to its form, by key. Personal ones are kept with the case, the others the ' +
    'process can see. The process moves on at once, as far as it gets.',
  tags: ['tasks'],
  params,
  body: z.strictObject({ answers: z.record(z.string(), z.json()).default({}) }),
  returns: done,
  failures,
  example: { as: 'caseworker', params: exampleId, body: { answers: {} } },
  async run(request) {
    const { tx, principal, params: own, body, services } = request;
    const options = { ...services, surface: 'desk' as const };
    await completeTask(tx, principal, own.id, body.answers, options);
    return presentDone(request, own.id);
  },
});

const reject = defineRoute({
  method: 'POST',
  path: '/api/tasks/{id}/reject',
  name: 'rejectTask',
  permission: 'tasks.complete',
  summary: 'Give a task up with an error that its process handles',
  description: 'Such as the wrong unit: the process then goes its way for that.',
  tags: ['tasks'],
  params,
  body: z.strictObject({ errorCode: z.string().min(1).max(100) }),
  returns: done,
  failures,
  example: { as: 'caseworker', params: exampleId, body: { errorCode: 'WRONG_UNIT' } },
  async run(request) {
    const { tx, principal, params: own, body, services } = request;
    const options = { ...services, surface: 'desk' as const };
    await rejectTask(tx, principal, { taskId: own.id, errorCode: body.errorCode }, options);
    return presentDone(request, own.id);
  },
});

async function presentDone(
  { tx, principal: { tenant }, now }: Pick<RouteRequest, 'tx' | 'principal' | 'now'>,
  taskId: string,
): Promise<z.input<typeof done>> {
  const task = await getTask(tx, tenant, taskId);
  const inquiry = task.inquiryId === null ? null : await getInquiry(tx, tenant, task.inquiryId);
  return { id: task.id, state: task.state, inquiry: inquiry && toView(inquiry, now) };
}

/** What changes a task. */
export const taskWorkRoutes = [claim, release, complete, reject];
