import type { Tx } from '../db/tx.js';
import type { ServiceWord, WordSource } from './service-words.js';
import { readServiceWords } from './service-words.js';
import { readOffered } from './services.js';
import { stemsOf, stemsOfText } from './stems.js';
import type { Vocabulary } from './vocabulary.js';

/** A service that a text may be about. */
export interface Suggestion {
  service: string;
  /** 0 to 1: how much of what the text says speaks for this service and no other. */
  score: number;
  /** The catalogue's words that the text has, the weightiest first; never the text's own. */
  reasons: { word: string; source: WordSource }[];
}

const MAX_SUGGESTIONS = 3;
const MAX_REASONS = 5;

/** What a person has taught weighs as much as everyday words; a taxonomy's words are wide. */
const WEIGHT: Readonly<Record<WordSource, number>> = { name: 2, los: 2, everyday: 3, learned: 3 };

/** So much of doubt remains, however clearly a single word speaks. */
const DOUBT = 1.5;

/** A stem this long may be one half of a compound: «søppeldunk», «gatelysfeil». */
const SHORTEST_HALF = 4;

/** An ending that the dictionary has left: «veien» beside «vei». */
const LONGEST_ENDING = 2;
const SHORTEST_STEM = 3;

/**
 * The services that a text is most likely about, at most three, the likeliest first (F050). Two that
 * the text speaks for alike share the score, so that neither is sure.
 */
export async function suggestServices(
  tx: Tx,
  tenant: string,
  text: string,
  vocabulary: Vocabulary,
): Promise<Suggestion[]> {
  const services = await readOffered(tx, tenant);
  const offered = new Set(services.map(({ code }) => code));
  const known = await readServiceWords(tx, tenant, services, vocabulary);
  const words = known.filter(({ service }) => offered.has(service));
  const stems = await stemsOf(
    tx,
    words.map(({ word }) => word),
  );
  const said = await stemsOfText(tx, text);
  const spread = countServices(words, stems);
  const hits = words.flatMap((word) => {
    const parts = stems.get(word.word) ?? [];
    const weight = weigh(parts, said, spread) * WEIGHT[word.source];
    return weight > 0 ? [{ ...word, stems: parts, weight }] : [];
  });
  return rank(hits);
}

interface Hit extends ServiceWord {
  stems: readonly string[];
  weight: number;
}

function rank(hits: readonly Hit[]): Suggestion[] {
  const services = [...new Set(hits.map(({ service }) => service))];
  const totals = services.map((service) => ({
    service,
    ...sumUp(hits.filter((hit) => hit.service === service)),
  }));
  const all = totals.reduce((sum, { weight }) => sum + weight, 0);
  return totals
    .sort((a, b) => b.weight - a.weight || a.service.localeCompare(b.service))
    .slice(0, MAX_SUGGESTIONS)
    .map(({ service, weight, reasons }) => ({
      service,
      score: Math.round((weight / (all + DOUBT)) * 100) / 100,
      reasons,
    }));
}

/** The same stem said by several words counts once, as the weightiest of them. */
function sumUp(hits: readonly Hit[]): { weight: number; reasons: Suggestion['reasons'] } {
  const used = new Set<string>();
  const counted = [...hits]
    .sort((a, b) => b.weight - a.weight || a.word.localeCompare(b.word))
    .filter(({ stems }) => {
      if (stems.every((stem) => used.has(stem))) return false;
      for (const stem of stems) used.add(stem);
      return true;
    });
  return {
    weight: counted.reduce((sum, { weight }) => sum + weight, 0),
    reasons: counted.slice(0, MAX_REASONS).map(({ word, source }) => ({ word, source })),
  };
}

/** A phrase speaks only when all of it is said; it then weighs more than each of its words. */
function weigh(
  parts: readonly string[],
  said: readonly string[],
  spread: ReadonlyMap<string, number>,
): number {
  let weight = 0;
  for (const part of parts) {
    const likeness = Math.max(0, ...said.map((stem) => likenessOf(part, stem)));
    if (likeness === 0) return 0;
    weight += likeness / (spread.get(part) ?? 1);
  }
  return weight;
}

/** 1 for the same stem, less for one that is a half of a compound or has an ending left. */
function likenessOf(part: string, said: string): number {
  if (part === said) return 1;
  const [short, long] = part.length < said.length ? [part, said] : [said, part];
  if (short.length >= SHORTEST_STEM && long.startsWith(short)) {
    if (long.length - short.length <= LONGEST_ENDING) return 0.8;
  }
  if (short !== part || part.length < SHORTEST_HALF) return 0;
  return long.endsWith(short) || long.startsWith(short) ? 0.6 : 0;
}

/** By how many services each stem is used: what several use tells little of any. */
function countServices(
  words: readonly ServiceWord[],
  stems: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, number> {
  const users = new Map<string, Set<string>>();
  for (const { service, word } of words) {
    for (const stem of stems.get(word) ?? []) {
      users.set(stem, (users.get(stem) ?? new Set()).add(service));
    }
  }
  return new Map([...users].map(([stem, services]) => [stem, services.size]));
}
