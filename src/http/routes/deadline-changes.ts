import { z } from 'zod';
import { findService } from '../../catalogue/services.js';
import type { Tx } from '../../db/tx.js';
import { applyDeadlines } from '../../inquiries/apply-deadlines.js';
import { deadlineChangeSchema, previewDeadlines } from '../../inquiries/deadline-change.js';
import type { DeadlineChange } from '../../inquiries/deadline-change.js';
import type { StartPort } from '../../inquiries/start-port.js';
import { NotFoundError } from '../../kernel/errors.js';
import type { Id } from '../../kernel/ids.js';
import { EVERY_UNIT, readUnitCalendar } from '../../people/unit-calendars.js';
import { findUnit } from '../../people/units.js';
import { defineRoute } from '../route.js';
import { dateTime } from './parameters.js';

/** The process that counts the open cases anew, batch by batch. */
const PROCESS = 'deadline-change-after';

const deadlinePreview = z
  .object({
    cases: z.int().meta({ description: 'Open cases that the change concerns.' }),
    moved: z.int().meta({ description: 'Dates that move.' }),
    becomeOverdue: z.int(),
    items: z
      .array(
        z.object({
          reference: z.string(),
          deadline: z.enum(['guarantee', 'statutory']),
          from: dateTime.nullable(),
          to: dateTime.nullable(),
          becomesOverdue: z.boolean(),
        }),
      )
      .meta({ description: 'Those that become overdue first; at most 200.' }),
    token: z.string().meta({
      description: 'For `PATCH /api/services/{code}`: that this has been seen.',
    }),
  })
  .meta({ id: 'DeadlinePreview' });

const example = {
  service: 'DUNK',
  guarantee: { workingDays: 5, basis: 'Formannskapet, sak 12/26' },
} as const;

const show = defineRoute({
  method: 'POST',
  path: '/api/deadlines/preview',
  name: 'previewDeadlines',
  permission: 'deadlines.rule',
  summary: 'What a changed rule would do to open cases',
  description:
    'A service’s promise or deadline in law, or a unit’s opening hours and closing days. Changes ' +
    'nothing: says how many dates would move, and which cases would become overdue.',
  tags: ['deadlines'],
  body: deadlineChangeSchema,
  returns: deadlinePreview,
  writes: false,
  failures: ['not_found'],
  example: { as: 'owner', body: example },
  async run({ tx, principal: { tenant }, body, now }) {
    await requireSubject(tx, tenant, body);
    return previewDeadlines(tx, tenant, body, now);
  },
});

const apply = defineRoute({
  method: 'POST',
  path: '/api/deadlines/apply',
  name: 'applyDeadlines',
  permission: 'deadlines.rule',
  summary: 'Change a rule, also for open cases',
  description:
    'New cases follow it at once. A process counts the open ones anew in batches, each case with a ' +
    'trace of its own, and their running timers follow.',
  tags: ['deadlines'],
  body: deadlineChangeSchema,
  returns: z.object({
    changeId: z.string(),
    expected: deadlinePreview.meta({ description: 'What it will do, as the preview says.' }),
  }),
  status: 202,
  failures: ['not_found'],
  example: { as: 'owner', body: example },
  async run({ tx, principal: { tenant, username: by }, body, now, services }) {
    await requireSubject(tx, tenant, body);
    const expected = await previewDeadlines(tx, tenant, body, now);
    const change = { tenant, by, now, newId: services.newId };
    const changeId = await applyDeadlines(tx, change, body);
    await startRecount(tx, { ...change, engine: services.engine }, changeId);
    return { changeId, expected };
  },
});

const calendar = defineRoute({
  method: 'GET',
  path: '/api/units/{code}/calendar',
  name: 'readUnitCalendar',
  permission: 'services.read',
  summary: 'A unit’s opening hours and closing days',
  description:
    'By period, the oldest first: its own, or else those of every unit. None means office hours, ' +
    '08:00 to 15:30 on weekdays. Changed with `POST /api/deadlines/apply`.',
  tags: ['deadlines'],
  params: z.strictObject({ code: z.string().max(20) }),
  returns: z.object({
    items: z.array(
      z.object({
        validFrom: z.string(),
        validTo: z.string().nullable(),
        hours: z.record(z.string(), z.array(z.array(z.string()))),
        closed: z.array(z.string()),
        closedOn: z.array(z.string()),
        movesToWorkingDay: z.boolean(),
      }),
    ),
  }),
  failures: ['not_found'],
  example: { as: 'agent', params: { code: 'VAR' } },
  async run({ tx, principal: { tenant }, params: { code } }) {
    await requireUnit(tx, tenant, code);
    const items = await readUnitCalendar(tx, tenant, code);
    return {
      items: items.map((period) => ({
        ...period,
        hours: Object.fromEntries(
          Object.entries(period.hours).map(([day, spans]) => [day, spans.map((span) => [...span])]),
        ),
        closed: [...period.closed],
        closedOn: [...period.closedOn],
      })),
    };
  },
});

/** Rules and calendars that deadlines are counted by, and what changing them does. */
export const deadlineChangeRoutes = [show, apply, calendar];

/** Lets the open cases be counted anew by a change that has been recorded. */
export async function startRecount(
  tx: Tx,
  { tenant, by, engine, newId }: { tenant: string; by: string; engine: StartPort; newId: () => Id },
  changeId: Id,
): Promise<void> {
  await engine.start(tx, tenant, {
    processId: PROCESS,
    variables: { changeId },
    by,
    instanceId: newId(),
  });
}

async function requireSubject(tx: Tx, tenant: string, change: DeadlineChange): Promise<void> {
  if ('unit' in change) return requireUnit(tx, tenant, change.unit);
  if (await findService(tx, tenant, change.service)) return;
  throw new NotFoundError('service_not_found', `There is no service ${change.service}.`);
}

async function requireUnit(tx: Tx, tenant: string, code: string): Promise<void> {
  if (code === EVERY_UNIT || (await findUnit(tx, tenant, code))) return;
  throw new NotFoundError('unit_not_found', `There is no unit ${code}.`);
}
