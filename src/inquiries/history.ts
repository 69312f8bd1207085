import { readEvents } from '../db/events.js';
import type { Tx } from '../db/tx.js';
import { readUnits } from '../people/units.js';
import { wordsFor } from './event-words.js';
import type { Inquiry } from './inquiries.js';
import type { ReadModel } from './milestones.js';
import { readMilestones } from './milestones.js';

/** One line of a case's story, in words a citizen understands. */
export interface HistoryEntry {
  at: string;
  nb: string;
  en: string;
  /** Who did it: staff by login, or the process. Not for citizens. */
  by: string;
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
  const reached = passed.map(({ at, actor, words: { nb, en } }) => ({
    at,
    entry: { nb, en, by: actor },
  }));
  return [...told, ...reached]
    .sort((a, b) => a.at.getTime() - b.at.getTime())
    .map(({ at, entry }) => ({ at: at.toISOString(), ...entry }));
}
