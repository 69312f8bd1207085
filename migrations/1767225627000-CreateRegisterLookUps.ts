import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who looked a person up in a register, for which case and purpose; never who was looked up. */
export class CreateRegisterLookUps1767225627000 implements MigrationInterface {
  name = 'CreateRegisterLookUps1767225627000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE register_look_up (
        tenant_id text NOT NULL, id bigint NOT NULL, register text NOT NULL, purpose text NOT NULL,
        inquiry_id bigint NOT NULL, by_login text NOT NULL, at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, id))`,
    );
    await runner.query(
      'CREATE INDEX register_look_up_inquiry ON register_look_up (tenant_id, inquiry_id, id)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE register_look_up');
  }
}
