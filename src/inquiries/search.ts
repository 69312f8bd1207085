import type { Tx } from '../db/tx.js';
import type { Inquiry } from './inquiries.js';
import { INQUIRY_COLUMNS } from './inquiries.js';
import type { Channel, Status } from './inquiry.js';
import type { Page } from './page.js';
import { DEFAULT_LIMIT, MAX_LIMIT, readCursor, toPage } from './page.js';
import type { InquiryView } from './view.js';
import { toView } from './view.js';

/** What to look for; everything given must hold. */
export interface InquiryFilter {
  service?: string | undefined;
  unit?: string | undefined;
  status?: Status | undefined;
  channel?: Channel | undefined;
  /** Open and past the promised date, or neither. */
  overdue?: boolean | undefined;
  /** Part of a reference, in any spelling. */
  text?: string | undefined;
  receivedFrom?: Date | undefined;
  receivedBefore?: Date | undefined;
  /**
   * What the asker may see at all: inquiries of these units, and those the asker registered. Left
   * out by whoever may see everything.
   */
  visibleTo?: { units: readonly string[]; registeredBy: string } | undefined;
  cursor?: string | undefined;
  /** At most 200. */
  limit?: number | undefined;
}

/** Inquiries by time of receipt, the newest first. @throws InvalidError 'cursor_invalid' */
export async function searchInquiries(
  tx: Tx,
  tenant: string,
  filter: InquiryFilter,
  now: Date,
): Promise<Page<InquiryView>> {
  const limit = Math.min(filter.limit ?? DEFAULT_LIMIT, MAX_LIMIT);
  const { conditions, values } = conditionsOf(tenant, filter, now);
  const rows = await tx.query<Inquiry>(
    `SELECT ${INQUIRY_COLUMNS} FROM inquiry WHERE ${conditions.join(' AND ')}
     ORDER BY received_at DESC, id DESC LIMIT ${limit + 1}`,
    values,
  );
  return toPage(
    rows,
    limit,
    ({ receivedAt, id }) => ({ at: receivedAt, id }),
    (row) => toView(row, now),
  );
}

function conditionsOf(
  tenant: string,
  filter: InquiryFilter,
  now: Date,
): { conditions: string[]; values: unknown[] } {
  const conditions = ['tenant_id = $1'];
  const values: unknown[] = [tenant];
  /** Each `?` of the condition takes the next value. */
  const add = (condition: string, ...given: unknown[]) => {
    const places = given.map((value) => `$${values.push(value)}`);
    conditions.push(condition.replace(/\?/g, () => places.shift() ?? ''));
  };
  if (filter.service !== undefined) add('service_code = ?', filter.service);
  if (filter.unit !== undefined) add('unit_code = ?', filter.unit);
  if (filter.status !== undefined) add('status = ?', filter.status);
  if (filter.channel !== undefined) add('channel = ?', filter.channel);
  if (filter.overdue !== undefined) {
    add('(closed_at IS NULL AND expected_by < coalesce(paused_at, ?)) = ?', now, filter.overdue);
  }
  if (filter.text !== undefined) {
    const plain = filter.text.toUpperCase().replace(/[^0-9A-Z]/g, '');
    add(`replace(reference, '-', '') LIKE ?`, `%${plain}%`);
  }
  if (filter.receivedFrom) add('received_at >= ?', filter.receivedFrom);
  if (filter.receivedBefore) add('received_at < ?', filter.receivedBefore);
  if (filter.visibleTo) {
    const { units, registeredBy } = filter.visibleTo;
    add('(unit_code = ANY(?) OR registered_by = ?)', units, registeredBy);
  }
  if (filter.cursor !== undefined) {
    const { at, id } = readCursor(filter.cursor);
    add('(received_at, id) < (?, ?)', at, id);
  }
  return { conditions, values };
}
