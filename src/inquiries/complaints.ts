import { inputsOf } from '../catalogue/form.js';
import { findForm } from '../catalogue/forms.js';
import { findService } from '../catalogue/services.js';
import type { Tx } from '../db/tx.js';
import { ConflictError } from '../kernel/errors.js';
import type { JsonObject } from '../kernel/json.js';
import { partyOfInquiry } from '../people/parties.js';
import type { InquiryDraft } from './draft.js';
import type { Inquiry } from './inquiries.js';
import type { Channel } from './inquiry.js';
import type { RegisterInquiry } from './intake.js';
import type { Change } from './lifecycle.js';
import { appendInquiryEvent } from './lifecycle.js';

/** An appeal is against a decision (klage på vedtak), a complaint about how one was served. */
export const COMPLAINT_KINDS = ['appeal', 'complaint'] as const;

export interface Complaint {
  kind: (typeof COMPLAINT_KINDS)[number];
  channel: Channel;
  text: string;
  ownWords: boolean | undefined;
  receivedAt: string | undefined;
}

const APPEAL_SERVICE = 'KLAGE';
const COMPLAINT_SERVICE = 'TILBAKEM';

/** What inquiries become that fit no other service: there is always one for them. */
const LAST_RESORTS: readonly string[] = [APPEAL_SERVICE, COMPLAINT_SERVICE];

/** @throws ConflictError 'service_needed' for a service that can never be offered no more */
export function refuseRetiring(code: string): void {
  if (!LAST_RESORTS.includes(code)) return;
  throw new ConflictError(
    'service_needed',
    `${code} takes in what fits no other service, and can only be changed.`,
  );
}

/**
 * Registers an appeal or a complaint as a case of its own, with a reference and deadlines of its
 * own, from whoever the first case was from; and tells the first case's story of it.
 * @throws InvalidError 'inquiry_invalid'
 */
export async function fileComplaint(
  tx: Tx,
  change: Change,
  about: Inquiry,
  complaint: Complaint,
  register: RegisterInquiry,
): Promise<Inquiry> {
  const { tenant, by } = change;
  const { kind, text, channel, ownWords, receivedAt } = complaint;
  const isAppeal = kind === 'appeal';
  const draft: InquiryDraft = {
    channel,
    service: isAppeal ? APPEAL_SERVICE : COMPLAINT_SERVICE,
    text,
    ownWords,
    receivedAt,
    party: await partyDraft(tx, tenant, about),
    answers: isAppeal
      ? { appealOf: about.reference, text }
      : await complaintAnswers(tx, tenant, about),
  };
  const { inquiry } = await register(tx, tenant, draft, by);
  const event = isAppeal ? 'inquiry.appealed' : 'inquiry.complained';
  await appendInquiryEvent(tx, change, about.id, event, { reference: inquiry.reference });
  return inquiry;
}

async function partyDraft(tx: Tx, tenant: string, { id }: Inquiry): Promise<InquiryDraft['party']> {
  const party = await partyOfInquiry(tx, tenant, id);
  if (!party) return undefined;
  const { kind, name, phone, email, language } = party;
  return {
    kind,
    language,
    ...(name !== null && { name }),
    ...(phone !== null && { phone }),
    ...(email !== null && { email }),
  };
}

/** The unit is named when the form has it among those that may be complained of. */
async function complaintAnswers(tx: Tx, tenant: string, { unit }: Inquiry): Promise<JsonObject> {
  const service = await findService(tx, tenant, COMPLAINT_SERVICE);
  const form = service?.form ? await findForm(tx, tenant, service.form) : undefined;
  const field = form && inputsOf(form).find(({ key }) => key === 'aboutUnit');
  const isChoice = field?.values?.some(({ value }) => value === unit) === true;
  return { kind: 'complaint', ...(isChoice && { aboutUnit: unit }) };
}
