import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What de-identification leaves behind: facts without a case number (F085), the signed lists of what
 * was disposed of, and the holds that keep it from happening.
 */
export class CreateDisposal1767225610000 implements MigrationInterface {
  name = 'CreateDisposal1767225610000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of STATEMENTS) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX IF EXISTS inquiry_kept');
    for (const table of ['disposal', 'case_fact', 'legal_hold']) {
      await runner.query(`DROP TABLE IF EXISTS ${table}`);
    }
  }
}

const STATEMENTS = [
  // A reason is one of a list: no words about anybody.
  `CREATE TABLE legal_hold (
    tenant_id text NOT NULL, id bigint NOT NULL, inquiry_id bigint NOT NULL,
    reason text NOT NULL CHECK (reason IN ('complaint', 'lawsuit', 'audit', 'accessRequest')),
    placed_by text NOT NULL, placed_at timestamptz NOT NULL, until timestamptz NOT NULL,
    lifted_by text, lifted_at timestamptz,
    PRIMARY KEY (tenant_id, id), CHECK (until > placed_at),
    CHECK ((lifted_by IS NULL) = (lifted_at IS NULL)))`,
  `CREATE INDEX legal_hold_inquiry ON legal_hold (tenant_id, inquiry_id) WHERE lifted_at IS NULL`,
  `CREATE TABLE case_fact (
    tenant_id text NOT NULL, id bigint NOT NULL, service_code text NOT NULL, unit_code text,
    channel text NOT NULL, week text NOT NULL, grid_cell text, lead_hours int NOT NULL,
    outcome text NOT NULL, breaches int NOT NULL,
    PRIMARY KEY (tenant_id, id))`,
  `CREATE INDEX case_fact_week ON case_fact (tenant_id, service_code, week)`,
  `CREATE TABLE disposal (
    tenant_id text NOT NULL, id bigint NOT NULL, at timestamptz NOT NULL, entries jsonb NOT NULL,
    count int NOT NULL, hash text NOT NULL, signed_by text, signed_at timestamptz,
    PRIMARY KEY (tenant_id, id), CHECK ((signed_by IS NULL) = (signed_at IS NULL)))`,
  `CREATE INDEX inquiry_kept ON inquiry (tenant_id, closed_at)
    WHERE closed_at IS NOT NULL AND deidentified_at IS NULL`,
];
