import type { Ask } from './register.js';

/** The most that an answer may weigh, in characters. */
const MAX_ANSWER = 2_000_000;

/**
 * Asks a register over HTTP. An answer that takes longer than `timeoutMs` is given up.
 * @throws Error for any status but 2xx, 404 and 410
 */
export function askHttp(address: string, timeoutMs = 3000): Ask {
  return async ({ path, parameters = {}, body }) => {
    const url = new URL(`${address.replace(/\/+$/, '')}/${path}`);
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
    const response = await fetch(url, {
      signal: AbortSignal.timeout(timeoutMs),
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    });
    if (response.status === 404 || response.status === 410) return null;
    if (!response.ok) throw new Error(`the register answered ${response.status}`);
    const text = await response.text();
    if (text.length > MAX_ANSWER) throw new Error('the register answered too much');
    return JSON.parse(text) as unknown;
  };
}
