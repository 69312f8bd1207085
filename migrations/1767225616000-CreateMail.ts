import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Mail in: whose addresses we are, and what came. Mail out: what became of each one. */
export class CreateMail1767225616000 implements MigrationInterface {
  name = 'CreateMail1767225616000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of UP) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['mail_delivery', 'inbound_mail', 'mail_address']) {
      await runner.query(`DROP TABLE IF EXISTS ${table}`);
    }
  }
}

const UP = [
  // One address is one municipality's, whoever asks: what comes in says no tenant.
  `CREATE TABLE mail_address (
    tenant_id text NOT NULL, address text NOT NULL, unit_code text, service_code text,
    PRIMARY KEY (tenant_id, address))`,
  `CREATE UNIQUE INDEX mail_address_owner ON mail_address (address)`,
  // Content store: the mail as it came, until its case is de-identified.
  `CREATE TABLE inbound_mail (
    tenant_id text NOT NULL, id bigint NOT NULL, digest text NOT NULL, message_id text,
    sender text NOT NULL, recipient text NOT NULL, raw bytea NOT NULL, received_at timestamptz NOT NULL,
    handled_at timestamptz, outcome text CHECK (outcome IN
      ('inquiry', 'reply', 'bounce', 'automatic', 'loop', 'unreadable')),
    inquiry_id bigint, inquiry_message_id bigint,
    PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, digest),
    CHECK ((handled_at IS NULL) = (outcome IS NULL)))`,
  `ALTER TABLE inbound_mail ALTER COLUMN raw SET STORAGE EXTERNAL`,
  `CREATE INDEX inbound_mail_inquiry ON inbound_mail (tenant_id, inquiry_id, id)
    WHERE inquiry_id IS NOT NULL`,
  `CREATE INDEX inbound_mail_sender ON inbound_mail (tenant_id, sender, received_at)`,
  `CREATE INDEX inbound_mail_loose ON inbound_mail (tenant_id, received_at)
    WHERE inquiry_id IS NULL AND handled_at IS NOT NULL`,
  // Facts: no address and no words, so it stays when the case is de-identified.
  `CREATE TABLE mail_delivery (
    tenant_id text NOT NULL, id bigint NOT NULL, inquiry_id bigint NOT NULL, message_id text NOT NULL,
    template text NOT NULL, recipient text NOT NULL, recipient_unit text, asked jsonb NOT NULL,
    state text NOT NULL CHECK (state IN ('queued', 'sent', 'refused', 'bounced', 'noAddress')),
    attempts int NOT NULL, detail text, created_at timestamptz NOT NULL, changed_at timestamptz NOT NULL,
    resent_as bigint,
    PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, message_id))`,
  `CREATE INDEX mail_delivery_inquiry ON mail_delivery (tenant_id, inquiry_id, id)`,
  `CREATE INDEX mail_delivery_failed ON mail_delivery (tenant_id, changed_at, id)
    WHERE state IN ('refused', 'bounced', 'noAddress') AND resent_as IS NULL`,
];
