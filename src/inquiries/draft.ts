import { z } from 'zod';
import { parseDateTime } from '../calendar/date-time.js';
import type { InvalidReason } from '../kernel/errors.js';
import { LANGUAGES, PARTY_KINDS } from '../people/party.js';
import { CHANNELS } from './inquiry.js';

const MAX_TEXT = 20_000;

/** Clocks of two machines are never quite alike. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

const dateTime = z.string().refine(isDateTime, 'is not an ISO 8601 date and time');

/** PostgreSQL stores neither the character zero nor half a character. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;

const short = (length: number) =>
  z
    .string()
    .max(length, `is longer than ${length} characters`)
    .refine((text) => !UNSTORABLE.test(text), 'has characters that cannot be stored');

const party = z.strictObject({
  kind: z.enum(PARTY_KINDS).optional().describe('A person unless said otherwise'),
  name: short(1000).optional(),
  phone: short(100).optional().describe('Norwegian unless it begins with + or 00'),
  email: short(1000).optional(),
  language: z.enum(LANGUAGES).optional().describe('What answers are written in'),
});

const location = z
  .strictObject({
    address: short(300).optional(),
    latitude: z.number().min(-90).max(90).optional(),
    longitude: z.number().min(-180).max(180).optional(),
    district: z
      .string()
      .regex(/^[a-zæøå0-9-]{1,60}$/)
      .optional()
      .describe('Code of the part of the municipality, when it is known'),
  })
  .refine(
    (given) => (given.latitude === undefined) === (given.longitude === undefined),
    'needs both latitude and longitude, or neither',
  );

/** The one shape that every channel fills (F037). */
export const inquiryDraftSchema = z.strictObject({
  channel: z.enum(CHANNELS).describe('How it came in'),
  service: short(20).optional().describe('Code of the service; left out while nobody knows'),
  party: party.nullish().describe('Who it is from; left out when it is anonymous'),
  subject: short(300).optional(),
  text: short(MAX_TEXT).default('').describe('What was said or written; kept as it is'),
  ownWords: z
    .boolean()
    .optional()
    .describe("Whether the text is the citizen's own words or those of who wrote it down"),
  location: location.nullish(),
  answers: z
    .record(z.string(), z.json())
    .optional()
    .describe("Answers to the service's form, by key"),
  receivedAt: dateTime.optional().describe('When it came in, if that was earlier than now'),
  expectedBy: dateTime.optional().describe("The case's own deadline, where it brings one"),
});

export type InquiryDraft = z.input<typeof inquiryDraftSchema>;
export type CheckedDraft = z.output<typeof inquiryDraftSchema>;

/** Whoever registers over these channels writes down what somebody else said. */
const RETOLD: readonly CheckedDraft['channel'][] = ['phone', 'visit'];

/** On these the citizen types contact data without anybody looking. */
const SELF_SERVED: readonly CheckedDraft['channel'][] = ['form', 'chat', 'email', 'portal'];

/** Whether the text is in the citizen's own words (F074): what was said, or what the channel means. */
export function isInOwnWords({ ownWords, channel }: CheckedDraft): boolean {
  return ownWords ?? !RETOLD.includes(channel);
}

export function isSelfServed({ channel }: CheckedDraft): boolean {
  return SELF_SERVED.includes(channel);
}

/** The draft as it should be, or every reason why it is not; no reason repeats what was written. */
export function readDraft(
  input: unknown,
  now: Date,
): { draft: CheckedDraft | undefined; reasons: InvalidReason[] } {
  const parsed = inquiryDraftSchema.safeParse(input);
  if (!parsed.success) {
    return { draft: undefined, reasons: parsed.error.issues.flatMap(toReasons) };
  }
  const { receivedAt } = parsed.data;
  const reasons: InvalidReason[] = [];
  if (receivedAt && parseDateTime(receivedAt).getTime() > now.getTime() + CLOCK_TOLERANCE_MS) {
    reasons.push({ path: 'receivedAt', reason: 'is in the future' });
  }
  return { draft: parsed.data, reasons };
}

function toReasons(issue: z.core.$ZodIssue): InvalidReason[] {
  const path = issue.path.join('.');
  if (issue.code !== 'unrecognized_keys') return [{ path, reason: issue.message }];
  return issue.keys.map((key) => ({
    path: [...issue.path, key.slice(0, 60)].join('.'),
    reason: 'is not known',
  }));
}

function isDateTime(text: string): boolean {
  try {
    parseDateTime(text);
    return true;
  } catch {
    return false;
  }
}
