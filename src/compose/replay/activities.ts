import { findService } from '../../catalogue/services.js';
import type { Tx } from '../../db/tx.js';
import { findDefinition } from '../../engine/definitions/definition-store.js';
import type { ProcessEngine } from '../../engine/engine.js';
import { NotFoundError } from '../../kernel/errors.js';
import { activityKey } from './activity.js';

/** The property by which a model says which recorded activity a user task is. */
const PROPERTY = 'log.activity';

/** Ids of user tasks by the key of the activity they stand for. */
export type Activities = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Those of the process that works on the service's cases.
 * @throws NotFoundError 'definition_not_found'
 */
export async function readActivities(
  tx: Tx,
  tenant: string,
  { engine, service }: { engine: ProcessEngine; service: string },
): Promise<Activities> {
  const found = await findService(tx, tenant, service);
  const processId = found?.intakeProcess ?? found?.activeProcess;
  const definitionId = processId && (await findDefinition(tx, tenant, processId));
  if (!definitionId) {
    throw new NotFoundError('definition_not_found', `The service ${service} has no process.`);
  }
  const model = await engine.model(tx, tenant, definitionId);
  const activities = new Map<string, Set<string>>();
  for (const { id, userTask, properties } of model.elements.values()) {
    const name = properties[PROPERTY];
    if (!userTask || name === undefined) continue;
    const key = activityKey(name);
    activities.set(key, (activities.get(key) ?? new Set()).add(id));
  }
  return activities;
}
