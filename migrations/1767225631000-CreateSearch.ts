import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Search by what people remember: names with a letter wrong, «Aase» for «Åse», half an address. The
 * folded texts are generated, so that whatever empties a name empties them.
 */
export class CreateSearch1767225631000 implements MigrationInterface {
  name = 'CreateSearch1767225631000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of UP) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const sql of DOWN) await runner.query(sql);
  }
}

const UP = [
  'CREATE EXTENSION IF NOT EXISTS pg_trgm',
  'CREATE EXTENSION IF NOT EXISTS btree_gin',
  // Capitals as well: not every database knows the small form of Å.
  `CREATE FUNCTION fold_text(given text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
   RETURN replace(replace(replace(translate(lower(given),
     'ÅØÆÄÖÜÉåøæäöüéèêëáàâãúùûóòôõíìîïçñýčšžđŋŧ', 'aoaaoueaoaaoueeeeaaaauuuooooiiiicnycszdnt'),
     'aa', 'a'), 'oe', 'o'), 'ae', 'a')`,
  `ALTER TABLE party ADD COLUMN folded_name text GENERATED ALWAYS AS (fold_text(name)) STORED`,
  `CREATE INDEX party_folded_name ON party USING gin (tenant_id, folded_name gin_trgm_ops)`,
  `DROP INDEX party_phone`,
  `CREATE INDEX party_phone ON party (tenant_id, phone text_pattern_ops) WHERE phone IS NOT NULL`,
  `DROP INDEX party_email`,
  `CREATE INDEX party_email ON party (tenant_id, email text_pattern_ops) WHERE email IS NOT NULL`,
  `ALTER TABLE inquiry_content
   ADD COLUMN folded_address text GENERATED ALWAYS AS (fold_text(address)) STORED`,
  `CREATE INDEX inquiry_content_folded_address ON inquiry_content
   USING gin (tenant_id, folded_address gin_trgm_ops) WHERE folded_address IS NOT NULL`,
  `CREATE INDEX inquiry_plain_reference ON inquiry
   USING gin (tenant_id, replace(reference, '-', '') gin_trgm_ops)`,
];

const DOWN = [
  'DROP INDEX inquiry_plain_reference',
  'ALTER TABLE inquiry_content DROP COLUMN folded_address',
  'ALTER TABLE party DROP COLUMN folded_name',
  'DROP INDEX party_phone',
  'CREATE INDEX party_phone ON party (tenant_id, phone) WHERE phone IS NOT NULL',
  'DROP INDEX party_email',
  'CREATE INDEX party_email ON party (tenant_id, email) WHERE email IS NOT NULL',
  'DROP FUNCTION fold_text',
  'DROP EXTENSION btree_gin',
  'DROP EXTENSION pg_trgm',
];
