import type { Tx } from '../db/tx.js';
import type { ProcessModel } from '../engine/model/process-model.js';
import type { Id } from '../kernel/ids.js';

/** The engine's `model`. */
export type ReadModel = (tx: Tx, tenant: string, definitionId: Id) => Promise<ProcessModel>;

/** The same in the languages a citizen may read. */
export interface Words {
  nb: string;
  nn: string;
  en: string;
}

/** A place in a model that its drawer has put into a citizen's words, and when a case came there. */
export interface Milestone {
  at: Date;
  /** Who brought it there: staff by login, or the process. */
  actor: string;
  words: Words;
}

interface Passed {
  at: Date;
  actor: string;
  elementId: string;
  definitionId: Id;
}

/** All runs of the case whose present run is `$2`. */
const RUNS = `(SELECT array_agg(r.id) FROM (SELECT $2::bigint AS id UNION SELECT e.instance_id
  FROM inquiry i JOIN earlier_run e ON e.tenant_id = i.tenant_id AND e.inquiry_id = i.id
  WHERE i.tenant_id = $1 AND i.instance_id = $2) r)`;

/**
 * The milestones that a case's process, and those it called, have passed, oldest first: elements
 * with the properties `milestone.nb`, `milestone.nn` and `milestone.en`, by the version of the model
 * that was run.
 */
export async function readMilestones(
  tx: Tx,
  tenant: string,
  instanceId: Id | null,
  readModel: ReadModel,
): Promise<Milestone[]> {
  const steps = await tx.query<Passed>(
    `SELECT s.at, s.actor, e.value ->> 'id' AS "elementId", p.definition_id AS "definitionId"
     FROM process_instance p
     JOIN step_log s ON s.tenant_id = p.tenant_id AND s.instance_id = p.id
     CROSS JOIN LATERAL jsonb_array_elements(s.elements) WITH ORDINALITY AS e (value, place)
     WHERE p.tenant_id = $1 AND p.root_id = ANY(${RUNS}::bigint[]) AND e.value ->> 'event' = 'enter'
     ORDER BY s.at, s.instance_id, s.revision, e.place`,
    [tenant, instanceId],
  );
  const found: Milestone[] = [];
  for (const { at, actor, elementId, definitionId } of steps) {
    const model = await readModel(tx, tenant, definitionId);
    const words = wordsOf(model.elements.get(elementId)?.properties ?? {});
    if (words) found.push({ at, actor, words });
  }
  return found;
}

function wordsOf(properties: Readonly<Record<string, string>>): Words | undefined {
  const nb = properties['milestone.nb'];
  if (!nb) return undefined;
  return { nb, nn: properties['milestone.nn'] ?? nb, en: properties['milestone.en'] ?? nb };
}
