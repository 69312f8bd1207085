import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Files that came with a case, in the content store. The bytes lie once for each municipality, under
 * their hash; a row of `attachment` says under which name, and to which case, they came.
 */
export class CreateAttachments1767225615000 implements MigrationInterface {
  name = 'CreateAttachments1767225615000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of UP) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE IF EXISTS attachment');
    await runner.query('DROP TABLE IF EXISTS attachment_content');
  }
}

const UP = [
  `CREATE TABLE attachment_content (
    tenant_id text NOT NULL, hash text NOT NULL, size int NOT NULL CHECK (size > 0),
    bytes bytea NOT NULL,
    PRIMARY KEY (tenant_id, hash), CHECK (octet_length(bytes) = size))`,
  // What was refused is told, or whoever reads the case would believe that nothing came.
  `CREATE TABLE attachment (
    tenant_id text NOT NULL, id bigint NOT NULL, inquiry_id bigint NOT NULL, hash text,
    filename text NOT NULL, declared_type text, media_type text, size int NOT NULL,
    refusal text, added_at timestamptz NOT NULL, added_by text NOT NULL,
    PRIMARY KEY (tenant_id, id), CHECK ((hash IS NULL) = (refusal IS NOT NULL)),
    CHECK ((hash IS NULL) = (media_type IS NULL)),
    FOREIGN KEY (tenant_id, hash) REFERENCES attachment_content (tenant_id, hash))`,
  `CREATE INDEX attachment_inquiry ON attachment (tenant_id, inquiry_id, id)`,
  `CREATE INDEX attachment_hash ON attachment (tenant_id, hash) WHERE hash IS NOT NULL`,
  // Already compressed, nearly all of it.
  `ALTER TABLE attachment_content ALTER COLUMN bytes SET STORAGE EXTERNAL`,
];
