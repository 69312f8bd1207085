import { join } from 'node:path';
import { findService } from '../catalogue/services.js';
import { readEvents } from '../db/events.js';
import type { Tx } from '../db/tx.js';
import type { HandlerDeclaration, JobHandlerContext } from '../engine/handler.js';
import { readContent, readPersonalAnswers } from '../inquiries/content.js';
import type { Inquiry } from '../inquiries/inquiries.js';
import { getInquiry, lockInquiry, updateInquiry } from '../inquiries/inquiries.js';
import { appendInquiryEvent } from '../inquiries/lifecycle.js';
import { readMessages } from '../inquiries/messages.js';
import { ConflictError } from '../kernel/errors.js';
import type { JsonObject } from '../kernel/json.js';
import { partyOfInquiry } from '../people/parties.js';
import type { ArchivePackage } from './archive-package.js';
import { toText, writePackage } from './archive-package.js';
import type { HandlerDependencies } from './case-handler.js';
import { INQUIRY_ID, changeIn, choiceInput, textInput } from './case-handler.js';

/** Nothing to keep; somebody shall assess what to keep; to be journaled. */
const RULES = ['none', 'assess', 'journal'] as const;
type Rule = (typeof RULES)[number];

/** Hands the case over to the archive: a folder of its own, before retention empties the case. */
export function archiveHandler(dependencies: HandlerDependencies): HandlerDeclaration {
  return {
    name: 'archive',
    title: { nb: 'Arkiver', en: 'Archive' },
    runs: 'as-job',
    inputs: [
      INQUIRY_ID,
      {
        name: 'rule',
        type: 'string',
        required: true,
        choices: RULES,
        title: { nb: 'Arkivregel', en: 'Archive rule' },
      },
    ],
    outputs: [
      { name: 'archived', type: 'boolean', title: { nb: 'Arkivert', en: 'Archived' } },
      {
        name: 'archiveReference',
        type: 'string',
        title: { nb: 'Arkivreferanse', en: 'Reference in the archive' },
      },
    ],
    run: async (input, context) => {
      const rule = choiceInput(input, 'rule', RULES);
      if (rule === 'none') return { archived: false, archiveReference: null };
      const inquiryId = textInput(input, 'inquiryId');
      return archiveCase(inquiryId, rule, context, dependencies);
    },
  };
}

async function archiveCase(
  inquiryId: string,
  rule: Rule,
  context: JobHandlerContext,
  { archiveFolder, newId }: HandlerDependencies,
): Promise<JsonObject> {
  const { tenant, now } = context;
  const { inquiry: read, content } = await context.inTransaction(async (tx) => {
    const inquiry = await getInquiry(tx, tenant, inquiryId);
    const isArchived = inquiry.archiveReference !== null;
    return { inquiry, content: isArchived ? null : await packageOf(tx, inquiry, rule, context) };
  });
  const archiveReference = read.archiveReference ?? `${tenant}/${read.reference}`;
  if (content === null) return { archived: true, archiveReference };
  await writePackage(join(archiveFolder, tenant, read.reference), content);
  await context.inTransaction(async (tx) => {
    const inquiry = await lockInquiry(tx, tenant, inquiryId);
    if (inquiry.archiveReference !== null) return;
    await updateInquiry(tx, tenant, inquiryId, { archivedAt: now, archiveReference });
    const change = changeIn(context, newId);
    await appendInquiryEvent(tx, change, inquiryId, 'inquiry.archived', { archiveReference, rule });
  });
  return { archived: true, archiveReference };
}

async function packageOf(
  tx: Tx,
  inquiry: Inquiry,
  rule: Rule,
  { tenant, now }: JobHandlerContext,
): Promise<ArchivePackage> {
  if (inquiry.deidentifiedAt) {
    throw new ConflictError('inquiry_deidentified', 'There is nothing left of it to archive.');
  }
  const content = {
    inquiry,
    party: (await partyOfInquiry(tx, tenant, inquiry.id)) ?? null,
    content: await readContent(tx, tenant, inquiry.id),
    answers: await readPersonalAnswers(tx, tenant, inquiry.id),
    messages: await readMessages(tx, tenant, inquiry.id),
  };
  const history = {
    events: await readEvents(tx, tenant, { type: 'inquiry', id: inquiry.id }),
    steps: await readSteps(tx, tenant, inquiry),
  };
  return {
    manifest: {
      format: 'saksflyt-archive-1',
      tenant,
      reference: inquiry.reference,
      service: inquiry.service,
      unit: inquiry.unit,
      rule,
      archivedAt: now.toISOString(),
      shielding: await shieldingOf(tx, inquiry, tenant),
    },
    files: { 'content.json': toText(content), 'history.json': toText(history) },
  };
}

/** Why the journal does not show who and what: the case is confidential (offentleglova § 13). */
async function shieldingOf(tx: Tx, inquiry: Inquiry, tenant: string): Promise<string | null> {
  const service = await findService(tx, tenant, inquiry.service);
  return service?.dataClass === 'P4' ? 'offentleglova § 13' : null;
}

/** What the case's processes did: the trace of changes (arkivforskrifta § 5 c). */
async function readSteps(tx: Tx, tenant: string, { instanceId }: Inquiry) {
  return tx.query(
    `SELECT s.instance_id AS "instanceId", p.process_id AS "processId", p.version, s.revision, s.at,
       s.actor, s.elements
     FROM process_instance p JOIN step_log s ON s.tenant_id = p.tenant_id AND s.instance_id = p.id
     WHERE p.tenant_id = $1 AND p.root_id = $2 ORDER BY s.at, s.instance_id, s.revision`,
    [tenant, instanceId],
  );
}
