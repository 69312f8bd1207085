import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What one may do is found by who one is, however much others have to do: a worklist that is not
 * filled by the most urgent tasks of all is gathered from these. Each holds open tasks only.
 */
export class IndexWorklists1767225606000 implements MigrationInterface {
  name = 'IndexWorklists1767225606000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of UP) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const index of INDEXES) await runner.query(`DROP INDEX ${index}`);
    await runner.query('DROP INDEX message_subscription_key');
    await runner.query(
      `CREATE INDEX message_subscription_key
       ON message_subscription (tenant_id, name, correlation_key)`,
    );
  }
}

const INDEXES = [
  'user_task_assignee',
  'user_task_group',
  'user_task_candidate',
  'user_task_anybody',
  'inquiry_unit',
];

const UP = [
  `CREATE INDEX user_task_assignee ON user_task (tenant_id, assignee)
    WHERE state = 'created' AND assignee IS NOT NULL`,
  // Without a list of late entries, which every search would have to read through.
  `CREATE INDEX user_task_group ON user_task USING gin (candidate_groups) WITH (fastupdate = off)
    WHERE state = 'created'`,
  `CREATE INDEX user_task_candidate ON user_task USING gin (candidate_users)
    WITH (fastupdate = off) WHERE state = 'created' AND cardinality(candidate_users) > 0`,
  `CREATE INDEX user_task_anybody ON user_task (tenant_id, id) WHERE state = 'created'
    AND cardinality(candidate_groups) = 0 AND cardinality(candidate_users) = 0`,
  `CREATE INDEX inquiry_unit ON inquiry (tenant_id, unit_code)`,
  // With the id, whoever has waited longest for a key is the first entry, not the first of all.
  'DROP INDEX message_subscription_key',
  `CREATE INDEX message_subscription_key
    ON message_subscription (tenant_id, name, correlation_key, id)`,
];
