import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const LANGUAGES = ['nb', 'nn', 'en'] as const;

const text = z.string().trim().min(1).max(100);
const losSchema = z.object({
  concepts: z.array(
    z.object({
      uri: z.url(),
      names: z.object({ nb: text, nn: text, en: text }),
      words: z.array(text),
    }),
  ),
});
const everydaySchema = z.record(z.string(), z.array(text));

/** Words that tell what a text is about. */
export interface Vocabulary {
  /** Of the national taxonomy, by the concept's address. */
  readonly concepts: ReadonlyMap<string, readonly string[]>;
  /** As citizens say it, by the service's code. */
  readonly everyday: ReadonlyMap<string, readonly string[]>;
}

/**
 * Reads the vocabulary that lies beside the shared models: the part of Los that the services name,
 * and everyday words for them.
 * @throws ZodError when a file is not as it should be
 */
export async function readVocabulary(processes: string): Promise<Vocabulary> {
  const read = async (file: string): Promise<unknown> =>
    JSON.parse(await readFile(join(processes, 'shared', file), 'utf8'));
  const { concepts } = losSchema.parse(await read('los.json'));
  const everyday = everydaySchema.parse(await read('everyday-words.json'));
  return {
    concepts: new Map(
      concepts.map(({ uri, names, words }) => [
        uri,
        [...new Set([...LANGUAGES.map((language) => names[language]), ...words])],
      ]),
    ),
    everyday: new Map(Object.entries(everyday)),
  };
}
