import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from './client.js';
import type { RegisteredCase } from './run.js';

const LIMIT_MS = 180_000;
const MINUTE_MS = 60_000;

/** Longer than bin orders are kept. */
const RETENTION_MS = 26 * 31 * 24 * 60 * MINUTE_MS;

/**
 * Waits until every case is closed, and after its retention de-identified. What a dead node had taken
 * falls due again after a minute, so the demo clock is moved on by minutes, and at last by two years.
 */
export async function drain(admin: Client, cases: readonly RegisteredCase[]): Promise<void> {
  let aheadMs = 0;
  const move = async (ms: number) => {
    aheadMs += ms;
    const to = new Date(Date.now() + aheadMs).toISOString();
    await admin.insist('POST', '/api/demo/clock', { to });
  };
  const until = async (statuses: readonly string[], what: string) => {
    const limit = Date.now() + LIMIT_MS;
    for (;;) {
      const open = await openCases(admin, cases, statuses);
      if (open.length === 0) return;
      if (Date.now() > limit) throw new Error(`never ${what}: ${open.join(', ')}`);
      await delay(1500);
      await move(MINUTE_MS);
    }
  };
  await until(['closed', 'withdrawn', 'deidentified'], 'closed');
  await move(RETENTION_MS);
  await until(['deidentified'], 'de-identified');
}

interface Page {
  items: { reference: string; status: string }[];
  nextCursor: string | null;
}

async function openCases(
  admin: Client,
  cases: readonly RegisteredCase[],
  statuses: readonly string[],
): Promise<string[]> {
  const found = new Map<string, string>();
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: Page = await admin.insist(
      'GET',
      `/api/inquiries?limit=200${cursor === '' ? '' : `&cursor=${cursor}`}`,
    );
    for (const { reference, status } of page.items) found.set(reference, status);
    cursor = page.nextCursor;
  }
  return cases.flatMap((one) => {
    const status = found.get(one.reference) ?? 'missing';
    const kind = `${one.service} ${one.late ? 'late' : 'prompt'} ${one.tenant ? 'tenant' : ''}`;
    return statuses.includes(status) ? [] : [`${one.reference} (${kind}) is ${status}`];
  });
}
