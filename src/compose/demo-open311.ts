import { addClient } from '../channels/open311/clients.js';
import type { Tx } from '../db/tx.js';

/** In demo mode one may report with the key that everybody knows. */
export async function seedDemoClient(tx: Tx, tenant: string, now: Date): Promise<void> {
  await addClient(tx, tenant, {
    id: '1',
    name: 'demo',
    key: 'demo',
    push: null,
    by: 'saksflyt',
    now,
  });
}
