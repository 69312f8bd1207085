import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How far demo mode's clock is ahead of the machine's, for all nodes alike: like the nodes' numbers
 * it belongs to the installation, not to a municipality.
 */
export class CreateDemoClock1767225604000 implements MigrationInterface {
  name = 'CreateDemoClock1767225604000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE demo_clock (
        number int PRIMARY KEY CHECK (number = 1), ahead_ms bigint NOT NULL CHECK (ahead_ms >= 0))`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE demo_clock');
  }
}
