import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Stretch, Way } from './cases.js';
import type { Question } from './child.js';
import type { Shares } from './profile.js';

/** A child process that runs cases in one way when asked. */
export interface WayProcess {
  run(ms: number, clients: number): Promise<Stretch>;
  profile(ms: number, clients: number): Promise<Shares>;
  close(): Promise<void>;
}

interface Answer {
  result?: unknown;
  error?: string;
}

export async function startWay(way: Way): Promise<WayProcess> {
  const child = forkProgram('child.js', [JSON.stringify(way)]);
  await nextAnswer(child);
  const ask = <T>(question: Question): Promise<T> => {
    child.send(question);
    return nextAnswer(child) as Promise<T>;
  };
  return {
    run: (ms, clients) => ask({ run: { ms, clients } }),
    profile: (ms, clients) => ask({ profile: { ms, clients } }),
    close: async () => {
      await ask({ close: true });
    },
  };
}

/** Starts a program of this folder that talks to its parent. */
export function forkProgram(name: string, args: string[], execArgv: string[] = []): ChildProcess {
  return fork(fileURLToPath(new URL(name, import.meta.url)), args, { execArgv });
}

export function nextAnswer(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const settle = (run: () => void): void => {
      child.off('message', onMessage);
      child.off('exit', onExit);
      run();
    };
    const onMessage = ({ result, error }: Answer): void => {
      settle(() => (error === undefined ? resolve(result) : reject(new Error(error))));
    };
    const onExit = (code: number | null): void => {
      settle(() => reject(new Error(`a child of the benchmark ended with ${code}`)));
    };
    child.on('message', onMessage);
    child.on('exit', onExit);
  });
}
