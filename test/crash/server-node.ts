import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** The real server in a process of its own. */
export interface ServerNode {
  /** Where it serves; undefined until it does, and again when it has ended. */
  readonly url: string | undefined;
  /** Resolves when it serves, or has ended before it did. */
  readonly settled: Promise<void>;
  /** Ends it without a chance to clean up. */
  kill(): Promise<void>;
  /** Asks it to stop; resolves to its exit code. */
  stop(): Promise<number | null>;
  /** What its log says of level warn and error, by message. */
  readonly complaints: ReadonlyMap<string, number>;
  /** The last lines that are no part of its log. */
  readonly said: readonly string[];
}

/** Only what a server needs: the databases of the tests are none of its business. */
const INHERITED = ['PATH', 'HOME', 'TMPDIR', 'SystemRoot'];

/** Starts a server on a free port, by the program that `buildServer` made. */
export function startServerNode(program: string, env: Record<string, string>): ServerNode {
  const kept = INHERITED.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const child = spawn(process.execPath, [program, 'serve'], {
    env: { ...Object.fromEntries(kept), PORT: '0', LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const complaints = new Map<string, number>();
  const said: string[] = [];
  let url: string | undefined;
  const ended = new Promise<number | null>((resolve) =>
    child.once('exit', (code) => {
      url = undefined;
      resolve(code);
    }),
  );
  const served = new Promise<void>((resolve) => {
    createInterface(child.stdout).on('line', (line) => {
      const found = /Start page\s+(http:\/\/\S+?)\/$/.exec(line)?.[1];
      if (found === undefined || child.exitCode !== null) return;
      url = found;
      resolve();
    });
  });
  createInterface(child.stderr).on('line', (line) => {
    const message = complaintIn(line);
    if (message !== undefined) complaints.set(message, (complaints.get(message) ?? 0) + 1);
    else said.push(line);
  });
  return {
    get url() {
      return url;
    },
    settled: Promise.race([served, ended.then(() => undefined)]),
    complaints,
    said,
    async kill() {
      url = undefined;
      child.kill('SIGKILL');
      await ended;
    },
    async stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

function complaintIn(line: string): string | undefined {
  try {
    const { room, message, error } = JSON.parse(line) as Complaint;
    return `${room}: ${message}${error ? ` (${error.code ?? error.name}: ${error.message})` : ''}`;
  } catch {
    return undefined;
  }
}

/** What of a line of the log tells one kind of trouble from another. */
interface Complaint {
  room: string;
  message: string;
  error?: { code?: string; name: string; message: string };
}
