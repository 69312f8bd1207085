import type { SortedAnswers } from '../catalogue/answers.js';
import { sortAnswers } from '../catalogue/answers.js';
import { findForm } from '../catalogue/forms.js';
import type { Service } from '../catalogue/services.js';
import { findService } from '../catalogue/services.js';
import type { Tx } from '../db/tx.js';
import type { InvalidReason } from '../kernel/errors.js';
import { InvalidError } from '../kernel/errors.js';
import type { PartyIdentity } from '../people/party.js';
import { readPartyDraft } from '../people/party.js';
import type { CheckedDraft } from './draft.js';
import { isSelfServed, readDraft } from './draft.js';

/** A draft that may become an inquiry, with all that was found out while checking it. */
export interface ReadyDraft {
  draft: CheckedDraft;
  service: Service;
  identity: PartyIdentity | undefined;
  answers: SortedAnswers;
  /** Whether the registration needs nobody to add to it: it has a service and a text. */
  complete: boolean;
}

/**
 * Checks a draft against the catalogue. All reasons against it come at once.
 * @throws InvalidError 'inquiry_invalid'
 */
export async function checkDraft(
  tx: Tx,
  tenant: string,
  input: unknown,
  { now, unclassifiedService }: { now: Date; unclassifiedService: string },
): Promise<ReadyDraft> {
  const { draft, reasons } = readDraft(input, now);
  if (!draft) throw refused(reasons);
  const code = draft.service?.trim() ?? '';
  const service = await findService(tx, tenant, code || unclassifiedService);
  if (!service) {
    reasons.push({ path: 'service', reason: code ? 'is not a known service' : 'is required' });
  }
  if (service?.retiredAt) reasons.push({ path: 'service', reason: 'is offered no more' });
  const party = draft.party ? readPartyDraft(draft.party) : undefined;
  reasons.push(...(party?.reasons ?? []));
  const answers = await checkAnswers(tx, tenant, draft, service, reasons);
  if (!service || reasons.length > 0) throw refused(reasons);
  const complete = code !== '' && draft.text.trim() !== '';
  return { draft, service, identity: party?.identity, answers, complete };
}

async function checkAnswers(
  tx: Tx,
  tenant: string,
  draft: CheckedDraft,
  service: Service | undefined,
  reasons: InvalidReason[],
): Promise<SortedAnswers> {
  const none = { open: {}, personal: {} };
  if (!draft.answers || !service) return none;
  const form = service.form ? await findForm(tx, tenant, service.form) : undefined;
  try {
    // Staff write down what they were told; only who fills in the form alone must fill in all of it.
    const partial = !isSelfServed(draft);
    return sortAnswers(form ?? { components: [] }, draft.answers, { partial });
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error;
    reasons.push(...error.details.map((one) => ({ ...one, path: `answers.${String(one.path)}` })));
    return none;
  }
}

function refused(details: InvalidReason[]): InvalidError {
  return new InvalidError('inquiry_invalid', 'The inquiry cannot be registered as it is.', {
    details,
  });
}
