import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A case that is opened again runs anew; what its earlier runs did stays part of its story. */
export class CreateEarlierRuns1767225623000 implements MigrationInterface {
  name = 'CreateEarlierRuns1767225623000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE earlier_run (
      tenant_id text NOT NULL, inquiry_id bigint NOT NULL, instance_id bigint NOT NULL,
      ended_at timestamptz NOT NULL, PRIMARY KEY (tenant_id, inquiry_id, instance_id))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE IF EXISTS earlier_run');
  }
}
