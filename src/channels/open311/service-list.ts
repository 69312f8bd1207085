import type { Form, InputComponent } from '../../catalogue/form.js';
import { inputsOf, isPersonal } from '../../catalogue/form.js';
import type { Service } from '../../catalogue/services.js';
import type { WireObject, WireValue } from './wire.js';

/**
 * Who reports over Open311 may be anybody, and what is reported is shown to everybody: only services
 * that say so, and whose data class lets somebody stay anonymous, are offered, until they are retired.
 */
export function isOffered({ open311, dataClass, retiredAt }: Service): boolean {
  if (retiredAt) return false;
  return open311 === true && (dataClass === 'P0' || dataClass === 'P1');
}

/** One line of the list of services (GeoReport v2, GET services). */
export function toServiceEntry({ code, names, descriptions, unit }: Service): WireObject {
  return {
    service_code: code,
    service_name: names.nb,
    description: descriptions.nb,
    metadata: true,
    type: 'realtime',
    keywords: '',
    group: unit,
  };
}

/**
 * What may be asked when a service is reported (GeoReport v2, GET service_definition): the
 * person-free fields of its form, and the reporter's own number of the report, by which a report that
 * is sent again is known.
 */
export function toServiceDefinition(service: Service, form: Form | undefined): WireObject {
  const fields = reportable(form).map(toAttribute);
  return {
    service_code: service.code,
    attributes: {
      item: 'attribute',
      items: [...fields, CLIENT_NUMBER].map((one, at) => ({ ...one, order: at + 1 })),
    },
  };
}

/** The attribute that carries the reporter's own number; FixMyStreet fills it in by itself. */
export const CLIENT_NUMBER_CODE = 'fixmystreet_id';

const CLIENT_NUMBER: WireObject = {
  variable: true,
  code: CLIENT_NUMBER_CODE,
  datatype: 'number',
  required: false,
  datatype_description: '',
  description: 'Number of the report in the reporting system',
  automated: 'server_set',
};

/** The fields of a form that a report may answer: none that may say something about a person. */
export function reportable(form: Pick<Form, 'components'> | undefined): InputComponent[] {
  return form ? inputsOf(form).filter((one) => !isPersonal(one)) : [];
}

type Datatype = 'string' | 'number' | 'datetime' | 'text' | 'singlevaluelist' | 'multivaluelist';

const DATATYPES: Readonly<Record<InputComponent['type'], Datatype>> = {
  textfield: 'string',
  textarea: 'text',
  number: 'number',
  datetime: 'datetime',
  checkbox: 'singlevaluelist',
  radio: 'singlevaluelist',
  select: 'singlevaluelist',
  checklist: 'multivaluelist',
  taglist: 'multivaluelist',
};

const YES_OR_NO = [
  { key: 'true', name: 'Ja' },
  { key: 'false', name: 'Nei' },
];

function toAttribute(input: InputComponent): WireObject {
  const { key, label = key, validate, type, values = [] } = input;
  const options =
    type === 'checkbox'
      ? YES_OR_NO
      : values.map(({ value, label: name = String(value) }) => ({ key: String(value), name }));
  return {
    variable: true,
    code: key,
    datatype: DATATYPES[type],
    required: validate?.required === true,
    datatype_description: '',
    description: label,
    ...(options.length > 0 && { values: valueList(options) }),
  };
}

function valueList(options: readonly WireObject[]): WireValue {
  return { item: 'value', items: options };
}
