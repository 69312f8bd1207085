import type { Tx } from '../db/tx.js';
import { NotFoundError } from '../kernel/errors.js';
import type { Id } from '../kernel/ids.js';
import type { JsonObject } from '../kernel/json.js';
import { advanceLocked } from './advance.js';
import type { AdvanceContext, Outcome } from './advance.js';
import { findDefinition } from './definitions/definition-store.js';
import { demandVariables } from './step/variables.js';

export interface StartRequest {
  processId?: string;
  version?: number;
  /** A definition's own id, instead of a process and version. */
  definitionId?: Id;
  /** The start event to begin at; the usual one when absent. */
  startId?: string;
  variables: JsonObject;
  by: string;
  /** Given by a caller who must know it beforehand. */
  instanceId?: Id;
}

/** Makes an instance and takes its first step. Throws NotFoundError `definition_not_found`. */
export async function startInstance(
  context: AdvanceContext,
  tx: Tx,
  tenant: string,
  request: StartRequest,
): Promise<Outcome> {
  const { processId, version, variables, by } = request;
  const definitionId =
    request.definitionId ??
    (processId === undefined ? undefined : await findDefinition(tx, tenant, processId, version));
  if (definitionId === undefined) {
    const which = version === undefined ? processId : `${processId} version ${version}`;
    throw new NotFoundError('definition_not_found', `There is no process ${which}.`);
  }
  demandVariables(variables, context.limits.variables);
  const definition = await context.definitions.load(tx, tenant, definitionId);
  const id = request.instanceId ?? context.ports.newId();
  // Not awaited before the step runs: the rows go while the engine works.
  const inserted = tx.query(
    `INSERT INTO process_instance (tenant_id, id, definition_id, process_id, version, status,
       revision, stamp, variables, root_id, started_by, started_at)
     VALUES ($1, $2, $3, $4, $5, 'active', 0, $2, $6, $2, $7, $8)`,
    [
      tenant,
      id,
      definitionId,
      definition.processId,
      definition.version,
      variables,
      by,
      context.clock(),
    ],
    { name: 'insert-instance' },
  );
  inserted.catch(() => {});
  const row = {
    id,
    definitionId,
    processId: definition.processId,
    version: definition.version,
    revision: 0,
    rootId: id,
    parentId: null,
    parentExecutionId: null,
    parentElementId: null,
  };
  const { startId: at } = request;
  const locked = { row, status: 'created' as const, stamp: id, variables, state: null };
  try {
    const command = { kind: 'start' as const, ...(at && { at }) };
    return await advanceLocked(context, tx, locked, { tenant, actor: by, command });
  } finally {
    // Whatever failed after it failed because of it.
    await inserted;
  }
}
