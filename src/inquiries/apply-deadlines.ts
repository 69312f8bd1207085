import { changeService, getServiceRecord } from '../catalogue/change-services.js';
import type { Tx } from '../db/tx.js';
import type { Id } from '../kernel/ids.js';
import { saveUnitCalendar } from '../people/unit-calendars.js';
import { changeRule } from './case-clock.js';
import type { DeadlineChange } from './deadline-change.js';
import { affectedAfter, changedDates, lockChange, movesOf } from './deadline-change.js';
import { lockInquiry } from './inquiries.js';
import { isOpen } from './inquiry.js';
import type { Change } from './lifecycle.js';
import { appendInquiryEvent } from './lifecycle.js';

/**
 * Changes the rule for new cases, and leaves the open ones to `recalculateBatch`. Returns the id of
 * the change.
 * @throws NotFoundError 'service_not_found' or 'unit_not_found'
 */
export async function applyDeadlines(tx: Tx, by: Change, change: DeadlineChange): Promise<Id> {
  if ('service' in change) await changePromise(tx, by, change);
  else await saveUnitCalendar(tx, by.tenant, change.unit, change.calendar, by);
  return recordChange(tx, by, change);
}

/** Notes a rule that has been changed, for `recalculateBatch`. Returns the id of the change. */
export async function recordChange(
  tx: Tx,
  { tenant, by, now, newId }: Change,
  change: DeadlineChange,
): Promise<Id> {
  const id = newId();
  await tx.query(
    `INSERT INTO deadline_change (tenant_id, id, change, made_by, made_at)
     VALUES ($1, $2, $3, $4, $5)`,
    [tenant, id, change, by, now],
  );
  return id;
}

/**
 * Counts the next open cases anew, each with a trace of its own. False when none is left. Whoever
 * runs it again goes on where the last batch was saved.
 * @throws ConflictError 'deadline_change_unknown'
 */
export async function recalculateBatch(
  tx: Tx,
  by: Change,
  changeId: Id,
  size: number,
): Promise<{ hasMore: boolean; moved: number }> {
  const { tenant, now } = by;
  const recorded = await lockChange(tx, tenant, changeId);
  const { change, afterId } = recorded;
  if (recorded.doneAt) return { hasMore: false, moved: recorded.moved };
  const batch = await affectedAfter(tx, tenant, change, afterId, size);
  let { moved } = recorded;
  for (const { id } of batch) moved += await recalculate(tx, by, id, changeId, change);
  const hasMore = batch.length === size;
  await tx.query(
    `UPDATE deadline_change SET after_id = $3, moved = $4, done_at = $5
     WHERE tenant_id = $1 AND id = $2`,
    [tenant, changeId, batch.at(-1)?.id ?? afterId, moved, hasMore ? null : now],
  );
  return { hasMore, moved };
}

async function recalculate(
  tx: Tx,
  by: Change,
  inquiryId: Id,
  changeId: Id,
  change: DeadlineChange,
): Promise<number> {
  const inquiry = await lockInquiry(tx, by.tenant, inquiryId);
  if (!isOpen(inquiry.status)) return 0;
  const { rule, dates } = await changedDates(tx, by.tenant, inquiry, change, by.now);
  const moves = movesOf(inquiry, dates, by.now);
  if (moves.length === 0) return 0;
  const reason = 'service' in change ? 'ruleChanged' : 'calendarChanged';
  await changeRule(tx, by, inquiryId, rule, reason);
  for (const { deadline, from, to } of moves) {
    const data = { deadline, from, to, change: changeId };
    await appendInquiryEvent(tx, by, inquiryId, 'inquiry.recalculated', data);
  }
  return moves.length;
}

/** The service's new version, with its trace, as of any other edit. */
async function changePromise(
  tx: Tx,
  change: Change,
  { service, guarantee, statutory }: Extract<DeadlineChange, { service: string }>,
): Promise<void> {
  const own = (await getServiceRecord(tx, change.tenant, service)).package;
  const next = {
    ...own,
    ...(guarantee !== undefined && { guarantee }),
    ...(statutory !== undefined && { statutory }),
  };
  const reason = guarantee?.basis ?? statutory?.basis ?? 'no deadline any more';
  await changeService(tx, change, service, { package: next, reason });
}
