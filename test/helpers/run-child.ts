import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A program of the tests in a process of its own, which may be killed at any moment. */
export interface Child {
  /** The lines it has written so far. */
  readonly lines: readonly string[];
  /** Resolves when it has written so many lines; rejects with what it said when it ends before. */
  hasWritten(count: number): Promise<void>;
  /** Ends it without a chance to clean up. */
  kill(): Promise<void>;
  /** Resolves when it has ended, to everything it wrote to standard error. */
  ended: Promise<string>;
}

/** Starts a TypeScript program with the arguments given. */
export function runChild(program: URL, ...arguments_: string[]): Child {
  const file = fileURLToPath(program);
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...arguments_], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  createInterface(child.stdout).on('line', (line) => {
    lines.push(line);
    for (const look of waiting) look();
  });
  const ended = endOf(child);
  return {
    lines,
    ended,
    hasWritten: (count) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (lines.length < count) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
        void ended.then((said) => reject(new Error(`${file} has ended: ${said}`)));
      }),
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function endOf(child: ChildProcess): Promise<string> {
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  return new Promise((resolve) => child.once('close', () => resolve(said)));
}
