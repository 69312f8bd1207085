import { z } from 'zod';

/** What a field of a form-js form may be, and the kind of value it gives. */
export const INPUT_TYPES = [
  'textfield',
  'textarea',
  'number',
  'checkbox',
  'checklist',
  'taglist',
  'radio',
  'select',
  'datetime',
] as const;
export type InputType = (typeof INPUT_TYPES)[number];

/** Components that show something and take no value. */
export const DISPLAY_TYPES = ['text', 'html', 'image', 'spacer', 'separator', 'button'] as const;

const option = z.looseObject({
  label: z.string().optional(),
  value: z.union([z.string(), z.number(), z.boolean()]),
});

/** The keys this application acts on; all others belong to the form's presentation. */
export const componentSchema = z.looseObject({
  type: z.string(),
  key: z.string().optional(),
  label: z.string().optional(),
  properties: z.record(z.string(), z.string()).optional(),
  validate: z
    .looseObject({
      required: z.boolean().optional(),
      minLength: z.number().optional(),
      maxLength: z.number().optional(),
      min: z.number().optional(),
      max: z.number().optional(),
      pattern: z.string().optional(),
      validationType: z.enum(['custom', 'email', 'phone', '']).optional(),
    })
    .optional(),
  conditional: z.looseObject({ hide: z.string().optional() }).optional(),
  disabled: z.boolean().optional(),
  readonly: z.union([z.boolean(), z.string()]).optional(),
  subtype: z.enum(['date', 'time', 'datetime']).optional(),
  serializeToString: z.boolean().optional(),
  values: z.array(option).optional(),
  valuesKey: z.string().optional(),
  valuesExpression: z.string().optional(),
  get components() {
    return z.array(componentSchema).optional();
  },
});
export type FormComponent = z.infer<typeof componentSchema>;

export const formSchema = z.looseObject({
  id: z.string().regex(/^[A-Za-z_][\w.-]*$/),
  schemaVersion: z.number().optional(),
  components: z.array(componentSchema),
});
export type Form = z.infer<typeof formSchema>;

/** A component that takes a value. */
export type InputComponent = FormComponent & { type: InputType; key: string };

export function isInput(component: FormComponent): component is InputComponent {
  return INPUT_TYPES.some((type) => type === component.type) && component.key !== undefined;
}

/** The fields of a form, those inside groups included, in reading order. */
export function inputsOf(form: Pick<Form, 'components'>): InputComponent[] {
  return form.components.flatMap((component) =>
    isInput(component) ? [component] : inputsOf({ components: component.components ?? [] }),
  );
}

/**
 * Whether the field's value may say something about a person: what the form marks so, and every free
 * text, since nobody can promise what is written in one. Such values never reach the engine.
 */
export function isPersonal(component: InputComponent): boolean {
  const mark = component.properties?.['personal'];
  return mark === 'true' || (component.type === 'textarea' && mark !== 'false');
}
