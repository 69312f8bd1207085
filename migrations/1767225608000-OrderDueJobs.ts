import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Of what falls due at one instant, what was made first comes first, every time. */
export class OrderDueJobs1767225608000 implements MigrationInterface {
  name = 'OrderDueJobs1767225608000';

  async up(runner: QueryRunner): Promise<void> {
    await index(runner, 'available_at, id');
  }

  async down(runner: QueryRunner): Promise<void> {
    await index(runner, 'available_at');
  }
}

async function index(runner: QueryRunner, columns: string): Promise<void> {
  await runner.query('DROP INDEX job_due');
  await runner.query(
    `CREATE INDEX job_due ON job (${columns}) WHERE retries > 0 AND kind <> 'external'`,
  );
}
