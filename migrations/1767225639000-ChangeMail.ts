import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A municipality's own texts of messages; mails that are sent again, who asked for it and why; its
 * mail addresses, changed by people.
 */
export class ChangeMail1767225639000 implements MigrationInterface {
  name = 'ChangeMail1767225639000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of UP) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const sql of DOWN) await runner.query(sql);
  }
}

const UP = [
  // Without words: from that version on it is the built-in text again.
  `CREATE TABLE message_text (
    tenant_id text NOT NULL, template text NOT NULL,
    language text NOT NULL CHECK (language IN ('nb', 'nn', 'en')),
    version int NOT NULL CHECK (version > 0), subject text, body text,
    changed_at timestamptz NOT NULL, changed_by text NOT NULL,
    PRIMARY KEY (tenant_id, template, language, version),
    CHECK ((subject IS NULL) = (body IS NULL)))`,
  `ALTER TABLE mail_delivery ADD COLUMN asked_by text, ADD COLUMN reason text`,
  // One that was taken away stays, so that no start gives it back; it may be another's then.
  `ALTER TABLE mail_address ADD COLUMN changed_at timestamptz, ADD COLUMN changed_by text,
    ADD COLUMN removed_at timestamptz`,
  `DROP INDEX mail_address_owner`,
  `CREATE UNIQUE INDEX mail_address_owner ON mail_address (address) WHERE removed_at IS NULL`,
];

const DOWN = [
  'DROP INDEX mail_address_owner',
  'DELETE FROM mail_address WHERE removed_at IS NOT NULL',
  'CREATE UNIQUE INDEX mail_address_owner ON mail_address (address)',
  'ALTER TABLE mail_address DROP COLUMN changed_at, DROP COLUMN changed_by, DROP COLUMN removed_at',
  'ALTER TABLE mail_delivery DROP COLUMN asked_by, DROP COLUMN reason',
  'DROP TABLE IF EXISTS message_text',
];
