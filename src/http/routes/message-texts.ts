import { z } from 'zod';
import type { Template } from '../../channels/kinds.js';
import { MESSAGE_LANGUAGES, TEMPLATES } from '../../channels/kinds.js';
import { readOwnTexts, readTextHistory, resetText, saveOwnText } from '../../channels/own-texts.js';
import { previewText } from '../../channels/preview-text.js';
import { NotFoundError } from '../../kernel/errors.js';
import { defineRoute } from '../route.js';
import { changeBy } from './change-by.js';
import {
  kind,
  language,
  presentKind,
  presentText,
  shownText,
  template,
  text,
  version,
} from './message-text-schemas.js';
import { dateTime } from './parameters.js';

const oneText = z.strictObject({ template, language: z.string().max(10) });
const READER = { as: 'manager', params: { template: 'answered', language: 'nb' } } as const;

const list = defineRoute({
  method: 'GET',
  path: '/api/message-texts',
  name: 'listMessageTexts',
  permission: 'messageTexts.change',
  summary: 'Every kind of message that is sent by itself, and its texts',
  description: 'With what a text of the kind may name between braces, and what it must name.',
  tags: ['messages'],
  returns: z.object({ items: z.array(kind) }),
  example: { as: 'manager' },
  async run({ tx, principal }) {
    const own = await readOwnTexts(tx, principal.tenant);
    return { items: TEMPLATES.map((one) => presentKind(one, own)) };
  },
});

const read = defineRoute({
  method: 'GET',
  path: '/api/message-texts/{template}',
  name: 'getMessageTexts',
  permission: 'messageTexts.change',
  summary: 'The texts of one kind of message',
  tags: ['messages'],
  params: z.strictObject({ template }),
  returns: kind,
  failures: ['not_found'],
  example: { as: 'manager', params: { template: 'answered' } },
  async run({ tx, principal, params }) {
    return presentKind(templateOf(params.template), await readOwnTexts(tx, principal.tenant));
  },
});

const save = defineRoute({
  method: 'PUT',
  path: '/api/message-texts/{template}/{language}',
  name: 'saveMessageText',
  permission: 'messageTexts.change',
  summary: 'Give the municipality a text of its own',
  description:
    'The next message of the kind is written with it. A text that names what is not known, or does ' +
    'not say what its kind must say, is refused with every place. Nothing in it is evaluated.',
  tags: ['messages'],
  params: oneText,
  body: z.strictObject({ ...text, version }),
  returns: shownText,
  failures: ['not_found', 'conflict'],
  example: {
    ...READER,
    body: {
      subject: 'Svar fra kommunen ({reference})',
      body: 'Hei!\n\nDette gjelder {service}, sak {reference}.\n\n{answer}',
    },
  },
  async run(request) {
    const { tx, body } = request;
    const which = { ...whichOf(request.params), version: body.version };
    return presentText(which, await saveOwnText(tx, changeBy(request), which, body));
  },
});

const reset = defineRoute({
  method: 'POST',
  path: '/api/message-texts/{template}/{language}/reset',
  name: 'resetMessageText',
  permission: 'messageTexts.change',
  summary: 'Take the built-in text back',
  description: 'The municipality’s own stays in the history.',
  tags: ['messages'],
  params: oneText,
  body: z.strictObject({ version }),
  returns: shownText,
  failures: ['not_found', 'conflict'],
  example: { ...READER, body: {} },
  async run(request) {
    const which = { ...whichOf(request.params), version: request.body.version };
    return presentText(which, await resetText(request.tx, changeBy(request), which));
  },
});

const history = defineRoute({
  method: 'GET',
  path: '/api/message-texts/{template}/{language}/history',
  name: 'listMessageTextHistory',
  permission: 'messageTexts.change',
  summary: 'What a text has been, who changed it and when',
  description: 'The newest first. Without words where the built-in text was taken back.',
  tags: ['messages'],
  params: oneText,
  returns: z.object({
    items: z.array(
      z.object({
        version: z.int(),
        subject: z.string().nullable(),
        body: z.string().nullable(),
        changedAt: dateTime,
        changedBy: z.string(),
      }),
    ),
  }),
  failures: ['not_found'],
  example: READER,
  async run({ tx, principal, params }) {
    const versions = await readTextHistory(tx, principal.tenant, whichOf(params));
    return {
      items: versions.map((one) => ({ ...one, changedAt: one.changedAt.toISOString() })),
    };
  },
});

const preview = defineRoute({
  method: 'POST',
  path: '/api/message-texts/{template}/preview',
  name: 'previewMessageText',
  permission: 'messageTexts.change',
  summary: 'A kind of message as somebody would receive it, in each language',
  description:
    'About a made-up case. With `draft`, that text stands in for the kept one of its language, ' +
    'unchecked. Nothing is kept or sent.',
  tags: ['messages'],
  writes: false,
  params: z.strictObject({ template }),
  body: z.strictObject({
    draft: z.strictObject({ language, ...text }).optional(),
    known: z
      .enum(['all', 'least'])
      .default('all')
      .meta({ description: '`least`: only what is always known of such a message.' }),
  }),
  returns: z.object({
    items: z.array(z.object({ language, subject: z.string(), text: z.string() })),
  }),
  failures: ['not_found'],
  example: { as: 'manager', params: { template: 'delay' }, body: { known: 'least' } },
  async run({ tx, principal, params, body, now, services }) {
    const { draft, known } = body;
    const asked = templateOf(params.template);
    const { texts } = presentKind(asked, await readOwnTexts(tx, principal.tenant));
    return {
      items: texts.map((kept) => {
        const used = draft?.language === kept.language ? draft : kept;
        const what = { template: asked, language: used.language, known, text: used };
        const written = previewText(what, { now, link: services.publicUrl });
        return { language: used.language, ...written };
      }),
    };
  },
});

function templateOf(typed: string): Template {
  const found = TEMPLATES.find((one) => one === typed);
  if (found) return found;
  throw new NotFoundError('message_kind_not_found', 'There is no such kind of message.');
}

function whichOf(params: { template: string; language: string }) {
  const found = MESSAGE_LANGUAGES.find((one) => one === params.language);
  if (found) return { template: templateOf(params.template), language: found };
  throw new NotFoundError('message_language_not_found', 'No message is written in this language.');
}

/** The words of the messages that are sent by themselves. */
export const messageTextRoutes = [list, read, save, reset, history, preview];
