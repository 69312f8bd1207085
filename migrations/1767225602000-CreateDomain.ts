import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The domain's three stores. Facts hold no personal data and live for good; the party store says
 * who, the content store what was said, and both are emptied when retention cuts the person link.
 */
export class CreateDomain1767225602000 implements MigrationInterface {
  name = 'CreateDomain1767225602000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [...FACTS, ...PARTIES, ...CONTENT]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`DROP TABLE IF EXISTS ${table}`);
  }
}

const TABLES = [
  'inquiry_message',
  'inquiry_answer',
  'inquiry_content',
  'inquiry_party',
  'party',
  'breach',
  'inquiry',
  'service',
  'package_folder',
  'unit',
  'event',
];

const FACTS = [
  `CREATE TABLE event (
    tenant_id text NOT NULL, id bigint NOT NULL, subject_type text NOT NULL, subject_id text NOT NULL,
    kind text NOT NULL, actor text NOT NULL, at timestamptz NOT NULL, data jsonb NOT NULL,
    PRIMARY KEY (tenant_id, id))`,
  `CREATE INDEX event_subject ON event (tenant_id, subject_type, subject_id, id)`,
  `CREATE TABLE unit (
    tenant_id text NOT NULL, code text NOT NULL, names jsonb NOT NULL, parent_code text,
    email text, manager_email text,
    PRIMARY KEY (tenant_id, code), CHECK (parent_code <> code))`,
  // What was loaded last, so that a restart does not publish old files over an owner's newer model.
  `CREATE TABLE package_folder (
    tenant_id text NOT NULL, folder text NOT NULL, checksum text NOT NULL, loaded_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, folder))`,
  `CREATE TABLE service (
    tenant_id text NOT NULL, code text NOT NULL, folder text NOT NULL, package jsonb NOT NULL,
    active_process text NOT NULL, updated_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, code))`,
  `CREATE TABLE inquiry (
    tenant_id text NOT NULL, id bigint NOT NULL, reference text NOT NULL, service_code text NOT NULL,
    unit_code text, channel text NOT NULL
      CHECK (channel IN ('phone', 'letter', 'visit', 'fax', 'form', 'chat', 'email', 'portal')),
    district text, grid_cell text, own_words boolean NOT NULL, identified boolean NOT NULL,
    status text NOT NULL CHECK (status IN ('received', 'registered', 'awaitingCitizen', 'inProgress',
      'external', 'answered', 'closed', 'reopened', 'withdrawn', 'deidentified')),
    priority int NOT NULL CHECK (priority >= 0 AND priority <= 100),
    received_at timestamptz NOT NULL, registered_at timestamptz NOT NULL, registered_by text NOT NULL,
    expected_by timestamptz NOT NULL, statutory_by timestamptz, changed_at timestamptz NOT NULL,
    routing jsonb, answers jsonb NOT NULL, instance_id bigint, duplicate_of bigint,
    closed_at timestamptz, outcome text CHECK (outcome IN ('answered', 'forwarded', 'linked',
      'withdrawn', 'rejected', 'completed')),
    archived_at timestamptz, archive_reference text, deidentified_at timestamptz,
    PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, reference), CHECK (duplicate_of <> id),
    CHECK ((closed_at IS NULL) = (outcome IS NULL)),
    CHECK ((closed_at IS NOT NULL) = (status IN ('closed', 'withdrawn', 'deidentified'))),
    CHECK ((deidentified_at IS NOT NULL) = (status = 'deidentified')),
    CHECK ((archived_at IS NULL) = (archive_reference IS NULL)))`,
  `CREATE INDEX inquiry_received ON inquiry (tenant_id, received_at DESC, id DESC)`,
  `CREATE INDEX inquiry_open ON inquiry (tenant_id, service_code, expected_by) WHERE closed_at IS NULL`,
  `CREATE INDEX inquiry_instance ON inquiry (tenant_id, instance_id)`,
  `CREATE INDEX inquiry_cell ON inquiry (tenant_id, grid_cell) WHERE grid_cell IS NOT NULL`,
  `CREATE TABLE breach (
    tenant_id text NOT NULL, id bigint NOT NULL, inquiry_id bigint NOT NULL,
    deadline text NOT NULL CHECK (deadline IN ('guarantee', 'statutory', 'internal')),
    level int NOT NULL CHECK (level > 0), unit_code text, due_at timestamptz NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, inquiry_id, deadline, level, due_at))`,
];

const PARTIES = [
  `CREATE TABLE party (
    tenant_id text NOT NULL, id bigint NOT NULL,
    kind text NOT NULL CHECK (kind IN ('person', 'organisation')), name text, name_key text NOT NULL,
    phone text, email text, language text NOT NULL CHECK (language IN ('nb', 'nn', 'en')),
    created_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id), CHECK (name IS NOT NULL OR phone IS NOT NULL OR email IS NOT NULL))`,
  // Two desks that register the same person at once make one party; see people/parties.ts.
  `CREATE UNIQUE INDEX party_identity ON party
    (tenant_id, kind, name_key, (coalesce(phone, '')), (coalesce(email, '')))
    WHERE phone IS NOT NULL OR email IS NOT NULL`,
  `CREATE INDEX party_phone ON party (tenant_id, phone) WHERE phone IS NOT NULL`,
  `CREATE INDEX party_email ON party (tenant_id, email) WHERE email IS NOT NULL`,
  `CREATE TABLE inquiry_party (
    tenant_id text NOT NULL, inquiry_id bigint NOT NULL, party_id bigint NOT NULL,
    linked_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, inquiry_id, party_id))`,
  `CREATE INDEX inquiry_party_party ON inquiry_party (tenant_id, party_id)`,
];

const CONTENT = [
  `CREATE TABLE inquiry_content (
    tenant_id text NOT NULL, inquiry_id bigint NOT NULL, subject text, text text,
    address text, latitude double precision, longitude double precision, scrubbed_at timestamptz,
    PRIMARY KEY (tenant_id, inquiry_id), CHECK ((latitude IS NULL) = (longitude IS NULL)),
    CHECK (scrubbed_at IS NULL OR (subject IS NULL AND text IS NULL AND address IS NULL
      AND latitude IS NULL)))`,
  `CREATE TABLE inquiry_answer (
    tenant_id text NOT NULL, id bigint NOT NULL, inquiry_id bigint NOT NULL, form_id text NOT NULL,
    task_id bigint, answers jsonb NOT NULL, answered_by text NOT NULL, answered_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id))`,
  `CREATE INDEX inquiry_answer_inquiry ON inquiry_answer (tenant_id, inquiry_id, id)`,
  `CREATE TABLE inquiry_message (
    tenant_id text NOT NULL, id bigint NOT NULL, inquiry_id bigint NOT NULL,
    direction text NOT NULL CHECK (direction IN ('in', 'out')), kind text NOT NULL,
    recipient text NOT NULL CHECK (recipient IN ('party', 'unit', 'manager')), address text,
    subject text, body text, sent_at timestamptz NOT NULL, idempotency_key text NOT NULL,
    PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, idempotency_key))`,
  `CREATE INDEX inquiry_message_inquiry ON inquiry_message (tenant_id, inquiry_id, id)`,
];
