import { z } from 'zod';
import { fieldsOf } from '../../channels/check-text.js';
import type { MessageLanguage, Template } from '../../channels/kinds.js';
import { FACT_NAMES, MESSAGE_LANGUAGES, REQUIRED_FACTS, TEMPLATES } from '../../channels/kinds.js';
import { DEFAULT_TEXTS } from '../../channels/messages.js';
import type { OwnText } from '../../channels/own-texts.js';
import { dateTime } from './parameters.js';

export const language = z.enum(MESSAGE_LANGUAGES);
export const template = z.string().max(60);
const CONTROL = /[^\P{Cc}\n\t]/u;

export const text = {
  subject: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .regex(/^\P{Cc}*$/u, 'must be one line'),
  body: z
    .string()
    .transform((typed) => typed.replace(/\r\n?/g, '\n').trim())
    .refine((typed) => typed !== '' && typed.length <= 10_000, 'must have 1 to 10000 characters')
    .refine((typed) => !CONTROL.test(typed), 'has characters that no reader shows'),
};
export const version = z
  .int()
  .min(0)
  .optional()
  .meta({ description: 'The one that was read; refused with 409 when it is no longer so.' });

export const shownText = z
  .object({
    language,
    isOwn: z.boolean().meta({ description: 'False: the built-in text.' }),
    version: z.int().meta({ description: '0 when nobody has ever changed it.' }),
    subject: z.string(),
    body: z.string().meta({
      description:
        'Braces name facts. A part in square brackets is left out when a fact it names is missing, ' +
        'and so is a paragraph.',
    }),
    builtIn: z.object({ subject: z.string(), body: z.string() }),
    changedAt: dateTime.nullable(),
    changedBy: z.string().nullable(),
  })
  .meta({ id: 'MessageText' });

export const kind = z
  .object({
    template: z.enum(TEMPLATES),
    fields: z.array(
      z.object({
        name: z.enum(FACT_NAMES),
        required: z.boolean().meta({ description: 'A text that does not say it is refused.' }),
      }),
    ),
    texts: z.array(shownText),
  })
  .meta({ id: 'MessageKind' });

/** A kind with all its texts, from what the municipality has changed. */
export function presentKind(asked: Template, own: readonly OwnText[]) {
  const required = REQUIRED_FACTS[asked];
  return {
    template: asked,
    fields: fieldsOf(asked).map((name) => ({ name, required: required.includes(name) })),
    texts: MESSAGE_LANGUAGES.map((one) =>
      presentText(
        { template: asked, language: one },
        own.find((kept) => kept.template === asked && kept.language === one),
      ),
    ),
  };
}

/** One text; `own` is the newest version, if there ever was one. */
export function presentText(
  which: { template: Template; language: MessageLanguage },
  own: OwnText | undefined,
) {
  const builtIn = DEFAULT_TEXTS[which.language][which.template];
  return {
    language: which.language,
    isOwn: typeof own?.body === 'string',
    version: own?.version ?? 0,
    subject: own?.subject ?? builtIn.subject,
    body: own?.body ?? builtIn.body,
    builtIn,
    changedAt: own?.changedAt.toISOString() ?? null,
    changedBy: own?.changedBy ?? null,
  };
}
