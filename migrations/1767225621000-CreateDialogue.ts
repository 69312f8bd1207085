import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the citizen and the municipality say to each other on a case: who wrote it on which channel,
 * until when somebody must have read it, and on whose behalf it lies on another case.
 */
export class CreateDialogue1767225621000 implements MigrationInterface {
  name = 'CreateDialogue1767225621000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of UP) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const sql of DOWN) await runner.query(sql);
  }
}

const UP = [
  'ALTER TABLE inquiry_message DROP CONSTRAINT inquiry_message_direction_check',
  // A note is between colleagues: it goes neither in nor out.
  `ALTER TABLE inquiry_message ADD CONSTRAINT inquiry_message_direction_check
    CHECK (direction IN ('in', 'out', 'note'))`,
  `ALTER TABLE inquiry_message ADD COLUMN channel text, ADD COLUMN written_by text,
    ADD COLUMN from_inquiry_id bigint, ADD COLUMN due_at timestamptz,
    ADD COLUMN read_at timestamptz, ADD COLUMN read_by text`,
  'ALTER TABLE inquiry_message ADD CHECK ((read_at IS NULL) = (read_by IS NULL))',
  `CREATE INDEX inquiry_message_unread ON inquiry_message (tenant_id, due_at, id)
    WHERE due_at IS NOT NULL AND read_at IS NULL`,
  `CREATE INDEX inquiry_message_unread_of ON inquiry_message (tenant_id, inquiry_id)
    WHERE due_at IS NOT NULL AND read_at IS NULL`,
  `CREATE INDEX inquiry_message_from ON inquiry_message (tenant_id, from_inquiry_id)
    WHERE from_inquiry_id IS NOT NULL`,
  `CREATE TABLE message_attachment (
    tenant_id text NOT NULL, message_id bigint NOT NULL, attachment_id bigint NOT NULL,
    PRIMARY KEY (tenant_id, message_id, attachment_id))`,
];

const DOWN = [
  'DROP TABLE IF EXISTS message_attachment',
  'DROP INDEX IF EXISTS inquiry_message_from',
  'DROP INDEX IF EXISTS inquiry_message_unread_of',
  'DROP INDEX IF EXISTS inquiry_message_unread',
  `ALTER TABLE inquiry_message DROP COLUMN channel, DROP COLUMN written_by,
    DROP COLUMN from_inquiry_id, DROP COLUMN due_at, DROP COLUMN read_at, DROP COLUMN read_by`,
];
