import type { Tx } from '../db/tx.js';
import type { Service } from './services.js';
import type { Vocabulary } from './vocabulary.js';

/** Where a word for a service comes from. */
export type WordSource = 'name' | 'los' | 'everyday' | 'learned';

/** A word or phrase that speaks for a service. */
export interface ServiceWord {
  service: string;
  word: string;
  source: WordSource;
}

/** Everything that speaks for these services: what the vocabulary has, and what persons have added. */
export async function readServiceWords(
  tx: Tx,
  tenant: string,
  services: readonly Service[],
  vocabulary: Vocabulary,
): Promise<ServiceWord[]> {
  const known = services.flatMap(({ code, names, los }) => [
    ...Object.values(names).map((word) => toWord(code, word, 'name')),
    ...los.flatMap((uri) =>
      (vocabulary.concepts.get(uri) ?? []).map((word) => toWord(code, word, 'los')),
    ),
    ...(vocabulary.everyday.get(code) ?? []).map((word) => toWord(code, word, 'everyday')),
  ]);
  const learned = await tx.query<{ service: string; word: string }>(
    `SELECT service_code AS service, word FROM service_word WHERE tenant_id = $1
     ORDER BY service_code, word`,
    [tenant],
  );
  return [...known, ...learned.map(({ service, word }) => toWord(service, word, 'learned'))];
}

/** Gives a service a word. One that it has already stays as it was. */
export async function addServiceWord(
  tx: Tx,
  tenant: string,
  { service, word, by, now }: { service: string; word: string; by: string; now: Date },
): Promise<void> {
  await tx.query(
    `INSERT INTO service_word (tenant_id, service_code, word, added_by, added_at)
     VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
    [tenant, service, word.trim().toLowerCase(), by, now],
  );
}

/** Takes a word from a service again. False when it had none such. */
export async function removeServiceWord(
  tx: Tx,
  tenant: string,
  { service, word }: { service: string; word: string },
): Promise<boolean> {
  const removed = await tx.query(
    `DELETE FROM service_word WHERE tenant_id = $1 AND service_code = $2 AND word = $3
     RETURNING word`,
    [tenant, service, word.trim().toLowerCase()],
  );
  return removed.length === 1;
}

function toWord(service: string, word: string, source: WordSource): ServiceWord {
  return { service, word: word.toLowerCase(), source };
}
