import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The organisation as data: units that begin and end, who works where in which role, who stands in
 * for whom, and what an old unit code means now. Nothing is deleted: a row ends.
 */
export class CreateOrganisation1767225618000 implements MigrationInterface {
  name = 'CreateOrganisation1767225618000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of UP) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const sql of DOWN) await runner.query(sql);
  }
}

const UP = [
  `ALTER TABLE unit ADD COLUMN valid_from timestamptz, ADD COLUMN valid_to timestamptz`,
  // Counts the changes; its row is locked by whoever makes one, so that changes take turns.
  `CREATE TABLE organisation (
    tenant_id text NOT NULL, revision bigint NOT NULL, PRIMARY KEY (tenant_id))`,
  `CREATE TABLE membership (
    tenant_id text NOT NULL, id bigint NOT NULL, username text NOT NULL, unit_code text,
    role text NOT NULL, valid_from timestamptz NOT NULL, valid_to timestamptz,
    PRIMARY KEY (tenant_id, id), CHECK (valid_to IS NULL OR valid_to >= valid_from))`,
  `CREATE INDEX membership_user ON membership (tenant_id, username)`,
  `CREATE TABLE absence (
    tenant_id text NOT NULL, id bigint NOT NULL, username text NOT NULL, substitute text NOT NULL,
    absent_from timestamptz NOT NULL, absent_to timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id), CHECK (username <> substitute), CHECK (absent_to >= absent_from))`,
  // With a service, the link is for that service's cases only: how a unit that was split is told apart.
  `CREATE TABLE unit_successor (
    tenant_id text NOT NULL, code text NOT NULL, service_code text NOT NULL DEFAULT '',
    successor_code text NOT NULL, from_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, code, service_code), CHECK (code <> successor_code))`,
  `CREATE TABLE reorganisation (
    tenant_id text NOT NULL, id bigint NOT NULL, plan jsonb NOT NULL, reason text NOT NULL,
    status text NOT NULL CHECK (status IN ('planned', 'running', 'done', 'undone')),
    effective_at timestamptz NOT NULL, created_by text NOT NULL, created_at timestamptz NOT NULL,
    undo jsonb NOT NULL, cases int NOT NULL DEFAULT 0, tasks int NOT NULL DEFAULT 0,
    ended_at timestamptz, PRIMARY KEY (tenant_id, id))`,
  // When a task was first seen to have nobody who could do it.
  `CREATE TABLE unattended_task (
    tenant_id text NOT NULL, task_id bigint NOT NULL, since timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, task_id))`,
];

const DOWN = [
  ...[
    'unattended_task',
    'reorganisation',
    'unit_successor',
    'absence',
    'membership',
    'organisation',
  ].map((table) => `DROP TABLE IF EXISTS ${table}`),
  `ALTER TABLE unit DROP COLUMN valid_from, DROP COLUMN valid_to`,
];
