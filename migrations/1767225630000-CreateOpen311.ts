import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Open311 GeoReport v2: who may report, under which name a municipality is known, and which inquiries
 * came this way. The words of a report are case content like all others.
 */
export class CreateOpen3111767225630000 implements MigrationInterface {
  name = 'CreateOpen3111767225630000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of UP) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const index of ['event_at', 'inquiry_follower']) await runner.query(`DROP INDEX ${index}`);
    for (const table of ['open311_push', 'open311_request', 'open311_client']) {
      await runner.query(`DROP TABLE ${table}`);
    }
  }
}

const UP = [
  // The key itself is shown once, to whoever asked for it; only its hash is kept.
  `CREATE TABLE open311_client (
    tenant_id text NOT NULL, id bigint NOT NULL, name text NOT NULL, key_hash text NOT NULL,
    push_url text, push_key text, push_jurisdiction text,
    push_since timestamptz, added_by text NOT NULL,
    added_at timestamptz NOT NULL, revoked_at timestamptz,
    PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, key_hash),
    CHECK (push_url IS NOT NULL OR push_key IS NULL))`,
  `CREATE TABLE open311_request (
    tenant_id text NOT NULL, inquiry_id bigint NOT NULL, client_id bigint NOT NULL,
    client_request_id text, reported_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, inquiry_id))`,
  `CREATE UNIQUE INDEX open311_request_once ON open311_request
    (tenant_id, client_id, client_request_id) WHERE client_request_id IS NOT NULL`,
  `CREATE INDEX open311_request_client ON open311_request (tenant_id, client_id)`,
  `CREATE TABLE open311_push (
    tenant_id text NOT NULL, client_id bigint NOT NULL, inquiry_id bigint NOT NULL,
    event_id bigint NOT NULL, attempts int NOT NULL, tried_at timestamptz NOT NULL,
    sent_at timestamptz, given_up_at timestamptz, last_error text,
    PRIMARY KEY (tenant_id, client_id, inquiry_id, event_id))`,
  `CREATE INDEX inquiry_follower ON inquiry (tenant_id, duplicate_of)
    WHERE duplicate_of IS NOT NULL`,
  `CREATE INDEX event_at ON event (tenant_id, at) WHERE subject_type = 'inquiry'`,
];
