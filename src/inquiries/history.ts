import { readEvents } from '../db/events.js';
import type { Tx } from '../db/tx.js';
import type { ProcessModel } from '../engine/model/process-model.js';
import type { Id } from '../kernel/ids.js';
import { readUnits } from '../people/units.js';
import { wordsFor } from './event-words.js';
import type { Inquiry } from './inquiries.js';

/** One line of a case's story, in words a citizen understands. */
export interface HistoryEntry {
  at: string;
  nb: string;
  en: string;
  /** Who did it: staff by login, or the process. Not for citizens. */
  by: string;
}

/** The engine's `model`. */
export type ReadModel = (tx: Tx, tenant: string, definitionId: Id) => Promise<ProcessModel>;

interface Passed {
  at: Date;
  actor: string;
  elementId: string;
  definitionId: Id;
}

/**
 * What happened in a case, oldest first: what was done with it, and the milestones that its
 * processes, and those they called, have passed.
 */
export async function readHistory(
  tx: Tx,
  tenant: string,
  inquiry: Pick<Inquiry, 'id' | 'instanceId'>,
  readModel: ReadModel,
): Promise<HistoryEntry[]> {
  const events = await readEvents(tx, tenant, { type: 'inquiry', id: inquiry.id });
  const units = await readUnits(tx, tenant);
  const unitNames = new Map(units.map(({ code, names }) => [code, names]));
  const told = events.flatMap(({ kind, data, at, actor }) => {
    const words = wordsFor(kind, data, unitNames);
    return words ? [{ at, entry: { ...words, by: actor } }] : [];
  });
  const passed = await readMilestones(tx, tenant, inquiry.instanceId, readModel);
  return [...told, ...passed]
    .sort((a, b) => a.at.getTime() - b.at.getTime())
    .map(({ at, entry }) => ({ at: at.toISOString(), ...entry }));
}

async function readMilestones(
  tx: Tx,
  tenant: string,
  instanceId: Id | null,
  readModel: ReadModel,
): Promise<{ at: Date; entry: Omit<HistoryEntry, 'at'> }[]> {
  const steps = await tx.query<Passed>(
    `SELECT s.at, s.actor, e.value ->> 'id' AS "elementId", p.definition_id AS "definitionId"
     FROM process_instance p
     JOIN step_log s ON s.tenant_id = p.tenant_id AND s.instance_id = p.id
     CROSS JOIN LATERAL jsonb_array_elements(s.elements) WITH ORDINALITY AS e (value, place)
     WHERE p.tenant_id = $1 AND p.root_id = $2 AND e.value ->> 'event' = 'enter'
     ORDER BY s.at, s.instance_id, s.revision, e.place`,
    [tenant, instanceId],
  );
  const found = [];
  for (const { at, actor, elementId, definitionId } of steps) {
    const model = await readModel(tx, tenant, definitionId);
    const properties = model.elements.get(elementId)?.properties ?? {};
    const nb = properties['milestone.nb'];
    if (nb) found.push({ at, entry: { nb, en: properties['milestone.en'] ?? nb, by: actor } });
  }
  return found;
}
