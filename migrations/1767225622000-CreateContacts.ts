import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What surrounds the cases: who asked again and where the case stood then, the conversations that
 * cases came out of, the citizen's own key to a case, and the way from closed cases to expectations.
 */
export class CreateContacts1767225622000 implements MigrationInterface {
  name = 'CreateContacts1767225622000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of UP) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const sql of DOWN) await runner.query(sql);
  }
}

const UP = [
  // Facts without a person: kept when the case is de-identified.
  `CREATE TABLE chaser (
    tenant_id text NOT NULL, id bigint NOT NULL, inquiry_id bigint NOT NULL, channel text NOT NULL,
    service_code text NOT NULL, unit_code text, overdue boolean NOT NULL, at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id))`,
  `CREATE INDEX chaser_inquiry ON chaser (tenant_id, inquiry_id)`,
  `CREATE INDEX chaser_at ON chaser (tenant_id, at)`,
  `CREATE TABLE chaser_place (
    tenant_id text NOT NULL, chaser_id bigint NOT NULL, process_id text NOT NULL,
    element_id text NOT NULL, PRIMARY KEY (tenant_id, chaser_id, process_id, element_id))`,
  // Only the digest of the key: whoever reads the database cannot open the page.
  `CREATE TABLE status_key (
    tenant_id text NOT NULL, digest text NOT NULL, inquiry_id bigint NOT NULL,
    created_at timestamptz NOT NULL, PRIMARY KEY (tenant_id, digest))`,
  `CREATE INDEX status_key_inquiry ON status_key (tenant_id, inquiry_id)`,
  `CREATE TABLE contact (
    tenant_id text NOT NULL, id bigint NOT NULL, channel text NOT NULL
      CHECK (channel IN ('phone', 'letter', 'visit', 'fax', 'form', 'chat', 'email', 'portal')),
    received_at timestamptz NOT NULL, started_at timestamptz, ended_at timestamptz,
    result text NOT NULL CHECK (result IN ('answeredNow', 'registered', 'callBack', 'forwarded')),
    sources text[] NOT NULL, registered_by text NOT NULL, registered_at timestamptz NOT NULL,
    source_key text, PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, source_key),
    CHECK (ended_at >= started_at))`,
  `CREATE INDEX contact_received ON contact (tenant_id, received_at DESC, id DESC)`,
  `CREATE TABLE contact_question (
    tenant_id text NOT NULL, contact_id bigint NOT NULL, inquiry_id bigint NOT NULL,
    result text NOT NULL CHECK (result IN ('answeredNow', 'registered', 'callBack', 'forwarded')),
    PRIMARY KEY (tenant_id, contact_id, inquiry_id))`,
  `CREATE INDEX contact_question_inquiry ON contact_question (tenant_id, inquiry_id)`,
  // What the telephone system says of a call. The number is personal: it goes when the call is over.
  `CREATE TABLE phone_call (
    tenant_id text NOT NULL, call_id text NOT NULL, number text,
    state text NOT NULL CHECK (state IN ('ringing', 'answered', 'ended')), agent text,
    rang_at timestamptz NOT NULL, answered_at timestamptz, ended_at timestamptz, contact_id bigint,
    PRIMARY KEY (tenant_id, call_id), CHECK (state = 'ended' OR ended_at IS NULL))`,
  `CREATE INDEX phone_call_live ON phone_call (tenant_id, rang_at) WHERE number IS NOT NULL`,
  // Of each municipality; only the digest, as for the keys of citizens.
  `CREATE TABLE hook_token (
    tenant_id text NOT NULL, hook text NOT NULL CHECK (hook IN ('phone', 'chat')),
    digest text NOT NULL, created_by text NOT NULL, created_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, hook, digest))`,
  `CREATE INDEX inquiry_durations ON inquiry (tenant_id, service_code, closed_at DESC)
    WHERE closed_at IS NOT NULL`,
];

const DOWN = [
  'DROP INDEX IF EXISTS inquiry_durations',
  ...[
    'hook_token',
    'phone_call',
    'contact_question',
    'contact',
    'status_key',
    'chaser_place',
    'chaser',
  ].map((table) => `DROP TABLE IF EXISTS ${table}`),
];
