import { appendEvent } from '../db/events.js';
import type { Tx } from '../db/tx.js';
import type { Id } from '../kernel/ids.js';
import type { JsonObject } from '../kernel/json.js';

/** Who changes the organisation, and when. */
export interface OrganisationChange {
  tenant: string;
  by: string;
  now: Date;
  newId: () => Id;
}

/** Tells what was changed about a unit (by its code) or a person (by login). */
export function appendOrganisationEvent(
  tx: Tx,
  { tenant, by, now, newId }: OrganisationChange,
  subject: { type: 'unit' | 'staff' | 'reorganisation'; id: string },
  kind: `${'unit' | 'membership' | 'absence' | 'staff' | 'reorganisation'}.${string}`,
  data: JsonObject = {},
): Promise<void> {
  return appendEvent(tx, tenant, {
    id: newId(),
    subjectType: subject.type,
    subjectId: subject.id,
    kind,
    actor: by,
    at: now,
    data,
  });
}
