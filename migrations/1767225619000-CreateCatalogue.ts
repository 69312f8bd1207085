import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The catalogue as data: each service in its versions, who changed it and why, and the files of its
 * package byte for byte, so that it can be given to another installation.
 */
export class CreateCatalogue1767225619000 implements MigrationInterface {
  name = 'CreateCatalogue1767225619000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of UP) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const sql of DOWN) await runner.query(sql);
  }
}

const UP = [
  // What its folder said when it was loaded last: by that, edits since are told apart.
  `ALTER TABLE service ADD COLUMN version int NOT NULL DEFAULT 1, ADD COLUMN retired_at timestamptz,
    ADD COLUMN loaded jsonb`,
  `CREATE TABLE service_history (
    tenant_id text NOT NULL, code text NOT NULL, version int NOT NULL CHECK (version > 0),
    package jsonb NOT NULL, retired_at timestamptz, changed_at timestamptz NOT NULL,
    changed_by text NOT NULL, reason text NOT NULL, PRIMARY KEY (tenant_id, code, version))`,
  `CREATE TABLE package_file (
    tenant_id text NOT NULL, folder text NOT NULL, path text NOT NULL, content bytea NOT NULL,
    PRIMARY KEY (tenant_id, folder, path))`,
];

const DOWN = [
  'DROP TABLE IF EXISTS package_file',
  'DROP TABLE IF EXISTS service_history',
  'ALTER TABLE service DROP COLUMN version, DROP COLUMN retired_at, DROP COLUMN loaded',
];
