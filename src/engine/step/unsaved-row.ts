import type { Tx } from '../../db/tx.js';
import type { Id } from '../../kernel/ids.js';
import type { JsonObject } from '../../kernel/json.js';
import { beforeFirst } from './before-first.js';

/** What a new instance's row begins with. */
export interface NewRow {
  tenant: string;
  id: Id;
  definitionId: Id;
  processId: string;
  version: number;
  variables: JsonObject;
  by: string;
  now: Date;
  /** The definition was remembered as the newest: it is looked up again as the row is written. */
  newestOnly: boolean;
}

/** True in SQL unless a newer version has been deployed than the one remembered. */
export const STILL_NEWEST = `(NOT :newestOnly OR :definitionId = (
  SELECT id FROM process_definition WHERE tenant_id = :tenant AND process_id = :processId
  ORDER BY version DESC LIMIT 1))`;

const INSERT = `WITH saved AS (
    INSERT INTO process_instance (tenant_id, id, definition_id, process_id, version, status,
      revision, stamp, variables, root_id, started_by, started_at)
    SELECT $1, $2, $3::bigint, $4, $5, 'active', 0, $2, $6, $2, $7, $8
    WHERE NOT $9 OR $3 = (SELECT id FROM process_definition
      WHERE tenant_id = $1 AND process_id = $4 ORDER BY version DESC LIMIT 1) RETURNING 1)
  SELECT CASE WHEN count(*) = 0 THEN fail_overtaken() END FROM saved`;

/**
 * The row of an instance that takes its first step. It is written with that step, unless somebody
 * asks the database for anything before: then the row is there first.
 */
export class UnsavedRow {
  readonly values: NewRow;
  /** The transaction, for whoever may look for the row. */
  readonly tx: Tx;
  /** The row is on its way; the step finds it as any other. */
  inserted = false;
  readonly #onFailure: () => void;

  constructor(tx: Tx, values: NewRow, onFailure: () => void) {
    this.values = values;
    this.tx = beforeFirst(tx, () => this.#insert(tx));
    this.#onFailure = onFailure;
  }

  #insert(tx: Tx): void {
    this.inserted = true;
    const { tenant, id, definitionId, processId, version, variables, by, now } = this.values;
    const values = [tenant, id, definitionId, processId, version, variables, by, now];
    const name = 'insert-instance';
    this.watch(tx.query(INSERT, [...values, this.values.newestOnly], { name }));
  }

  watch(written: Promise<unknown>): void {
    written.catch(this.#onFailure);
  }
}
