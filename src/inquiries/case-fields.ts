import type { SortedAnswers } from '../catalogue/answers.js';
import { findService } from '../catalogue/services.js';
import type { Tx } from '../db/tx.js';
import { InvalidError } from '../kernel/errors.js';
import type { Id } from '../kernel/ids.js';
import type { JsonObject, JsonValue } from '../kernel/json.js';
import { findOrCreateParty, linkParty } from '../people/parties.js';
import { readPartyDraft } from '../people/party.js';
import { changeRule } from './case-clock.js';
import { serviceVariables } from './case-variables.js';
import { SERVICE_CHANGED } from './clock-events.js';
import { addPersonalAnswers, fillText } from './content.js';
import { ruleOf } from './deadlines.js';
import type { Inquiry } from './inquiries.js';
import { lockInquiry, updateInquiry } from './inquiries.js';
import type { Channel } from './inquiry.js';
import { CHANNELS } from './inquiry.js';
import type { Change } from './lifecycle.js';
import { appendInquiryEvent } from './lifecycle.js';

interface FilledForm {
  formId: string;
  taskId: Id;
  answers: SortedAnswers;
}

/**
 * Takes over into the case what somebody answered in a task: personal answers into its content,
 * person-free ones into its facts. Some keys mean more than themselves in every form: `service`
 * chooses the service anew, `partyName`, `partyPhone` and `partyEmail` say who it is from, `text`
 * what it says if nothing did, `channel` and `ownWords` how it came. Returns the process variables.
 * @throws InvalidError 'answers_invalid'
 */
export async function applyAnswers(
  tx: Tx,
  change: Change,
  inquiryId: Id,
  { formId, taskId, answers: { open, personal } }: FilledForm,
): Promise<JsonObject> {
  const inquiry = await lockInquiry(tx, change.tenant, inquiryId);
  await addPersonalAnswers(tx, change.tenant, inquiryId, {
    id: change.newId(),
    formId,
    taskId,
    answers: personal,
    answeredBy: change.by,
    answeredAt: change.now,
  });
  if (typeof personal['text'] === 'string') {
    await fillText(tx, change.tenant, inquiryId, personal['text']);
  }
  const identified = (await attachParty(tx, change, inquiry, personal)) || inquiry.identified;
  const reclassified = await reclassify(tx, change, inquiry, open['service']);
  await updateInquiry(tx, change.tenant, inquiryId, {
    identified,
    answers: { ...inquiry.answers, ...open },
    ...(isChannel(open['channel']) && { channel: open['channel'] }),
    ...(typeof open['ownWords'] === 'boolean' && { ownWords: open['ownWords'] }),
  });
  // Whether somebody is attached is a fact, not an opinion of who ticked the box.
  return { ...open, ...reclassified, identified };
}

/**
 * Gives a case another service; the process variables that follow from the service are returned, also
 * when it has it already.
 * @throws NotFoundError, InvalidError 'answers_invalid' when no such service is offered
 */
export async function chooseService(
  tx: Tx,
  change: Change,
  inquiryId: Id,
  code: string,
): Promise<JsonObject> {
  const inquiry = await lockInquiry(tx, change.tenant, inquiryId);
  const changed = await reclassify(tx, change, inquiry, code);
  const service = await findService(tx, change.tenant, code);
  return service ? { ...serviceVariables(inquiry, service), ...changed } : changed;
}

async function attachParty(
  tx: Tx,
  { tenant, now, newId }: Change,
  { id: inquiryId }: Inquiry,
  personal: JsonObject,
): Promise<boolean> {
  const draft = {
    name: textOf(personal['partyName']),
    phone: textOf(personal['partyPhone']),
    email: textOf(personal['partyEmail']),
  };
  if (!draft.name && !draft.phone && !draft.email) return false;
  const { identity, reasons } = readPartyDraft(draft);
  if (reasons.length > 0) {
    const details = reasons.map((one) => ({ ...one, path: formKey(one.path) }));
    throw new InvalidError('answers_invalid', 'The contact data are not as they should be.', {
      details,
    });
  }
  const { party } = await findOrCreateParty(tx, tenant, identity, { newId, now, mayFill: true });
  await linkParty(tx, tenant, { inquiryId, partyId: party.id, at: now });
  return true;
}

/** A newly chosen service brings its own deadlines, still counted from receipt. */
async function reclassify(
  tx: Tx,
  change: Change,
  inquiry: Inquiry,
  chosen: JsonValue | undefined,
): Promise<JsonObject> {
  if (typeof chosen !== 'string' || chosen === inquiry.service) return {};
  const service = await findService(tx, change.tenant, chosen);
  if (!service) {
    throw new InvalidError('answers_invalid', 'The service is not known.', {
      details: [{ path: 'service', reason: 'is not a known service' }],
    });
  }
  if (service.retiredAt) {
    throw new InvalidError('answers_invalid', 'The service is offered no more.', {
      details: [{ path: 'service', reason: 'is offered no more' }],
    });
  }
  await updateInquiry(tx, change.tenant, inquiry.id, { service: chosen });
  const deadlines = await changeRule(tx, change, inquiry.id, ruleOf(service), SERVICE_CHANGED);
  await appendInquiryEvent(tx, change, inquiry.id, 'inquiry.reclassified', {
    from: inquiry.service,
    to: chosen,
  });
  return serviceVariables(deadlines, service);
}

function isChannel(value: JsonValue | undefined): value is Channel {
  return CHANNELS.some((channel) => channel === value);
}

function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** `party.phone` → `partyPhone`. */
function formKey(path = ''): string {
  return path.replace(/\.(\w)/, (_, letter: string) => letter.toUpperCase());
}
