import type { Tx } from '../db/tx.js';
import type { Id } from '../kernel/ids.js';
import type { DefinitionStore } from './definitions/definition-store.js';
import { catcherOf } from './model/process-model.js';

interface Caller {
  parentId: Id | null;
  parentElementId: string | null;
}

/** Whether a call activity above an instance has a boundary event for an error. */
export async function catchesAbove(
  definitions: DefinitionStore,
  tx: Tx,
  tenant: string,
  instance: Caller,
  code: string,
): Promise<boolean> {
  let called = instance;
  while (called.parentId !== null && called.parentElementId !== null) {
    const [caller] = await tx.query<Caller & { definitionId: Id }>(
      `SELECT definition_id AS "definitionId", parent_id AS "parentId",
         parent_element_id AS "parentElementId" FROM process_instance
       WHERE tenant_id = $1 AND id = $2`,
      [tenant, called.parentId],
    );
    if (!caller) return false;
    const { model } = await definitions.load(tx, tenant, caller.definitionId);
    if (catcherOf(model, called.parentElementId, code)) return true;
    called = caller;
  }
  return false;
}
