import type { Tx } from '../db/tx.js';
import type { ElementModel } from '../engine/model/process-model.js';
import type { Id } from '../kernel/ids.js';
import type { ReadModel } from './milestones.js';

/** An element of a model at which a case stands. */
export interface StandingPlace {
  processId: string;
  elementId: string;
  name: string | null;
}

interface Wait {
  processId: string;
  definitionId: Id;
  elementId: string;
  /** Somebody's or something's work, not only the passing of time. */
  isWork: boolean;
  /** Its process waits for one that it has called: what that one does is where the case stands. */
  hasCalled: boolean;
}

/**
 * Where a case stands, by its models: at the tasks that wait for people and systems; where there are
 * none, at the events it waits for. What only watches over the work (boundary events, event
 * sub-processes, the loop that minds the deadlines) is no place where a case stands.
 */
export async function standingPlaces(
  tx: Tx,
  tenant: string,
  instanceId: Id | null,
  readModel: ReadModel,
): Promise<StandingPlace[]> {
  const waits = await tx.query<Wait>(WAITS, [tenant, instanceId]);
  const work = waits.filter(({ isWork }) => isWork);
  const standing = work.length > 0 ? work : waits.filter(({ hasCalled }) => !hasCalled);
  const places: StandingPlace[] = [];
  for (const { processId, definitionId, elementId } of standing) {
    const element = (await readModel(tx, tenant, definitionId)).elements.get(elementId);
    if (element && !isWatch(element)) places.push({ processId, elementId, name: element.name });
  }
  return places;
}

function isWatch({ type, synthetic }: ElementModel): boolean {
  return type === 'boundaryEvent' || type === 'startEvent' || synthetic;
}

const WAITS = `
  WITH live AS (SELECT p.id, p.process_id, p.definition_id, EXISTS (
      SELECT 1 FROM process_instance c WHERE c.tenant_id = p.tenant_id AND c.parent_id = p.id
        AND c.status IN ('created', 'active')) AS has_called
    FROM process_instance p WHERE p.tenant_id = $1 AND p.root_id = $2
      AND p.status IN ('created', 'active'))
  SELECT DISTINCT live.process_id AS "processId", live.definition_id AS "definitionId",
    w.element_id AS "elementId", w.is_work AS "isWork", live.has_called AS "hasCalled"
  FROM live JOIN (
    SELECT instance_id, element_id, true AS is_work FROM user_task
      WHERE tenant_id = $1 AND state = 'created'
        AND instance_id IN (SELECT id FROM live)
    UNION ALL SELECT instance_id, element_id, kind <> 'timer' FROM job
      WHERE tenant_id = $1 AND kind <> 'command' AND element_id IS NOT NULL
        AND instance_id IN (SELECT id FROM live)
    UNION ALL SELECT instance_id, element_id, false FROM message_subscription
      WHERE tenant_id = $1 AND kind = 'message' AND instance_id IN (SELECT id FROM live)
  ) AS w ON w.instance_id = live.id
  ORDER BY 1, 3`;
