import type { Tx } from '../db/tx.js';
import type { Form } from './form.js';
import { formSchema } from './form.js';

/** The latest deployed version of a form, or undefined when there is none of that id. */
export async function findForm(tx: Tx, tenant: string, formId: string): Promise<Form | undefined> {
  const [row] = await tx.query<{ schema: unknown }>(
    `SELECT schema FROM form_definition WHERE tenant_id = $1 AND form_id = $2
     ORDER BY version DESC LIMIT 1`,
    [tenant, formId],
  );
  return row && formSchema.parse(row.schema);
}
