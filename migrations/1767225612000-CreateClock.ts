import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The clock of each case: when it started, stood still, went on and was moved, and which deadlines
 * it has reached. Person-free: the actor is staff or a process, the reasons are codes.
 */
export class CreateClock1767225612000 implements MigrationInterface {
  name = 'CreateClock1767225612000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of STATEMENTS) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE IF EXISTS unit_calendar');
    await runner.query('DROP TABLE IF EXISTS clock_event');
    await runner.query('ALTER TABLE inquiry DROP COLUMN paused_at, DROP COLUMN promised_by');
  }
}

const STATEMENTS = [
  `ALTER TABLE inquiry ADD COLUMN paused_at timestamptz, ADD COLUMN promised_by timestamptz`,
  `CREATE TABLE clock_event (
    tenant_id text NOT NULL, id bigint NOT NULL, inquiry_id bigint NOT NULL,
    kind text NOT NULL CHECK (kind IN ('START', 'PAUSE', 'RESUME', 'EXTEND', 'PROMISE',
      'RECALCULATE', 'REACHED')),
    deadline text, reason text, at timestamptz NOT NULL, due_at timestamptz, rule jsonb,
    actor text NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CHECK ((kind IN ('START', 'RECALCULATE')) = (rule IS NOT NULL)),
    CHECK (kind NOT IN ('EXTEND', 'REACHED') OR (deadline IS NOT NULL AND due_at IS NOT NULL)))`,
  `CREATE INDEX clock_event_inquiry ON clock_event (tenant_id, inquiry_id, id)`,
  // A deadline asks for its answer once, also when two nodes look at the clock at once.
  `CREATE UNIQUE INDEX clock_event_reached ON clock_event (tenant_id, inquiry_id, deadline, due_at)
    WHERE kind = 'REACHED'`,
  // Unit '*' is every unit that has no calendar of its own.
  `CREATE TABLE unit_calendar (
    tenant_id text NOT NULL, unit_code text NOT NULL, valid_from date NOT NULL, valid_to date,
    calendar jsonb NOT NULL, changed_by text NOT NULL, changed_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, unit_code, valid_from), CHECK (valid_to > valid_from))`,
];
