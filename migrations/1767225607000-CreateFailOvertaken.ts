import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Lets a statement fail with PostgreSQL's own word for "somebody was faster, try again" (SQLSTATE
 * 40001), so that a transaction can be committed in the same round trip as what it depends on.
 */
export class CreateFailOvertaken1767225607000 implements MigrationInterface {
  name = 'CreateFailOvertaken1767225607000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE FUNCTION fail_overtaken() RETURNS int LANGUAGE plpgsql AS $$
       BEGIN
         RAISE EXCEPTION 'overtaken by another transaction' USING ERRCODE = 'serialization_failure';
       END $$`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION fail_overtaken()');
  }
}
