import { removeMails } from '../channels/inbound/keep-mail.js';
import type { Tx } from '../db/tx.js';
import type { HandlerDeclaration } from '../engine/handler.js';
import { removeAttachments } from '../inquiries/attachments.js';
import { scrubContent } from '../inquiries/content.js';
import type { Inquiry } from '../inquiries/inquiries.js';
import { lockInquiry, updateInquiry } from '../inquiries/inquiries.js';
import { transition } from '../inquiries/inquiry.js';
import { appendInquiryEvent } from '../inquiries/lifecycle.js';
import { dropStatusKeys } from '../inquiries/status-keys.js';
import { cutPartyLinks } from '../people/parties.js';
import { writeCaseFact } from '../privacy/case-facts.js';
import { isOnHold } from '../privacy/legal-holds.js';
import type { HandlerDependencies } from './case-handler.js';
import { INQUIRY_ID, changeIn, textInput } from './case-handler.js';

/** Fewer cases in a cell could tell which house one was about. */
const MIN_CASES_PER_CELL = 5;

/**
 * Cuts the link between case and person and empties the content store (F084). The facts stay for
 * statistics (F085). A case on hold stays as it is.
 */
export function deidentifyHandler({ newId }: HandlerDependencies): HandlerDeclaration {
  return {
    name: 'deidentify',
    title: { nb: 'Avidentifiser', en: 'De-identify' },
    runs: 'in-step',
    inputs: [INQUIRY_ID],
    outputs: [
      {
        name: 'deidentifiedAt',
        type: 'date-time',
        title: { nb: 'Avidentifisert', en: 'De-identified at' },
      },
    ],
    run: async (input, context) => {
      const { tx, tenant, now } = context;
      const inquiry = await lockInquiry(tx, tenant, textInput(input, 'inquiryId'));
      const status = transition(inquiry.status, 'deidentified');
      if (inquiry.deidentifiedAt) return { deidentifiedAt: inquiry.deidentifiedAt.toISOString() };
      if (await isOnHold(tx, tenant, inquiry.id, now)) return { deidentifiedAt: null };
      const gridCell = await coarseEnough(tx, tenant, inquiry.gridCell);
      await writeCaseFact(tx, tenant, { id: newId(), inquiry, gridCell });
      const { cut, deleted } = await cutPartyLinks(tx, tenant, inquiry.id);
      await scrubContent(tx, tenant, inquiry.id, now);
      await dropStatusKeys(tx, tenant, inquiry.id);
      await removeAttachments(tx, tenant, inquiry.id);
      await removeMails(tx, tenant, inquiry.id);
      await scrubProcesses(tx, tenant, inquiry);
      await updateInquiry(tx, tenant, inquiry.id, {
        status,
        changedAt: now,
        deidentifiedAt: now,
        gridCell,
      });
      const change = changeIn(context, newId);
      const event = { links: cut, parties: deleted };
      await appendInquiryEvent(tx, change, inquiry.id, 'inquiry.deidentified', event);
      return { deidentifiedAt: now.toISOString() };
    },
  };
}

/**
 * Process data is person-free by design; what people typed to staff about it may not be: the reason
 * for going on without some work, and what an error said.
 */
async function scrubProcesses(tx: Tx, tenant: string, { id, instanceId }: Inquiry): Promise<void> {
  const itsInstances = `SELECT id FROM process_instance WHERE tenant_id = $1 AND (root_id = $2
    OR root_id IN (SELECT instance_id FROM earlier_run WHERE tenant_id = $1 AND inquiry_id = $3))`;
  await tx.query(
    `UPDATE user_task SET variables = '{}'
     WHERE tenant_id = $1 AND instance_id IN (${itsInstances}) AND state <> 'created'`,
    [tenant, instanceId, id],
  );
  await tx.query(
    `UPDATE incident SET message = 'scrubbed',
       reason = CASE WHEN reason IS NULL THEN NULL ELSE 'scrubbed' END
     WHERE tenant_id = $1 AND instance_id IN (${itsInstances}) AND resolved_at IS NOT NULL`,
    [tenant, instanceId, id],
  );
}

async function coarseEnough(
  tx: Tx,
  tenant: string,
  gridCell: string | null,
): Promise<string | null> {
  if (gridCell === null) return null;
  const cases = await tx.query(
    `SELECT 1 FROM inquiry WHERE tenant_id = $1 AND grid_cell = $2 LIMIT ${MIN_CASES_PER_CELL}`,
    [tenant, gridCell],
  );
  return cases.length < MIN_CASES_PER_CELL ? null : gridCell;
}
