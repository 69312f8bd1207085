import type { InvalidReason } from '../kernel/errors.js';
import type { FormComponent } from './form.js';
import { DISPLAY_TYPES, INPUT_TYPES, formSchema, inputsOf } from './form.js';

const KNOWN_TYPES: readonly string[] = [...INPUT_TYPES, ...DISPLAY_TYPES, 'group'];
const WITH_OPTIONS: readonly string[] = ['checklist', 'taglist', 'radio', 'select'];

/** Everything that keeps a form from being filled in and checked here; empty when it is fine. */
export function checkForm(json: unknown): InvalidReason[] {
  const parsed = formSchema.safeParse(json);
  if (!parsed.success) {
    return parsed.error.issues.map((issue) => ({
      path: issue.path.join('/'),
      reason: issue.message,
    }));
  }
  const form = parsed.data;
  const keys = inputsOf(form).map(({ key }) => key);
  return [
    ...flatten(form.components).flatMap(checkComponent),
    ...keys
      .filter((key, at) => keys.indexOf(key) !== at)
      .map((key) => ({ path: key, reason: 'two fields have this key' })),
  ];
}

function checkComponent(component: FormComponent): InvalidReason[] {
  const { type, key, validate } = component;
  const path = key ?? component.label ?? type;
  const reasons: string[] = [];
  if (!KNOWN_TYPES.includes(type)) reasons.push(`components of type ${type} are not supported`);
  if (INPUT_TYPES.some((known) => known === type)) {
    if (!/^[A-Za-z_]\w*$/.test(key ?? '')) reasons.push('the key must be a plain name');
    if (WITH_OPTIONS.includes(type) && !hasOptions(component)) reasons.push('has no options');
  }
  if (type === 'group' && component['path']) reasons.push('a group must not have a path');
  if (validate?.pattern !== undefined && !isPattern(validate.pattern)) {
    reasons.push('the pattern is not a regular expression');
  }
  return reasons.map((reason) => ({ path, reason }));
}

function hasOptions({ values, valuesKey, valuesExpression }: FormComponent): boolean {
  return Boolean(values?.length) || Boolean(valuesKey) || Boolean(valuesExpression);
}

function isPattern(pattern: string): boolean {
  try {
    new RegExp(pattern);
    return true;
  } catch {
    return false;
  }
}

function flatten(components: readonly FormComponent[]): FormComponent[] {
  return components.flatMap((component) => [component, ...flatten(component.components ?? [])]);
}
