import { z } from 'zod';
import { CHANNELS, OUTCOMES, STATUSES } from '../../inquiries/inquiry.js';
import { dateTime } from './parameters.js';

export const channel = z.enum(CHANNELS);
export const status = z.enum(STATUSES);

const facts = z.object({
  reference: z.string().meta({ examples: ['26-K3F9-2XQ7'] }),
  status,
  service: z.string().meta({ description: 'Code of the service.' }),
  unit: z
    .string()
    .nullable()
    .meta({ description: 'Code of the unit that has it; null until it is routed.' }),
  channel,
  ownWords: z.boolean().meta({ description: 'Whether the text is the citizen’s own words.' }),
  identified: z.boolean().meta({ description: 'Whether it is known who it is from.' }),
  district: z.string().nullable(),
  priority: z.int().meta({ description: '0 to 100; 50 is ordinary.' }),
  receivedAt: dateTime,
  registeredAt: dateTime,
  expectedBy: dateTime.meta({ description: 'When an answer is promised.' }),
  statutoryBy: dateTime.nullable().meta({ description: 'The deadline in law.' }),
  overdue: z.boolean().meta({ description: 'Open past the promise, or closed after it.' }),
  closedAt: dateTime.nullable(),
  outcome: z.enum(OUTCOMES).nullable(),
  archiveReference: z.string().nullable(),
  deidentifiedAt: dateTime.nullable(),
  routing: z
    .record(z.string(), z.json())
    .nullable()
    .meta({ description: 'Why this unit: the decision, the rows that matched, what they asked.' }),
});

/** An inquiry's facts, as lists show them. */
export const inquirySummary = facts.meta({ id: 'InquirySummary' });

const historyEntry = z.object({
  at: dateTime,
  nb: z.string(),
  en: z.string(),
  by: z.string().meta({ description: 'Login of who did it, or the process.' }),
});

const openTask = z.object({
  id: z.string(),
  name: z.string().nullable(),
  assignee: z.string().nullable(),
  candidateGroups: z.array(z.string()),
  dueAt: dateTime.nullable(),
});

/** An inquiry with its story, its open tasks, and what was said by whom. */
export const inquiryDetail = facts
  .extend({
    history: z.array(historyEntry).meta({ description: 'What happened, oldest first.' }),
    tasks: z.array(openTask).meta({ description: 'What somebody has to do now.' }),
    party: z
      .object({
        kind: z.enum(['person', 'organisation']),
        name: z.string().nullable(),
        phone: z.string().nullable(),
        email: z.string().nullable(),
        language: z.enum(['nb', 'nn', 'en']),
      })
      .nullable()
      .meta({ description: 'Who it is from; null when that is not known, or no longer.' }),
    content: z
      .object({
        subject: z.string().nullable(),
        text: z.string().nullable(),
        address: z.string().nullable(),
        latitude: z.number().nullable(),
        longitude: z.number().nullable(),
      })
      .meta({ description: 'What was said, as it was said.' }),
  })
  .meta({ id: 'Inquiry' });

/** A page of a list. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    nextCursor: z.string().nullable().meta({ description: 'Null on the last page.' }),
  });
