import { z } from 'zod';
import { dateTime } from './parameters.js';

/** A task as lists show it. */
export const taskView = z
  .object({
    id: z.string(),
    name: z.string().nullable(),
    elementId: z.string().meta({ description: 'Of the model.' }),
    processId: z.string(),
    assignee: z.string().nullable().meta({ description: 'Login of who has taken it.' }),
    candidateGroups: z.array(z.string()).meta({ description: 'Units and roles who may take it.' }),
    candidateUsers: z.array(z.string()),
    formId: z.string().nullable(),
    priority: z.int().meta({ description: '0 to 100; 50 is ordinary.' }),
    createdAt: dateTime,
    dueAt: dateTime.nullable(),
    overdue: z.boolean(),
    unread: z.int().min(0).meta({ description: "How many of its citizen's messages are unread." }),
    reference: z.string().nullable().meta({ description: 'The inquiry it is about.' }),
    service: z.string().nullable(),
    unit: z.string().nullable(),
  })
  .meta({ id: 'Task' });

/** A task with what somebody needs to do it. */
export const taskDetail = taskView
  .extend({
    form: z
      .record(z.string(), z.json())
      .nullable()
      .meta({ description: 'The form to answer, as form-js draws it; null when it has none.' }),
    variables: z
      .record(z.string(), z.json())
      .meta({ description: 'What the task knows of the case; nothing personal.' }),
  })
  .meta({ id: 'TaskDetail' });
