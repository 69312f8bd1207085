import type { Tx } from '../../db/tx.js';
import type { Id } from '../../kernel/ids.js';
import type { JsonObject } from '../../kernel/json.js';

export interface FormRow {
  id: Id;
  formId: string;
  version: number;
  schema: JsonObject;
}

/** The newest version of the form a task names; undefined when it names none that is there. */
export async function findTaskForm(
  tx: Tx,
  tenant: string,
  taskId: Id,
): Promise<FormRow | undefined> {
  const [row] = await tx.query<FormRow>(
    `SELECT f.id, f.form_id AS "formId", f.version, f.schema FROM form_definition f
     WHERE f.tenant_id = $1
       AND f.form_id = (SELECT form_id FROM user_task WHERE tenant_id = $1 AND id = $2)
     ORDER BY f.version DESC LIMIT 1`,
    [tenant, taskId],
  );
  return row;
}
