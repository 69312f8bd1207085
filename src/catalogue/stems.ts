import type { Tx } from '../db/tx.js';

/** More than all the words of one municipality's catalogue. */
const KEPT = 20_000;

const kept = new Map<string, readonly string[]>();

/**
 * The stems of each text, by PostgreSQL's Norwegian dictionary: inflected forms are one, and words
 * that say nothing are left out. Short texts are remembered, since a catalogue's words are asked for
 * again and again.
 */
export async function stemsOf(
  tx: Tx,
  texts: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const unknown = [...new Set(texts)].filter((text) => !kept.has(text));
  if (kept.size + unknown.length > KEPT) kept.clear();
  const found = new Map<string, readonly string[]>();
  for (const { text, stems } of await askStems(tx, unknown)) found.set(text, stems);
  for (const text of texts) {
    const stems = kept.get(text) ?? found.get(text) ?? [];
    found.set(text, stems);
    kept.set(text, stems);
  }
  return found;
}

/** The stems of what somebody wrote; it is not remembered. */
export async function stemsOfText(tx: Tx, text: string): Promise<readonly string[]> {
  const [row] = await askStems(tx, [text]);
  return row?.stems ?? [];
}

async function askStems(
  tx: Tx,
  texts: readonly string[],
): Promise<{ text: string; stems: string[] }[]> {
  if (texts.length === 0) return [];
  return tx.query(
    `SELECT text, tsvector_to_array(to_tsvector('norwegian', lower(text))) AS stems
     FROM unnest($1::text[]) AS text`,
    [texts],
  );
}
