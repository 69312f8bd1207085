import type { ServicePackage } from '../../src/catalogue/package.js';
import { saveService } from '../../src/catalogue/services.js';
import type { Db } from '../../src/db/database.js';
import type { InquiryDraft } from '../../src/inquiries/draft.js';
import type { IntakeOptions } from '../../src/inquiries/intake.js';
import { createIntake } from '../../src/inquiries/intake.js';
import type { StartPort } from '../../src/inquiries/start-port.js';
import type { MovableClock } from '../../src/kernel/clock.js';
import { movableClock } from '../../src/kernel/clock.js';
import type { Id } from '../../src/kernel/ids.js';
import { createIdFactory } from '../../src/kernel/ids.js';
import { loadUnits } from '../../src/people/units.js';
import { testDatabase } from './database.js';

/** A Monday morning in Oslo. */
export const MONDAY = new Date('2026-03-02T08:00:00Z');

const names = { nb: 'Dunk', nn: 'Dunk', en: 'Bin order' };

/** A service as its package says it, for tests that need one. */
export function servicePackage(change: Partial<ServicePackage> = {}): ServicePackage {
  return {
    code: 'DUNK',
    names,
    descriptions: names,
    los: [],
    unit: 'VAR',
    firstLine: false,
    answeredBy: 'unit',
    channels: ['form', 'phone'],
    guarantee: { workingDays: 10, basis: 'assumption' },
    statutory: {
      duration: 'P1M',
      basis: 'forvaltningsloven § 11 a tredje ledd',
      validFrom: '1970-01-01',
    },
    dataClass: 'P2',
    retention: { class: 'R24', duration: 'P24M' },
    archive: 'none',
    process: 'bin-order-after',
    variants: [],
    form: 'bin-order-intake',
    volumePerYear: 2600,
    volumeBasis: 'assumption',
    ...change,
  };
}

export interface DomainFixture {
  db: Db;
  clock: MovableClock;
  newId: () => Id;
  /** What would have been started: the engine has its own tests. */
  started: Parameters<StartPort['start']>[2][];
  register(
    draft: Partial<InquiryDraft>,
    tenant?: string,
  ): ReturnType<ReturnType<typeof createIntake>>;
}

/** An empty database with two services, three units and an intake that starts nothing. */
export async function openDomain(options: Partial<IntakeOptions> = {}): Promise<DomainFixture> {
  const db = await testDatabase();
  const clock = movableClock(MONDAY);
  const newId = createIdFactory({ node: db.node, clock });
  const started: DomainFixture['started'] = [];
  for (const tenant of ['fjordvik', 'bispevik']) await seedDomain(db, tenant);
  const register = createIntake({
    clock,
    newId,
    engine: {
      start: async (_tx, _tenant, start) => started.push(start),
    },
    intakeProcess: 'inquiry-after-1',
    unclassifiedService: 'TILBAKEM',
    ...options,
  });
  return {
    db,
    clock,
    newId,
    started,
    register: (draft, tenant = 'fjordvik') =>
      db.inTransaction((tx) =>
        register(
          tx,
          tenant,
          { channel: 'phone', service: 'DUNK', text: 'Dunken er knust', ...draft },
          'agent',
        ),
      ),
  };
}

/** Three units and two services. */
export async function seedDomain(db: Db, tenant: string): Promise<void> {
  const unit = (code: string) => ({
    code,
    names: { nb: code, nn: code, en: code },
    email: `${code.toLowerCase()}@${tenant}.example`,
    managerEmail: `leder.${code.toLowerCase()}@${tenant}.example`,
  });
  await loadUnits(db, tenant, ['SERV', 'VAR', 'VEI'].map(unit));
  for (const own of [
    servicePackage(),
    servicePackage({
      code: 'TILBAKEM',
      unit: 'SERV',
      firstLine: true,
      statutory: null,
      form: null,
    }),
  ]) {
    await saveService(db, tenant, { folder: own.code, package: own, now: MONDAY });
  }
}

/** A form as it lies in the engine's table after a deployment. */
export async function saveForm(
  db: Db,
  tenant: string,
  form: { id: string; components: unknown[] },
): Promise<void> {
  await db.query(
    `INSERT INTO form_definition (tenant_id, id, deployment_id, form_id, version, resource_name,
       checksum, schema, deployed_at) VALUES ($1, $2, 1, $3, 1, $3, '', $4, now())`,
    [tenant, Math.floor(Math.random() * 1e12), form.id, form],
  );
}
