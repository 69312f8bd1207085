import type { Tx } from '../db/tx.js';
import type { Form, FormComponent } from './form.js';
import { formSchema } from './form.js';
import { readServices } from './services.js';

/** The field that chooses a case's service, in every form. */
const SERVICE_KEY = 'service';

/** The latest deployed version of a form, or undefined when there is none of that id. */
export async function findForm(tx: Tx, tenant: string, formId: string): Promise<Form | undefined> {
  const [row] = await tx.query<{ schema: unknown }>(
    `SELECT schema FROM form_definition WHERE tenant_id = $1 AND form_id = $2
     ORDER BY version DESC LIMIT 1`,
    [tenant, formId],
  );
  return row && formSchema.parse(row.schema);
}

/** As `findForm`, to be answered now: nobody is offered a service there that has been retired. */
export async function findFormToAnswer(
  tx: Tx,
  tenant: string,
  formId: string,
): Promise<Form | undefined> {
  const form = await findForm(tx, tenant, formId);
  if (!form) return undefined;
  const services = await readServices(tx, tenant);
  const retired = new Set(services.flatMap((one) => (one.retiredAt ? [one.code] : [])));
  return retired.size > 0 ? { ...form, components: offering(form.components, retired) } : form;
}

function offering(
  components: readonly FormComponent[],
  retired: ReadonlySet<string>,
): FormComponent[] {
  return components.map((one) => ({
    ...one,
    ...(one.key === SERVICE_KEY &&
      one.values && { values: one.values.filter(({ value }) => !retired.has(String(value))) }),
    ...(one.components && { components: offering(one.components, retired) }),
  }));
}
