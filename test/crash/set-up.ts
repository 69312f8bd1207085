import { loadPackages } from '../../src/catalogue/load-packages.js';
import { createApplication } from '../../src/compose.js';
import { readConfig } from '../../src/kernel/config.js';
import { createLogger } from '../../src/kernel/log.js';
import { CRASH_INTAKE, crashPackage } from './models.js';

/** The municipality the load works in. */
export const TENANT = 'fjordvik';

/** Brings the database up to date, with the test's own service beside those of the product. */
export async function setUp(env: Record<string, string>): Promise<void> {
  const log = createLogger({ level: 'warn' });
  const application = await createApplication({ config: readConfig(env), log });
  const { db, engine } = application;
  try {
    await db.inTransaction(async (tx) => {
      await loadPackages(tx, TENANT, [crashPackage], {
        deploy: (...asked) => engine.deploy(...asked),
        by: 'test',
        now: new Date(),
      });
      // The bin orders too, and they are kept no longer.
      await tx.query(
        `UPDATE service SET package = package || jsonb_build_object('intakeProcess', $2::text,
           'retention', '{"class": "R6", "duration": "PT2S"}'::jsonb)
         WHERE tenant_id = $1 AND code = 'DUNK'`,
        [TENANT, CRASH_INTAKE],
      );
    });
  } finally {
    await application.stop();
  }
}
