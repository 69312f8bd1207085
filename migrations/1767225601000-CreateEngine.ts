import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The engine's tables. Instance state is deflated bytes (kept out of pglz), only variables are
 * searchable; timers, handler jobs and internal commands are rows of one table with one due-time
 * column, so that a crashed node's work simply becomes due again.
 */
export class CreateEngine1767225601000 implements MigrationInterface {
  name = 'CreateEngine1767225601000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of UP) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`DROP TABLE IF EXISTS ${table}`);
  }
}

const TABLES = [
  'step_log',
  'incident',
  'message',
  'message_subscription',
  'job',
  'user_task',
  'process_instance',
  'start_subscription',
  'form_definition',
  'decision_definition',
  'process_definition',
  'deployment',
];

const UP = [
  `CREATE TABLE deployment (
    tenant_id text NOT NULL, id bigint NOT NULL, deployed_at timestamptz NOT NULL, deployed_by text NOT NULL,
    PRIMARY KEY (tenant_id, id))`,
  `CREATE TABLE process_definition (
    tenant_id text NOT NULL, id bigint NOT NULL, deployment_id bigint NOT NULL, process_id text NOT NULL,
    version int NOT NULL CHECK (version > 0), name text, resource_name text NOT NULL, checksum text NOT NULL,
    xml text NOT NULL, deployed_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, process_id, version))`,
  `CREATE TABLE decision_definition (
    tenant_id text NOT NULL, id bigint NOT NULL, deployment_id bigint NOT NULL, decision_id text NOT NULL,
    version int NOT NULL CHECK (version > 0), name text, requirements_id text NOT NULL,
    resource_name text NOT NULL, checksum text NOT NULL, xml text NOT NULL, deployed_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, decision_id, version))`,
  `CREATE TABLE form_definition (
    tenant_id text NOT NULL, id bigint NOT NULL, deployment_id bigint NOT NULL, form_id text NOT NULL,
    version int NOT NULL CHECK (version > 0), resource_name text NOT NULL, checksum text NOT NULL,
    schema jsonb NOT NULL, deployed_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, form_id, version))`,
  `CREATE TABLE start_subscription (
    tenant_id text NOT NULL, process_id text NOT NULL, element_id text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('message', 'signal')), name text NOT NULL, definition_id bigint NOT NULL,
    PRIMARY KEY (tenant_id, process_id, element_id))`,
  `CREATE INDEX start_subscription_name ON start_subscription (tenant_id, name)`,
  `CREATE TABLE process_instance (
    tenant_id text NOT NULL, id bigint NOT NULL, definition_id bigint NOT NULL, process_id text NOT NULL,
    version int NOT NULL, status text NOT NULL CHECK (status IN ('created', 'active', 'completed', 'canceled')),
    revision int NOT NULL, stamp bigint NOT NULL, variables jsonb NOT NULL, state bytea,
    parent_id bigint, parent_execution_id text, parent_element_id text, root_id bigint NOT NULL, started_by text NOT NULL,
    started_at timestamptz NOT NULL, ended_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    CHECK ((ended_at IS NOT NULL) = (status IN ('completed', 'canceled'))),
    CHECK ((parent_id IS NULL) = (parent_execution_id IS NULL)))`,
  // Deflated already: a second compression by the server only costs time.
  `ALTER TABLE process_instance ALTER COLUMN state SET STORAGE EXTERNAL`,
  `CREATE INDEX process_instance_definition ON process_instance (tenant_id, process_id, status)`,
  `CREATE INDEX process_instance_parent ON process_instance (tenant_id, parent_id) WHERE parent_id IS NOT NULL`,
  `CREATE TABLE user_task (
    tenant_id text NOT NULL, id bigint NOT NULL, instance_id bigint NOT NULL, execution_id text NOT NULL,
    element_id text NOT NULL, name text, definition_id bigint NOT NULL, process_id text NOT NULL,
    state text NOT NULL CHECK (state IN ('created', 'completed', 'canceled')),
    assignee text, candidate_groups text[] NOT NULL, candidate_users text[] NOT NULL, form_id text,
    priority int NOT NULL CHECK (priority >= 0 AND priority <= 100), due_at timestamptz, follow_up_at timestamptz,
    variables jsonb NOT NULL, created_at timestamptz NOT NULL, ended_at timestamptz,
    PRIMARY KEY (tenant_id, id), CHECK ((ended_at IS NOT NULL) = (state <> 'created')))`,
  `CREATE INDEX user_task_instance ON user_task (tenant_id, instance_id)`,
  // In the order of the worklist, the most urgent first: a page is read off, not sorted out of all.
  `CREATE INDEX user_task_open ON user_task (tenant_id, (100 - priority),
    (coalesce(due_at, 'infinity'::timestamptz)), id) WHERE state = 'created'`,
  `CREATE TABLE job (
    tenant_id text NOT NULL, id bigint NOT NULL, instance_id bigint, execution_id text, element_id text,
    kind text NOT NULL CHECK (kind IN ('timer', 'handler', 'external', 'command')), type text NOT NULL,
    payload jsonb NOT NULL, available_at timestamptz NOT NULL, retries int NOT NULL CHECK (retries >= 0),
    attempts int NOT NULL DEFAULT 0, owner text, last_error text, created_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id))`,
  // A job out of retries waits for a person, not for the clock; one for external workers waits for
  // them, and however many do, the nodes never read past them.
  `CREATE INDEX job_due ON job (available_at) WHERE retries > 0 AND kind <> 'external'`,
  `CREATE INDEX job_external ON job (tenant_id, type, available_at)
    WHERE retries > 0 AND kind = 'external'`,
  `CREATE INDEX job_instance ON job (tenant_id, instance_id)`,
  `CREATE TABLE message_subscription (
    tenant_id text NOT NULL, id bigint NOT NULL, kind text NOT NULL CHECK (kind IN ('message', 'signal')),
    instance_id bigint NOT NULL, execution_id text NOT NULL, element_id text NOT NULL,
    process_id text NOT NULL, name text NOT NULL, correlation_key text NOT NULL,
    created_at timestamptz NOT NULL, PRIMARY KEY (tenant_id, id))`,
  `CREATE INDEX message_subscription_key ON message_subscription (tenant_id, name, correlation_key)`,
  `CREATE INDEX message_subscription_instance ON message_subscription (tenant_id, instance_id)`,
  `CREATE TABLE message (
    tenant_id text NOT NULL, id bigint NOT NULL, name text NOT NULL, correlation_key text NOT NULL,
    message_id text, variables jsonb NOT NULL, published_at timestamptz NOT NULL, expires_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, name, correlation_key, message_id))`,
  `CREATE TABLE incident (
    tenant_id text NOT NULL, id bigint NOT NULL, instance_id bigint NOT NULL, execution_id text,
    element_id text, kind text NOT NULL, message text NOT NULL, job_id bigint, created_at timestamptz NOT NULL,
    resolved_at timestamptz, resolution text CHECK (resolution IN ('retried', 'skipped', 'canceled')), resolved_by text, reason text,
    PRIMARY KEY (tenant_id, id), CHECK ((resolved_at IS NULL) = (resolution IS NULL)),
    CHECK (resolution IS DISTINCT FROM 'skipped' OR reason IS NOT NULL))`,
  `CREATE INDEX incident_open ON incident (tenant_id, instance_id) WHERE resolved_at IS NULL`,
  `CREATE TABLE step_log (
    tenant_id text NOT NULL, instance_id bigint NOT NULL, revision int NOT NULL, at timestamptz NOT NULL,
    actor text NOT NULL, command jsonb NOT NULL, elements jsonb NOT NULL,
    PRIMARY KEY (tenant_id, instance_id, revision))`,
];
