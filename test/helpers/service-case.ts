import { expect } from 'chai';
import type { TwoApps } from './two-apps.js';

/** One case of a service, worked on over HTTP by the people whose work it is. */
export interface ServiceCase {
  reference: string;
  /** Element ids of the tasks that its unit can do now. */
  open(): Promise<string[]>;
  /** Takes and completes a task, with an answer to every field its form asks for. */
  complete(elementId: string, answers?: object): Promise<void>;
  /** Writes the answer where one is asked for, and sees that the case is closed with this result. */
  close(outcome: string): Promise<void>;
  /** Subjects and texts of the mails its citizen has got. */
  told(): string[];
  /** How often an internal deadline was escalated to the unit's manager. */
  escalations(): Promise<number>;
  /** Reminders to the unit. */
  reminders(): number;
}

interface Task {
  id: string;
  elementId: string;
  formId: string | null;
}

/** Registers a case over the API and does what is due then. `staff` are asked for tasks in turn. */
export async function openServiceCase(
  apps: TwoApps,
  draft: object,
  staff: readonly string[] = ['clerk', 'agent'],
): Promise<ServiceCase> {
  const email = `part${apps.mail.received.length}@example.no`;
  const body = { party: { name: 'Test Person', email }, text: 'Et spørsmål', ...draft };
  const registered = await apps.as('agent').post('/api/inquiries', body).expect(201);
  const reference = String(registered.body.reference);
  await apps.runDue();
  return followServiceCase(apps, reference, staff, email);
}

/** Works on a case that was registered elsewhere. */
export function followServiceCase(
  apps: TwoApps,
  reference: string,
  staff: readonly string[] = ['clerk', 'agent'],
  email = '',
): ServiceCase {
  const tasks = async (login: string): Promise<Task[]> =>
    (await apps.as(login).get(`/api/tasks?inquiry=${reference}`).expect(200)).body.items;
  const find = async (wanted: (task: Task) => boolean) => {
    for (const login of staff) {
      const task = (await tasks(login)).find(wanted);
      if (task) return { login, task };
    }
    return undefined;
  };
  const finish = async (login: string, { id, elementId }: Task, answers: object) => {
    await apps.as(login).post(`/api/tasks/${id}/claim`).expect(200);
    const done = await apps.as(login).post(`/api/tasks/${id}/complete`, { answers });
    expect(done.status, `${elementId}: ${JSON.stringify(done.body)}`).to.equal(200);
    await apps.runDue();
  };
  const mailsWith = (address: string) =>
    apps.mail.received
      .filter(({ to, mail }) => to.includes(address) && mail.subject?.includes(reference))
      .map(({ mail }) => `${mail.subject ?? ''}\n${mail.text ?? ''}`);

  return {
    reference,
    open: async () => {
      const all = await Promise.all(staff.map(tasks));
      return [...new Set(all.flat().map(({ elementId }) => elementId))].sort();
    },
    async complete(elementId, answers = {}) {
      const found = await find((task) => task.elementId === elementId);
      if (!found) throw new Error(`${elementId} is not open in ${reference}`);
      await finish(found.login, found.task, answers);
    },
    async close(outcome) {
      const asked = await find(({ formId }) => formId === 'inquiry-answer');
      if (asked) await finish(asked.login, asked.task, { answer: 'Her er svaret.' });
      const { body: detail } = await apps.as('agent').get(`/api/inquiries/${reference}`);
      const status = outcome === 'withdrawn' ? 'withdrawn' : 'closed';
      expect(detail).to.include({ status, outcome });
    },
    told: () => mailsWith(email),
    async escalations() {
      const [row] = await apps.db.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM breach b
         JOIN inquiry i ON i.tenant_id = b.tenant_id AND i.id = b.inquiry_id
         WHERE i.reference = $1 AND b.deadline = 'internal'`,
        [reference],
      );
      return row?.count ?? 0;
    },
    reminders: () =>
      apps.mail.received.filter(
        ({ mail }) => mail.subject?.includes(`Påminnelse om ${reference}`) === true,
      ).length,
  };
}

/** A unit or a contractor reports about a case from outside: a message to its process. */
export async function tellProcess(apps: TwoApps, reference: string, name: string): Promise<void> {
  const [row] = await apps.db.query<{ id: string }>('SELECT id FROM inquiry WHERE reference = $1', [
    reference,
  ]);
  const message = { name, correlationKey: row?.id };
  await apps.as('owner').post('/v2/messages/correlation', message).expect(200);
  await apps.runDue();
}

/** Looks for personal data where none may be: in processes, their work and what they tell. */
export async function expectNoTraceOf(apps: TwoApps, secrets: readonly string[]): Promise<void> {
  for (const table of ['process_instance', 'step_log', 'job', 'user_task', 'event']) {
    const found = await apps.db.query<{ secret: string }>(
      `SELECT DISTINCT s.secret FROM ${table} AS t, unnest($1::text[]) AS s (secret)
       WHERE strpos(to_jsonb(t)::text, s.secret) > 0`,
      [secrets],
    );
    expect(found, table).to.deep.equal([]);
  }
}
