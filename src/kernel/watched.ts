import inspector from 'node:inspector';
import { MessageChannel, Worker } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { LIMIT, SENTINEL, STRETCH } from './watched-sentinel.js';

/** What was stopped because it did not give the thread back. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

interface Stretch {
  limitMs: number;
  run: () => void;
  interrupt: () => void;
}

/**
 * Runs synchronous work and has it stopped by a second thread, wherever it is, when it does not give
 * this one back in time. What is stopped runs no `catch` and no `finally`: whatever it worked on must
 * be thrown away, and it may touch nothing that outlives it, such as a database's driver.
 *
 * The work runs as a callback of its own of the event loop: V8 ends the whole callback that it stops,
 * and with it would end the promises of others, if they were settled in the same one. That costs
 * some three microseconds; a timeout of node:vm, which starts a thread each time, costs a hundred
 * times as much.
 *
 * The result comes wrapped, so that a promise given back by the work is not awaited here. Rejects
 * with what the work throws, or with Interrupted.
 */
export function watched<Result>(limitMs: number, work: () => Result): Promise<{ value: Result }> {
  return new Promise((resolve, reject) => {
    const run = (): void => {
      try {
        resolve({ value: work() });
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    };
    const interrupt = (): void => {
      reject(new Interrupted(`it did not stop within ${limitMs} ms`));
    };
    (watch ??= startWatch()).enter({ limitMs, run, interrupt });
  });
}

let watch: { enter(stretch: Stretch): void } | undefined;

/** The highest number an Int32Array holds. */
const LAST_NUMBER = 2 ** 31 - 1;

function startWatch() {
  const beat = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
  const waiting = new Map<number, Stretch>();
  const { port1: sender, port2: receiver } = new MessageChannel();
  let last = 0;
  receiver.on('message', (number: number) => {
    const stretch = waiting.get(number);
    if (!stretch) return;
    Atomics.store(beat, LIMIT, stretch.limitMs);
    Atomics.store(beat, STRETCH, number);
    stretch.run();
    leave(beat, number);
    forget(waiting, number, receiver);
  });
  receiver.unref();
  startSentinel(beat, (number) => {
    waiting.get(number)?.interrupt();
    forget(waiting, number, receiver);
  });
  return {
    enter: (stretch: Stretch) => {
      last = last === LAST_NUMBER ? 1 : last + 1;
      // Nothing else might keep the process alive until it has run.
      if (!waiting.size) receiver.ref();
      waiting.set(last, stretch);
      sender.postMessage(last);
    },
  };
}

/** Once the second thread has claimed the stretch, the interruption must hit here and nowhere else. */
function leave(beat: Int32Array, number: number): void {
  while (Atomics.load(beat, STRETCH) !== 0) Atomics.compareExchange(beat, STRETCH, number, 0);
}

function forget(waiting: Map<number, Stretch>, number: number, receiver: MessagePort): void {
  waiting.delete(number);
  if (!waiting.size) receiver.unref();
}

function startSentinel(beat: Int32Array, interrupted: (stretch: number) => void): void {
  // Whoever steps through a stretch with a debugger takes longer than any limit.
  if (inspector.url() !== undefined) return;
  const worker = new Worker(SENTINEL, { eval: true, workerData: beat });
  worker.on('message', interrupted);
  worker.on('error', (error) => {
    process.emitWarning(`Endless loops are no longer stopped: ${error.message}`);
    Atomics.store(beat, STRETCH, 0);
  });
  worker.unref();
}
