import { loadPackages } from '../../src/catalogue/load-packages.js';
import { createApplication } from '../../src/compose.js';
import { readConfig } from '../../src/kernel/config.js';
import { createLogger } from '../../src/kernel/log.js';
import { crashPackage } from './models.js';

/** The municipality the load works in. */
export const TENANT = 'fjordvik';

/** Brings the database up to date, with the test's own service beside those of the product. */
export async function setUp(env: Record<string, string>): Promise<void> {
  const log = createLogger({ level: 'warn' });
  const application = await createApplication({ config: readConfig(env), log });
  const { db, engine } = application;
  try {
    await db.inTransaction((tx) =>
      loadPackages(tx, TENANT, [crashPackage], {
        deploy: (...asked) => engine.deploy(...asked),
        by: 'test',
        now: new Date(),
      }),
    );
  } finally {
    await application.stop();
  }
}
