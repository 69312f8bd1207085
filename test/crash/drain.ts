import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from './client.js';
import type { RegisteredCase } from './run.js';

const LIMIT_MS = 300_000;

const FEW = 15;

/** Longer than anything is kept here. */
const RETENTION = 'PT1H';

/**
 * Waits until every case is closed, and after its retention de-identified. What a dead node had taken
 * falls due again after a minute, so the demo clock is moved on by minutes, and at last by an hour.
 */
export async function drain(admin: Client, cases: readonly RegisteredCase[]): Promise<void> {
  const until = async (statuses: readonly string[], what: string, advance: string) => {
    const limit = Date.now() + LIMIT_MS;
    for (let before = 0, still = 0; ;) {
      const open = await openCases(admin, cases, statuses);
      if (open.length === 0) return;
      if (Date.now() > limit) throw new Error(`never ${what}: ${open.join(', ')}`);
      await delay(1000);
      // Moving the clock does one thing after the other; as long as many go on by themselves, let them.
      still = open.length === before ? still + 1 : 0;
      before = open.length;
      if (open.length > FEW && still < 5) continue;
      // When there is no answer, the clock may have been moved or not: the next look tells.
      await admin.send('POST', '/api/demo/clock', { advance });
    }
  };
  await until(['closed', 'withdrawn', 'deidentified'], 'closed', 'PT1M');
  await until(['deidentified'], 'de-identified', RETENTION);
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
