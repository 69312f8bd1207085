import { z } from 'zod';
import { parseDateTime } from '../../calendar/date-time.js';
import { addDuration, parseDuration } from '../../calendar/duration.js';
import { InvalidError, NotFoundError } from '../../kernel/errors.js';
import { defineRoute } from '../route.js';
import { dateTime } from './parameters.js';

/** Beyond this, what the clock passes would take longer to do than anybody waits. */
const MAX_YEARS = 10;

const move = z
  .strictObject({
    advance: z
      .string()
      .optional()
      .meta({ description: 'ISO 8601 duration: `P1D`, `PT4H`, `P1M`.' }),
    to: dateTime.optional(),
  })
  .refine((given) => (given.advance === undefined) !== (given.to === undefined), {
    error: 'needs either advance or to',
  });

/** Moving time, so that a deadline can be seen to pass. Only demo mode has it. */
export const demoRoutes = [
  defineRoute({
    method: 'POST',
    path: '/api/demo/clock',
    name: 'moveDemoClock',
    permission: 'clock.move',
    summary: 'Move the demo clock forwards',
    description:
      'Stops wherever something falls due on the way, and does it: timers, escalations, mails. ' +
      'Only in demo mode; time never goes back, not after a restart either.',
    tags: ['demo'],
    body: move,
    returns: z.object({ now: dateTime.meta({ description: 'What the clock says now.' }) }),
    failures: ['not_found'],
    // Not one transaction: everything on the way has its own.
    writes: false,
    example: { as: 'admin', body: { advance: 'P1D' } },
    async run({ body, now, services }) {
      if (!services.demoClock) throw new NotFoundError('path_not_found', 'This is not demo mode.');
      const target = targetOf(body, now);
      if (target < now) throw refused('the clock goes forwards only');
      const latest = new Date(now);
      latest.setUTCFullYear(latest.getUTCFullYear() + MAX_YEARS);
      if (target > latest) throw refused(`no further than ${MAX_YEARS} years at once`);
      return { now: (await services.demoClock.moveTo(target)).toISOString() };
    },
  }),
];

function targetOf({ advance, to }: z.output<typeof move>, now: Date): Date {
  if (to !== undefined) return parseDateTime(to);
  try {
    return addDuration(now, parseDuration(advance ?? ''));
  } catch {
    throw refused('advance must be an ISO 8601 duration such as P1D');
  }
}

function refused(reason: string): InvalidError {
  return new InvalidError('invalid_request', 'The clock cannot be moved there.', {
    details: [{ path: 'body', reason }],
  });
}
