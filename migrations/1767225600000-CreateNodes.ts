import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The numbers by which the nodes of one installation make ids that never meet. */
export class CreateNodes1767225600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE node (
        number integer PRIMARY KEY CHECK (number BETWEEN 0 AND 1023),
        owner uuid,
        lease_until timestamptz NOT NULL
      );
      INSERT INTO node (number, lease_until)
      SELECT number, '-infinity' FROM generate_series(0, 1023) AS number;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE node');
  }
}
