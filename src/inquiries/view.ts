import type { JsonObject } from '../kernel/json.js';
import type { Inquiry } from './inquiries.js';
import type { Channel, Outcome, Status } from './inquiry.js';

/** An inquiry's facts as they are shown, person-free. Dates are ISO 8601 in UTC. */
export interface InquiryView {
  reference: string;
  status: Status;
  service: string;
  unit: string | null;
  channel: Channel;
  ownWords: boolean;
  identified: boolean;
  district: string | null;
  priority: number;
  receivedAt: string;
  registeredAt: string;
  expectedBy: string;
  statutoryBy: string | null;
  /** Open although the promised date has passed, or closed after it. */
  overdue: boolean;
  closedAt: string | null;
  outcome: Outcome | null;
  archiveReference: string | null;
  deidentifiedAt: string | null;
  /** Why it is with this unit: the decision, its rows, and what they asked. */
  routing: JsonObject | null;
}

/** How an inquiry is shown at the time `now`. */
export function toView(inquiry: Inquiry, now: Date): InquiryView {
  const { expectedBy, closedAt } = inquiry;
  return {
    reference: inquiry.reference,
    status: inquiry.status,
    service: inquiry.service,
    unit: inquiry.unit,
    channel: inquiry.channel,
    ownWords: inquiry.ownWords,
    identified: inquiry.identified,
    district: inquiry.district,
    priority: inquiry.priority,
    receivedAt: inquiry.receivedAt.toISOString(),
    registeredAt: inquiry.registeredAt.toISOString(),
    expectedBy: expectedBy.toISOString(),
    statutoryBy: toText(inquiry.statutoryBy),
    overdue: expectedBy < (closedAt ?? inquiry.pausedAt ?? now),
    closedAt: toText(closedAt),
    outcome: inquiry.outcome,
    archiveReference: inquiry.archiveReference,
    deidentifiedAt: toText(inquiry.deidentifiedAt),
    routing: inquiry.routing,
  };
}

function toText(date: Date | null): string | null {
  return date?.toISOString() ?? null;
}
