import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The called processes of one case are counted whenever one more is called. */
export class IndexCalledInstances1767225605000 implements MigrationInterface {
  name = 'IndexCalledInstances1767225605000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE INDEX process_instance_root ON process_instance (tenant_id, root_id)
       WHERE parent_id IS NOT NULL AND status IN ('created', 'active')`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX process_instance_root');
  }
}
