import { join } from 'node:path';
import { loadPackages } from '../catalogue/load-packages.js';
import type { LoadedPackages } from '../catalogue/load-packages.js';
import { readPackages } from '../catalogue/read-packages.js';
import type { PackageFolder } from '../catalogue/read-packages.js';
import { loadMailAddresses } from '../channels/inbound/addresses.js';
import type { Db } from '../db/database.js';
import type { ProcessEngine } from '../engine/engine.js';
import { layOnce } from '../jobs/errands.js';
import type { Clock } from '../kernel/clock.js';
import { UnavailableError } from '../kernel/errors.js';
import type { Id } from '../kernel/ids.js';
import type { Logger } from '../kernel/log.js';
import { PROJECT_ROOT } from '../kernel/project-root.js';
import { seedOrganisation } from '../people/seed-organisation.js';
import { OWNERSHIP_ROUND } from '../tasks/ownership/round.js';
import { DEMO_MUNICIPALITIES } from './demo-municipalities.js';
import type { MunicipalityDraft } from './demo-municipalities.js';
import { seedDemoClient } from './demo-open311.js';
import { seedDemoPromises } from './demo-promises.js';

interface SeedOptions {
  readonly db: Db;
  readonly engine: ProcessEngine;
  readonly clock: Clock;
  readonly newId: () => Id;
}

const MAX_ATTEMPTS = 10;

/** Where the processes that come with the product lie. */
export const PROCESSES = join(PROJECT_ROOT, 'processes');

/**
 * Gives the demo municipalities their units, services and processes. What is there already stays, so
 * every node may do this at every start, also at once.
 */
export async function seedDemo({ log, ...options }: SeedOptions & { log: Logger }): Promise<void> {
  const packages = await readPackages(PROCESSES);
  for (const municipality of DEMO_MUNICIPALITIES) {
    const { loaded, kept } = await patiently(() =>
      seedMunicipality(options, municipality, packages),
    );
    const { tenant } = municipality;
    const { clock, newId } = options;
    await options.db.inTransaction(async (tx) => {
      await seedDemoClient(tx, tenant, clock());
      await seedDemoPromises(tx, tenant, { now: clock(), newId });
    });
    if (loaded.length > 0) log.info('processes loaded', { tenant, folders: loaded.length });
    for (const { code, fields } of kept) {
      log.warn('edits of the catalogue were kept', { tenant, code, fields: fields.join(', ') });
    }
  }
}

/** Gives one municipality its units and these packages, in one transaction. */
export function seedMunicipality(
  { db, engine, clock, newId }: SeedOptions,
  { tenant, units, members = [] }: MunicipalityDraft,
  packages: readonly PackageFolder[],
): Promise<LoadedPackages> {
  return db.inTransaction(async (tx) => {
    const change = { tenant, by: 'saksflyt', now: clock(), newId };
    await seedOrganisation(tx, change, units, members);
    await loadMailAddresses(tx, tenant, mailAddressesOf({ tenant, units }));
    // After the organisation's row, which is locked: of nodes that start at once, one lays it.
    await layOnce(tx, tenant, { id: newId(), type: OWNERSHIP_ROUND, payload: {}, at: clock() });
    return loadPackages(tx, tenant, packages, {
      deploy: (...args) => engine.deploy(...args),
      by: 'saksflyt',
      now: clock(),
    });
  });
}

/** The municipality's own address, and one for each unit. */
function mailAddressesOf({ tenant, units }: MunicipalityDraft) {
  const ofUnits = units.flatMap(({ code, email }) =>
    email ? [{ address: email, unit: code }] : [],
  );
  return [{ address: `post@${tenant}.example` }, ...ofUnits];
}

/** On a slow machine, another node's first start may take longer than a statement waits for it. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const isBusy = error instanceof UnavailableError && error.code === 'database_busy';
      if (!isBusy || attempt === MAX_ATTEMPTS) throw error;
    }
  }
}
