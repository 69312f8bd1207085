import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Crisis mode (F107): when it was on for which service, what was told in common, and which cases wait
 * on which ploughing beat (F090). None of it says who reported or what was said.
 */
export class CreateCrisis1767225624000 implements MigrationInterface {
  name = 'CreateCrisis1767225624000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of UP) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX IF EXISTS inquiry_service_received');
    for (const table of ['beat_case', 'notice', 'crisis']) {
      await runner.query(`DROP TABLE IF EXISTS ${table}`);
    }
  }
}

const UP = [
  `CREATE TABLE crisis (
    tenant_id text NOT NULL, id bigint NOT NULL, service_code text NOT NULL,
    unit_code text NOT NULL, started_at timestamptz NOT NULL, started_by text NOT NULL,
    started_for text NOT NULL CHECK (started_for IN ('threshold', 'leader')),
    reports_per_hour int NOT NULL, calm_since timestamptz, ended_at timestamptz, ended_by text,
    ended_for text CHECK (ended_for IN ('calm', 'leader')),
    evaluation jsonb, evaluated_at timestamptz,
    PRIMARY KEY (tenant_id, id), CHECK ((ended_at IS NULL) = (ended_for IS NULL)),
    CHECK ((evaluated_at IS NULL) = (evaluation IS NULL)))`,
  // Two reports that pass the threshold at once begin one crisis.
  `CREATE UNIQUE INDEX crisis_open ON crisis (tenant_id, service_code) WHERE ended_at IS NULL`,
  `CREATE TABLE notice (
    tenant_id text NOT NULL, id bigint NOT NULL, service_code text NOT NULL, crisis_id bigint,
    inquiry_id bigint, texts jsonb NOT NULL, district text, shown_from timestamptz NOT NULL,
    shown_until timestamptz, made_by text NOT NULL,
    PRIMARY KEY (tenant_id, id))`,
  `CREATE INDEX notice_shown ON notice (tenant_id, service_code, shown_until)`,
  `CREATE TABLE beat_case (
    tenant_id text NOT NULL, inquiry_id bigint NOT NULL, service_code text NOT NULL,
    beat text NOT NULL, grid_cell text, points int NOT NULL, added_at timestamptz NOT NULL,
    done_at timestamptz,
    PRIMARY KEY (tenant_id, inquiry_id))`,
  `CREATE INDEX beat_case_open ON beat_case (tenant_id, service_code, beat) WHERE done_at IS NULL`,
  // How many reported a service in the last hour is asked at every registration.
  `CREATE INDEX inquiry_service_received ON inquiry (tenant_id, service_code, received_at)`,
];
