import type { Tx } from '../db/tx.js';
import { readServiceWords } from './service-words.js';
import { readServices } from './services.js';
import { stemsOf } from './stems.js';
import type { Vocabulary } from './vocabulary.js';

/** A word that citizens use about one service and hardly about another. */
export interface WordProposal {
  service: string;
  word: string;
  /** Closed inquiries about this service that say it. */
  inquiries: number;
  /** Their share of all inquiries that say it, 0 to 1. */
  share: number;
}

/** Fewer may be a name; a person decides in any case. */
const FEWEST_INQUIRIES = 3;
const LEAST_SHARE = 0.6;
const MAX_INQUIRIES = 5000;
const MAX_PROPOSALS = 100;

/**
 * Words that might be taught (PvE 3.42: learn from what persons have put right): what closed inquiries
 * say whose service a person has confirmed. Reckoned from the texts that are still kept and stored
 * nowhere, so that a text that retention has emptied teaches no more; a person decides which words
 * are kept, so that no name is learned unseen.
 */
export async function proposeWords(
  tx: Tx,
  tenant: string,
  vocabulary: Vocabulary,
  since: Date,
): Promise<WordProposal[]> {
  const counted = await tx.query<WordProposal & { stem: string }>(COUNT_WORDS, [
    tenant,
    since,
    MAX_INQUIRIES,
    FEWEST_INQUIRIES,
    LEAST_SHARE,
  ]);
  const services = await readServices(tx, tenant);
  const known = await readServiceWords(tx, tenant, services, vocabulary);
  const stems = await stemsOf(
    tx,
    known.map(({ word }) => word),
  );
  const offered = new Set(services.flatMap((one) => (one.retiredAt ? [] : [one.code])));
  const taken = new Set([...stems.values()].flat());
  return counted
    .filter(({ service, stem }) => offered.has(service) && !taken.has(stem))
    .slice(0, MAX_PROPOSALS)
    .map(({ service, word, inquiries, share }) => ({ service, word, inquiries, share }));
}

/** Counted by stem; shown as it is mostly written. */
const COUNT_WORDS = `
  WITH said AS (
    SELECT i.id, i.service_code AS service, unnest(tsvector_to_array(to_tsvector('simple',
      lower(concat_ws(' ', c.subject, c.text))))) AS word
    FROM (SELECT tenant_id, id, service_code FROM inquiry
      WHERE tenant_id = $1 AND closed_at IS NOT NULL AND received_at >= $2
        AND outcome IN ('answered', 'completed', 'rejected')
      ORDER BY received_at DESC LIMIT $3) i
    JOIN inquiry_content c ON c.tenant_id = i.tenant_id AND c.inquiry_id = i.id
    WHERE c.scrubbed_at IS NULL),
  stemmed AS (SELECT id, service, word, (ts_lexize('norwegian_stem', word))[1] AS stem
    FROM said WHERE word ~ '^[[:alpha:]]{4,40}$'),
  counted AS (SELECT service, stem, mode() WITHIN GROUP (ORDER BY word) AS word,
      count(DISTINCT id)::int AS inquiries
    FROM stemmed WHERE stem IS NOT NULL GROUP BY service, stem),
  shared AS (SELECT *, inquiries / sum(inquiries) OVER (PARTITION BY stem) AS share FROM counted)
  SELECT service, word, stem, inquiries, round(share, 2)::float8 AS share FROM shared
  WHERE inquiries >= $4 AND share >= $5::float8 ORDER BY inquiries DESC, service, word`;
