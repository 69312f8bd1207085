import { z } from 'zod';
import { changeService, getServiceRecord } from '../../catalogue/change-services.js';
import { packageSchema } from '../../catalogue/package.js';
import type { Tx } from '../../db/tx.js';
import { recordChange } from '../../inquiries/apply-deadlines.js';
import type { DeadlineChange } from '../../inquiries/deadline-change.js';
import { deadlineChangeBetween, previewDeadlines } from '../../inquiries/deadline-change.js';
import { ConflictError } from '../../kernel/errors.js';
import type { OrganisationChange } from '../../people/organisation-change.js';
import { defineRoute } from '../route.js';
import { presentService, serviceRecord, version } from './catalogue-schemas.js';
import { changeBy } from './change-by.js';
import { startRecount } from './deadline-changes.js';
import { reason } from './organisation/schemas.js';

const { code: _code, ...fields } = packageSchema.shape;
/** Some of a service's fields; `null` where a field may be nothing. */
// Without their defaults: a field that is left out stays, and does not become empty.
const change = z
  .strictObject({ ...fields, los: fields.los.unwrap(), variants: fields.variants.unwrap() })
  .partial();

/** Changing a service, which shows first what it does to open cases. */
export const editRoute = defineRoute({
  method: 'PATCH',
  path: '/api/services/{code}',
  name: 'changeService',
  permission: 'services.change',
  summary: 'Change a service',
  description:
    'What is left out stays. Who changed what, when and why is kept. Another promise or deadline in ' +
    'law that would move dates of open cases is refused with 409, which shows what it does to them, ' +
    'until `openCases` says what is to become of them.',
  tags: ['services'],
  params: z.strictObject({ code: z.string().max(20) }),
  body: z.strictObject({
    change,
    version,
    reason,
    openCases: z
      .enum(['keep', 'recount'])
      .optional()
      .meta({
        description:
          '`keep`: they keep the promise they were given. `recount`: their dates move too; needs the ' +
          'token of the 409, or of `POST /api/deadlines/preview`.',
      }),
    token: z.string().max(100).optional(),
  }),
  returns: serviceRecord,
  failures: ['not_found', 'conflict'],
  example: {
    as: 'owner',
    params: { code: 'GATELYS' },
    body: {
      change: { guarantee: { workingDays: 8, basis: 'vedtak 14/26' } },
      reason: 'Kommunestyret har vedtatt en kortere frist',
    },
  },
  async run(request) {
    const { tx, principal, params: own, body } = request;
    const before = await getServiceRecord(tx, principal.tenant, own.code);
    const given = Object.entries(body.change).filter(([key]) => key in body.change);
    const next = { ...before.package, ...Object.fromEntries(given) };
    // Without a version the one just read counts: two who change at once still do not mix.
    const wanted = { version: body.version ?? before.version, package: next, reason: body.reason };
    const by = changeBy(request);
    const changed = await changeService(tx, by, own.code, wanted);
    const deadlines = deadlineChangeBetween(before.package, changed.package);
    if (deadlines && (await mayRecount(tx, by, deadlines, body))) {
      const { engine } = request.services;
      await startRecount(tx, { ...by, engine }, await recordChange(tx, by, deadlines));
    }
    return presentService(changed);
  },
});

/**
 * Whether open cases are to be counted anew. Nobody changes them without having seen how.
 * @throws ConflictError 'open_cases_concerned' with the preview, 'world_changed' when it is another
 */
async function mayRecount(
  tx: Tx,
  { tenant, now }: OrganisationChange,
  deadlines: DeadlineChange,
  { openCases, token }: { openCases?: 'keep' | 'recount' | undefined; token?: string | undefined },
): Promise<boolean> {
  if (openCases === 'keep') return false;
  const preview = await previewDeadlines(tx, tenant, deadlines, now);
  if (preview.moved === 0) return false;
  const details = { ...preview, items: preview.items.map((one) => ({ ...one })) };
  if (openCases === undefined || token === undefined) {
    throw new ConflictError(
      'open_cases_concerned',
      `This would move ${preview.moved} dates of open cases. Say what is to become of them.`,
      { details },
    );
  }
  if (token === preview.token) return true;
  throw new ConflictError('world_changed', 'This is not what the preview was of. Look again.', {
    details,
  });
}
