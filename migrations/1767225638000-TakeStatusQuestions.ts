import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A conversation can also be about how a case goes; it makes no new case. */
export class TakeStatusQuestions1767225638000 implements MigrationInterface {
  name = 'TakeStatusQuestions1767225638000';

  async up(runner: QueryRunner): Promise<void> {
    await allow(runner, `'answeredNow', 'registered', 'callBack', 'forwarded', 'statusAsked'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DELETE FROM contact_question WHERE result = 'statusAsked'`);
    await runner.query(`UPDATE contact SET result = 'answeredNow' WHERE result = 'statusAsked'`);
    await allow(runner, `'answeredNow', 'registered', 'callBack', 'forwarded'`);
  }
}

async function allow(runner: QueryRunner, results: string): Promise<void> {
  for (const table of ['contact', 'contact_question']) {
    await runner.query(`ALTER TABLE ${table} DROP CONSTRAINT ${table}_result_check`);
    await runner.query(
      `ALTER TABLE ${table} ADD CONSTRAINT ${table}_result_check CHECK (result IN (${results}))`,
    );
  }
}
