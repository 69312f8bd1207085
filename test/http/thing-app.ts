import { Router } from 'express';
import { z } from 'zod';
import { authenticateDemoUser } from '../../src/access/demo-users.js';
import type { Db } from '../../src/db/database.js';
import { createApp } from '../../src/http/app.js';
import { basicAuth } from '../../src/http/basic-auth.js';
import { defineRoute } from '../../src/http/route.js';
import type { Services } from '../../src/http/services.js';
import { ConflictError } from '../../src/kernel/errors.js';
import { createLogger } from '../../src/kernel/log.js';
import { testDatabase } from '../helpers/database.js';

const echo = defineRoute({
  method: 'POST',
  path: '/api/things/{key}',
  name: 'echo',
  permission: 'inquiries.register',
  summary: 'Writes a thing down.',
  tags: ['things'],
  params: z.strictObject({ key: z.string().regex(/^\d+$/, 'must be a number') }),
  query: z.strictObject({ fail: z.stringbool().optional() }),
  body: z.strictObject({ text: z.string().min(1), count: z.int(), kind: z.enum(['a', 'b']) }),
  returns: z.object({ key: z.string(), text: z.string(), by: z.string(), at: z.iso.datetime() }),
  status: 201,
  location: ({ key }) => `/api/things/${key}`,
  example: { as: 'agent' },
  async run({ params, query, body, principal, tx, now }) {
    await tx.query('INSERT INTO thing VALUES ($1, $2)', [params.key, body.text]);
    if (query.fail) throw new ConflictError('thing_taken', 'Somebody was first.');
    const shown = { key: params.key, text: body.text, by: principal.username };
    return { ...shown, at: now.toISOString(), secret: 'dropped' };
  },
});

const search = defineRoute({
  method: 'POST',
  path: '/api/things/search',
  name: 'search',
  permission: 'self.read',
  summary: 'Counts things.',
  tags: ['things'],
  writes: false,
  returns: z.object({ count: z.int() }),
  example: { as: 'agent' },
  run: async ({ tx }) => ({ count: (await tx.query('SELECT 1 FROM thing')).length }),
});

const remove = defineRoute({
  method: 'DELETE',
  path: '/api/things/{key}',
  name: 'remove',
  permission: 'processes.deploy',
  summary: 'Breaks.',
  tags: ['things'],
  params: z.strictObject({ key: z.string() }),
  example: { as: 'owner' },
  run: () => Promise.reject(new TypeError('Kari Nordmann')),
});

const upload = defineRoute({
  method: 'POST',
  path: '/api/uploads',
  name: 'upload',
  permission: 'self.read',
  summary: 'Takes files.',
  tags: ['things'],
  consumes: 'multipart/form-data',
  body: z.object({
    fields: z.record(z.string(), z.string()),
    files: z.array(
      z.object({ field: z.string(), name: z.string(), content: z.instanceof(Buffer) }),
    ),
  }),
  returns: z.object({ said: z.string() }),
  writes: false,
  example: { as: 'owner' },
  run: ({ body: { fields, files } }) =>
    Promise.resolve({
      said: [
        fields['tenantId'],
        ...files.map((file) => file.name + file.content.toString()),
      ].join(),
    }),
});

/** A body that the route `echo` takes. */
export const VALID_THING = { text: 'Hull i veien', count: 1, kind: 'a' };

/** What the app did besides answering. */
export interface Traces {
  wakes: number;
  lines: string[];
}

/** An app with a few routes on a table of its own, `thing`; drop that in the end. */
export async function createThingApp() {
  const db: Db = await testDatabase();
  await db.query('CREATE TABLE thing (key text PRIMARY KEY, text text NOT NULL)');
  const traces: Traces = { wakes: 0, lines: [] };
  const open = Router();
  open.get('/page', (_request, response) => {
    response.type('html').send('<p>Hei');
  });
  const app = createApp({
    db,
    clock: () => new Date('2026-03-02T09:00:00Z'),
    services: {} as Services,
    authenticate: basicAuth(authenticateDemoUser),
    wake: () => traces.wakes++,
    families: [
      {
        prefix: '/api',
        routes: [echo, search, remove, upload],
        problemStyle: (problem) => ({ ...problem, title: problem.title.toUpperCase() }),
      },
    ],
    open: [open],
    publicUrl: 'http://localhost:3000',
    loopbackOnly: true,
    log: createLogger({ level: 'debug', write: (line) => traces.lines.push(line) }),
  });
  const countThings = async () => (await db.query('SELECT 1 FROM thing')).length;
  return { app, db, traces, countThings };
}
