import { setTimeout as delay } from 'node:timers/promises';
import { DEMO_PASSWORD } from '../../src/access/demo-users.js';
import type { Cluster } from './cluster.js';

/** What JSON holds, as a client reads it: what it is, the assertion or the next request will tell. */
type Body = ReturnType<typeof JSON.parse>;

/** What a request came to. Without an answer it may have been carried out or not. */
export type Answer = { status: number; body: Body } | 'lost';

/** A program that talks to the installation and survives its crashes. */
export interface Client {
  /** One attempt. @throws Error on an answer that no crash explains */
  send(method: 'GET' | 'POST', path: string, body?: object): Promise<Answer>;
  /** Repeats until there is an answer; for what may be done twice. */
  insist(method: 'GET' | 'POST', path: string, body?: object): Promise<Body>;
}

/** What the clients were told, over the whole run. */
export interface Talk {
  answered: number;
  lost: number;
  /** How often an answer was 503, by the code of its problem document. */
  unavailable: Map<string, number>;
  conflicts: number;
}

/** Longer than anything should take on a busy machine. */
const PATIENCE_MS = 30_000;

/** Under a crash these are no surprise: overtaken by somebody else, or not able just now. */
const EXPECTED = new Set([404, 409, 503]);

/** A client that is logged in as a demo user and asks whichever node is alive. */
export function clientOf(cluster: Cluster, login: string, talk: Talk): Client {
  const authorization = `Basic ${Buffer.from(`${login}:${DEMO_PASSWORD}`).toString('base64')}`;
  const send: Client['send'] = async (method, path, body) => {
    const url = await cluster.url();
    let answer: { status: number; body: Body };
    if (method === 'POST') cluster.moments.begins(path);
    try {
      const response = await fetch(`${url}${path}`, {
        method,
        headers: { authorization, ...(body && { 'content-type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      const text = await response.text();
      answer = { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
    } catch {
      talk.lost += 1;
      return 'lost';
    }
    talk.answered += 1;
    if (answer.status === 503) {
      const code = `${answer.body.status} ${answer.body.code}`;
      talk.unavailable.set(code, (talk.unavailable.get(code) ?? 0) + 1);
    }
    if (answer.status === 409) talk.conflicts += 1;
    if (answer.status >= 400 && !EXPECTED.has(answer.status)) {
      throw new Error(`${method} ${path} as ${login}: ${JSON.stringify(answer)}`);
    }
    return answer;
  };
  return {
    send,
    async insist(method, path, body) {
      for (;;) {
        const answer = await send(method, path, body);
        if (answer !== 'lost' && answer.status !== 503) return answer.body;
        await delay(50);
      }
    },
  };
}
