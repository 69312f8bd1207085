import type { Form } from '../../catalogue/form.js';
import type { Service } from '../../catalogue/services.js';
import type { Tx } from '../../db/tx.js';
import { storeAttachment } from '../../inquiries/attachments.js';
import { contactDraftSchema } from '../../inquiries/contact-draft.js';
import { registerContact } from '../../inquiries/register-contact.js';
import { issueStatusKey } from '../../inquiries/status-keys.js';
import { InvalidError } from '../../kernel/errors.js';
import type { Id } from '../../kernel/ids.js';
import type { Language } from '../../people/party.js';
import { keepingFaults } from '../keeping-faults.js';
import type { Upload } from '../multipart.js';
import { CITIZEN } from './citizen-runtime.js';
import type { CitizenRuntime } from './citizen-runtime.js';
import { answersFrom, fieldsOf } from './form-answers.js';
import { hasText, mayBeAnonymous } from './form-page.js';

interface SentForm {
  tenant: string;
  service: Service;
  form: Pick<Form, 'components'>;
  values: Readonly<Record<string, string>>;
  files: readonly Upload[];
  language: Language;
}

/** The key of the citizen's page about the new case, or every field's error. */
export type Sending = { statusKey: string } | { errors: Record<string, string> };

/** Takes a form: the same one is taken once, however often its button was pressed. */
export async function sendForm(runtime: CitizenRuntime, sent: SentForm): Promise<Sending> {
  const errors = missingOf(sent);
  if (Object.keys(errors).length > 0) return { errors };
  const { db, services, wake } = runtime;
  try {
    const statusKey = await keepingFaults({ db, services }, () =>
      db.inTransaction((tx) => register(tx, runtime, sent)),
    );
    wake();
    return { statusKey };
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error;
    return { errors: fieldErrors(error) };
  }
}

async function register(
  tx: Tx,
  { clock, services }: CitizenRuntime,
  { tenant, service, form, values, files, language }: SentForm,
): Promise<string> {
  const now = clock();
  const { newId, registerInquiry } = services;
  const sourceKey = `form:${(values['key'] ?? newId()).slice(0, 100)}`;
  const known = await formerInquiry(tx, tenant, sourceKey);
  if (known !== undefined) return issueStatusKey(tx, tenant, known, now);
  const answers = answersFrom(form, values);
  const text = (values['text'] ?? '').trim();
  const place = answers['propertyAddress'] ?? answers['placeText'];
  const contact = {
    name: values['partyName'],
    email: values['partyEmail'],
    phone: values['partyPhone'],
  };
  const isNamed = Object.values(contact).some((part) => part?.trim());
  const parsed = contactDraftSchema.safeParse({
    channel: 'form',
    ...(isNamed && { party: { ...contact, language } }),
    questions: [
      {
        service: service.code,
        // A form that asks for no text of its own says in its answers what it is about.
        text: text || service.names.nb,
        ownWords: true,
        answers,
        ...(typeof place === 'string' && { location: { address: place } }),
      },
    ],
  });
  if (!parsed.success) {
    const details = parsed.error.issues.map(({ path, message }) => ({
      path: path.join('.'),
      reason: message,
    }));
    throw new InvalidError('form_invalid', 'The form is not as it should be.', { details });
  }
  const change = { tenant, by: CITIZEN, now, newId };
  const draft = parsed.data;
  const ports = { register: registerInquiry, sourceKey };
  const { questions } = await registerContact(tx, change, draft, ports);
  const inquiryId = questions[0]?.inquiry.id ?? '';
  for (const { name, content } of files.filter((file) => file.content.length > 0)) {
    const file = { inquiryId, filename: name, bytes: content, by: CITIZEN };
    await storeAttachment(tx, tenant, file, { newId, now });
  }
  return issueStatusKey(tx, tenant, inquiryId, now);
}

async function formerInquiry(tx: Tx, tenant: string, sourceKey: string): Promise<Id | undefined> {
  const [known] = await tx.query<{ id: Id }>(
    `SELECT q.inquiry_id AS id FROM contact c JOIN contact_question q
       ON q.tenant_id = c.tenant_id AND q.contact_id = c.id
     WHERE c.tenant_id = $1 AND c.source_key = $2`,
    [tenant, sourceKey],
  );
  return known?.id;
}

/** What the service's own form does not know to ask for. */
function missingOf({ service, form, values }: SentForm): Record<string, string> {
  const errors: Record<string, string> = {};
  const isBlank = (name: string) => !values[name]?.trim();
  if (!hasText(fieldsOf(form)) && isBlank('text')) errors['text'] = 'is required';
  if (mayBeAnonymous(service)) return errors;
  if (isBlank('partyName')) errors['partyName'] = 'is required';
  if (isBlank('partyEmail') && isBlank('partyPhone')) errors['partyEmail'] = 'is required';
  return errors;
}

/** `questions.0.answers.damage` is the field `damage`, `questions.0.party.email` is `partyEmail`. */
function fieldErrors({ details, code }: InvalidError): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const { path = '', reason } of details) {
    const name = path
      .replace(/^questions\.\d+\./, '')
      .replace(/^answers\./, '')
      .replace(/^party\.(\w)/, (_, letter: string) => `party${letter.toUpperCase()}`);
    errors[code === 'attachment_refused' ? 'files' : name] ??= reason;
  }
  return errors;
}
