/**
 * A node of the product as `serve` builds it, without its listener: it works on what falls due and
 * completes tasks, and tells how late, and in how much memory. Run with --expose-gc.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createApplication } from '../../src/compose.js';
import type { Application } from '../../src/compose.js';
import type { Work } from '../../src/jobs/worker.js';
import { Worker } from '../../src/jobs/worker.js';
import { readConfig } from '../../src/kernel/config.js';
import type { Id } from '../../src/kernel/ids.js';
import { TENANT } from '../durable-cases.js';

export interface NodeQuestion {
  work?: WorkRequest;
  memory?: true;
  close?: true;
}

export interface WorkRequest {
  /** Timers and when each is due, in milliseconds since 1970. */
  due: [timer: Id, at: number][];
  /** Tasks to complete meanwhile, evenly spread over the time until the last timer. */
  tasks: Id[];
}

export interface Worked {
  /** From each timer's due time until its step was committed, in milliseconds, in no order. */
  lateMs: number[];
  completed: number;
  seconds: number;
  cpuMs: number;
}

export interface NodeMemory {
  rssMb: number;
  /** The most there has been since the process was started. */
  peakMb: number;
  /** In use after a collection. */
  heapMb: number;
}

/** No timer is waited for longer than this. */
const PATIENCE_MS = 60_000;

const folder = mkdtempSync(join(tmpdir(), 'saksflyt-scale-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const config = readConfig({
  DATABASE_URL: process.argv[2],
  DATA_DIR: folder,
  LOG_LEVEL: 'error',
});
const application = await createApplication({ config });

async function work(
  { engine, db, clock, log }: Application,
  request: WorkRequest,
): Promise<Worked> {
  const awaited = new Map(request.due);
  const lateMs: number[] = [];
  const usual = engine.dueWork(db);
  const watched: Work = {
    types: usual.types,
    run: async (job) => {
      const answer = await usual.run(job);
      const dueAt = awaited.get(job.id);
      if (answer === 'done' && dueAt !== undefined) {
        lateMs.push(Date.now() - dueAt);
        awaited.delete(job.id);
      }
      return answer;
    },
  };
  const worker = new Worker({ db, clock, work: watched, log, pollMs: config.pollMs });
  const lastAt = Math.max(...request.due.map(([, at]) => at));
  const cpu = process.cpuUsage();
  const since = Date.now();
  await worker.start();
  const completed = await completeAll(application, request.tasks, lastAt);
  while (awaited.size > 0 && Date.now() < lastAt + PATIENCE_MS) await delay(50);
  const { user, system } = process.cpuUsage(cpu);
  const seconds = (Date.now() - since) / 1000;
  await worker.stop();
  if (awaited.size > 0) throw new Error(`${awaited.size} timers were not fired`);
  return { lateMs, completed, seconds, cpuMs: (user + system) / 1000 };
}

async function completeAll(
  { engine, db }: Application,
  tasks: Id[],
  until: number,
): Promise<number> {
  const from = Date.now();
  const done: Promise<unknown>[] = [];
  for (const [index, taskId] of tasks.entries()) {
    const at = from + ((until - from) * index) / tasks.length;
    await delay(Math.max(0, at - Date.now()));
    const request = { taskId, variables: {}, by: 'caseworker' };
    done.push(db.inTransaction((tx) => engine.completeTask(tx, TENANT, request)));
  }
  return (await Promise.all(done)).length;
}

async function memory(): Promise<NodeMemory> {
  const { rss } = process.memoryUsage();
  // Finalisers of the first collection free what the second one finds.
  for (let turn = 0; turn < 3; turn += 1) {
    globalThis.gc?.();
    await delay(100);
  }
  const { heapUsed } = process.memoryUsage();
  const { maxRSS } = process.resourceUsage();
  return { rssMb: rss / 2 ** 20, peakMb: maxRSS / 1024, heapMb: heapUsed / 2 ** 20 };
}

async function answer(question: NodeQuestion): Promise<unknown> {
  if (question.work) return work(application, question.work);
  if (question.memory) return memory();
  await application.stop();
  return true;
}

process.on('message', (question: NodeQuestion) => {
  answer(question).then(
    (result) =>
      process.send?.({ result }, undefined, undefined, () => {
        if (question.close) process.exit();
      }),
    (error: unknown) => {
      process.send?.({ error: error instanceof Error ? error.stack : String(error) });
    },
  );
});
process.on('disconnect', () => process.exit());
process.send?.({ result: 'ready' });
