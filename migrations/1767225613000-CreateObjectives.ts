import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Promises to a population, and changes of rules that move the deadlines of open cases. */
export class CreateObjectives1767225613000 implements MigrationInterface {
  name = 'CreateObjectives1767225613000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of STATEMENTS) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['deadline_change', 'objective_burn', 'objective']) {
      await runner.query(`DROP TABLE IF EXISTS ${table}`);
    }
  }
}

const STATEMENTS = [
  `CREATE TABLE objective (
    tenant_id text NOT NULL, id bigint NOT NULL, channel text, service_code text, unit_code text,
    share numeric NOT NULL CHECK (share > 0 AND share < 1),
    working_days int NOT NULL CHECK (working_days >= 0),
    period text NOT NULL CHECK (period IN ('month', 'quarter', 'year')),
    threshold numeric NOT NULL CHECK (threshold > 0), least_cases int NOT NULL CHECK (least_cases > 0),
    owner_unit text NOT NULL, made_by text NOT NULL, made_at timestamptz NOT NULL, ended_at timestamptz,
    PRIMARY KEY (tenant_id, id))`,
  // Its key is what makes an objective escalate once in a period, whoever looks how often.
  `CREATE TABLE objective_burn (
    tenant_id text NOT NULL, objective_id bigint NOT NULL, period_start date NOT NULL,
    at timestamptz NOT NULL, cases int NOT NULL, missed int NOT NULL, budget numeric NOT NULL,
    PRIMARY KEY (tenant_id, objective_id, period_start))`,
  `CREATE TABLE deadline_change (
    tenant_id text NOT NULL, id bigint NOT NULL, change jsonb NOT NULL, made_by text NOT NULL,
    made_at timestamptz NOT NULL, after_id bigint NOT NULL DEFAULT 0, moved int NOT NULL DEFAULT 0,
    done_at timestamptz,
    PRIMARY KEY (tenant_id, id))`,
];
