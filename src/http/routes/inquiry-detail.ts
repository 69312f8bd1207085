import type { z } from 'zod';
import { can, demand } from '../../access/policy.js';
import { readContent } from '../../inquiries/content.js';
import { readHistory } from '../../inquiries/history.js';
import type { Inquiry } from '../../inquiries/inquiries.js';
import { contentSubject } from '../../inquiries/restricted.js';
import { toView } from '../../inquiries/view.js';
import type { Id } from '../../kernel/ids.js';
import { partyOfInquiry } from '../../people/parties.js';
import type { RouteRequest } from '../route.js';
import type { inquiryDetail } from './inquiry-schemas.js';

type Asked = Pick<RouteRequest, 'tx' | 'principal' | 'now' | 'services'>;

interface OpenTaskRow {
  id: Id;
  name: string | null;
  assignee: string | null;
  candidateGroups: string[];
  dueAt: Date | null;
}

/** Everything an inquiry's page shows. */
export async function presentInquiry(
  { tx, principal, now, services: { engine } }: Asked,
  inquiry: Inquiry,
): Promise<z.input<typeof inquiryDetail>> {
  const { tenant } = principal;
  const readModel = engine.model.bind(engine);
  const tasks = await tx.query<OpenTaskRow>(OPEN_TASKS, [tenant, inquiry.instanceId]);
  return {
    ...toView(inquiry, now),
    history: await readHistory(tx, tenant, inquiry, readModel),
    tasks: tasks.map((task) => ({ ...task, dueAt: task.dueAt?.toISOString() ?? null })),
    party: (await partyOfInquiry(tx, tenant, inquiry.id)) ?? null,
    content: (await mayReadContent({ tx, principal }, inquiry))
      ? await readContent(tx, tenant, inquiry.id)
      : WITHHELD,
  };
}

/** Whether the asker may read what was said in the case. */
export async function mayReadContent(
  { tx, principal }: Pick<RouteRequest, 'tx' | 'principal'>,
  inquiry: Inquiry,
): Promise<boolean> {
  const subject = await contentSubject(tx, principal.tenant, inquiry);
  return can(principal, 'content.read', subject);
}

/** @throws ForbiddenError when what was said in the case is not for the asker */
export async function demandContent(
  { tx, principal }: Pick<RouteRequest, 'tx' | 'principal'>,
  inquiry: Inquiry,
): Promise<void> {
  demand(principal, 'content.read', await contentSubject(tx, principal.tenant, inquiry));
}

/** What is shown of a restricted case to those who may only know where it stands. */
const WITHHELD = { subject: null, text: null, address: null, latitude: null, longitude: null };

/** Of the inquiry's process and of those it called. */
const OPEN_TASKS = `
  SELECT t.id, t.name, t.assignee, t.candidate_groups AS "candidateGroups", t.due_at AS "dueAt"
  FROM user_task t JOIN process_instance p ON p.tenant_id = t.tenant_id AND p.id = t.instance_id
  WHERE t.tenant_id = $1 AND p.root_id = $2 AND t.state = 'created' ORDER BY t.created_at, t.id`;
