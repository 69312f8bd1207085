import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What routing learns from: words that a person has given a service, and each time a case was sent
 * on from where a rule had put it. Neither says anything of anybody.
 */
export class CreateRouting1767225629000 implements MigrationInterface {
  name = 'CreateRouting1767225629000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE service_word (
        tenant_id text NOT NULL, service_code text NOT NULL, word text NOT NULL,
        added_by text NOT NULL, added_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, service_code, word))`,
    );
    await runner.query(
      `CREATE TABLE rerouting (
        tenant_id text NOT NULL, id bigint NOT NULL, inquiry_id bigint NOT NULL,
        decision text NOT NULL, version int NOT NULL, rule text NOT NULL,
        from_unit text NOT NULL, to_unit text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('moved', 'rejected')), at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, id))`,
    );
    await runner.query('CREATE INDEX rerouting_rule ON rerouting (tenant_id, decision, rule, at)');
    await runner.query('CREATE INDEX rerouting_inquiry ON rerouting (tenant_id, inquiry_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE rerouting');
    await runner.query('DROP TABLE service_word');
  }
}
