import type { Tx } from '../db/tx.js';
import { NotFoundError } from '../kernel/errors.js';
import type { Id } from '../kernel/ids.js';
import type { JsonObject } from '../kernel/json.js';
import { advanceLocked } from './advance.js';
import type { AdvanceContext, Outcome } from './advance.js';
import { findDefinition } from './definitions/definition-store.js';
import type { DefinitionStore } from './definitions/definition-store.js';
import { UnsavedRow } from './step/unsaved-row.js';
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
  /** How many signals led to this one. */
  chain?: number;
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
  const { definitions, ports, clock } = context;
  const { variables, by, startId: at, chain = 0 } = request;
  demandVariables(variables, context.limits.variables);
  const { definitionId, remembered } = await definitionFor(definitions, tx, tenant, request);
  const { processId, version } = await definitions.load(tx, tenant, definitionId);
  const id = request.instanceId ?? ports.newId();
  const row = {
    ...{ id, definitionId, processId, version, revision: 0, rootId: id },
    ...{ parentId: null, parentExecutionId: null, parentElementId: null },
  };
  const unsaved = new UnsavedRow(
    tx,
    { tenant, ...row, variables, by, now: clock(), newestOnly: remembered },
    () => definitions.forgetNewest(),
  );
  const first = { status: 'created' as const, stamp: id, variables, state: null };
  const locked = { row, ...first, unsaved, tx: unsaved.tx };
  const command = { kind: 'start' as const, ...(at && { at }) };
  return advanceLocked(context, tx, locked, { tenant, actor: by, command, chain });
}

/**
 * The newest version of a process is remembered from the last time, which saves a round trip: the
 * statement that writes the instance looks again, and is overtaken when there is a newer one.
 */
async function definitionFor(
  definitions: DefinitionStore,
  tx: Tx,
  tenant: string,
  { definitionId, processId, version }: StartRequest,
): Promise<{ definitionId: Id; remembered: boolean }> {
  if (definitionId !== undefined) return { definitionId, remembered: false };
  const newest = processId !== undefined && version === undefined;
  const known = newest ? definitions.newest(tenant, processId) : undefined;
  if (known !== undefined) return { definitionId: known, remembered: true };
  const found =
    processId === undefined ? undefined : await findDefinition(tx, tenant, processId, version);
  if (found === undefined) {
    const which = version === undefined ? processId : `${processId} version ${version}`;
    throw new NotFoundError('definition_not_found', `There is no process ${which}.`);
  }
  if (newest) definitions.rememberNewest(tenant, processId, found);
  return { definitionId: found, remembered: false };
}
