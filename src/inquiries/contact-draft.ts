import { z } from 'zod';
import { inquiryDraftSchema } from './draft.js';
import { CHANNELS } from './inquiry.js';

/** What came of a conversation, or of one question in it. */
export const CONVERSATION_RESULTS = [
  'answeredNow',
  'registered',
  'callBack',
  'forwarded',
  'statusAsked',
] as const;
export type ConversationResult = (typeof CONVERSATION_RESULTS)[number];

const MAX_QUESTIONS = 20;

const { shape } = inquiryDraftSchema;

const question = z.strictObject({
  reference: z
    .string()
    .max(60)
    .optional()
    .describe('The case that it was asked about; with the result statusAsked, and only then'),
  service: shape.service,
  subject: shape.subject,
  text: shape.text,
  ownWords: shape.ownWords,
  location: shape.location,
  answers: shape.answers,
  result: z
    .enum(CONVERSATION_RESULTS)
    .optional()
    .describe("What came of this question; the conversation's own result when left out"),
  answer: z
    .string()
    .trim()
    .min(1)
    .max(4000)
    .optional()
    .describe('What was answered, where it was answered at once'),
});

/** One conversation or letter, with everything that was asked in it. */
export const contactDraftSchema = z
  .strictObject({
    channel: z.enum(CHANNELS),
    party: shape.party,
    receivedAt: shape.receivedAt.describe('When it came in, if that was earlier than now'),
    startedAt: shape.receivedAt.describe('When the conversation began'),
    endedAt: shape.receivedAt.describe('When it was over'),
    result: z.enum(CONVERSATION_RESULTS).default('registered'),
    callBackBy: shape.receivedAt.describe(
      'When the citizen is called back at the latest; the next working day when left out',
    ),
    sources: z
      .array(z.string().trim().min(1).max(100))
      .max(20)
      .default([])
      .describe('What was looked up to answer: names of registers or pages, nothing personal'),
    callId: z.string().min(1).max(200).optional().describe('Of the telephone call it was'),
    questions: z.array(question).min(1).max(MAX_QUESTIONS),
  })
  .refine(({ startedAt, endedAt }) => !startedAt || !endedAt || startedAt <= endedAt, {
    path: ['endedAt'],
    message: 'is before startedAt',
  })
  .superRefine(({ questions, result }, context) => {
    for (const [at, { reference, result: own = result }] of questions.entries()) {
      if ((own === 'statusAsked') === (reference !== undefined)) continue;
      const message = reference === undefined ? 'is missing' : 'is for status questions only';
      context.addIssue({ code: 'custom', path: ['questions', at, 'reference'], message });
    }
  });

export type ContactDraft = z.output<typeof contactDraftSchema>;
export type QuestionDraft = ContactDraft['questions'][number];
