import type { Principal } from '../../src/access/principal.js';
import { saveService } from '../../src/catalogue/services.js';
import type { Tx } from '../../src/db/tx.js';
import { layOnce, withErrands } from '../../src/jobs/errands.js';
import { Worker } from '../../src/jobs/worker.js';
import { createLogger } from '../../src/kernel/log.js';
import type { OrganisationChange } from '../../src/people/organisation-change.js';
import type { Organisation } from '../../src/people/organisation.js';
import { principalAt } from '../../src/people/principals.js';
import { seedOrganisation } from '../../src/people/seed-organisation.js';
import { OWNERSHIP_ROUND, ownershipRound } from '../../src/tasks/ownership/round.js';
import { REORGANISE, reorganiseErrand } from '../../src/tasks/reorganise/reorganise.js';
import type { Task } from '../../src/tasks/tasks.js';
import { TASK_COLUMNS, TASK_JOINS } from '../../src/tasks/tasks.js';
import { end, flows, serviceTask, start, userTask } from './bpmn.js';
import type { CaseBench } from './cases.js';
import { caseProcess, openCases } from './cases.js';
import { servicePackage } from './domain.js';
import { DAY } from './engine.js';

/** A small municipality whose people, units, cases and rules may be moved about. */
export interface RandomOrganisation extends Pick<CaseBench, 'db' | 'clock' | 'newId' | 'engine'> {
  tenant: string;
  change(): OrganisationChange;
  inTransaction<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>;
  register: CaseBench['register'];
  deploy: CaseBench['deploy'];
  /** Moves the clock, and does all that has fallen due, errands too. */
  pass(days: number): Promise<void>;
  stop(): Promise<void>;
}

export const SERVICES = ['DUNK', 'TILBAKEM'];

const UNITS: [code: string, parent: string | null][] = [
  ['KD', null],
  ['SERV', 'KD'],
  ['VAR', 'KD'],
  ['VEI', 'KD'],
];

const MEMBERS = [
  { username: 'ann', unit: 'KD', role: 'manager' },
  { username: 'ann', unit: null, role: 'admin' },
  { username: 'bo', unit: null, role: 'owner' },
  { username: 'bo', unit: 'VAR', role: 'manager' },
  { username: 'cy', unit: 'VAR', role: 'caseworker' },
  { username: 'di', unit: 'VEI', role: 'caseworker' },
  { username: 'eli', unit: 'SERV', role: 'agent' },
] as const;

/** Every case is routed by the table, worked on in its unit, and answered there. */
const CASE = caseProcess(
  start +
    serviceTask('route', 'route') +
    userTask('work', '<zeebe:assignmentDefinition candidateGroups="=unit"/>') +
    userTask('answer', '<zeebe:assignmentDefinition candidateGroups="=unit"/>') +
    end +
    flows('start route work answer end'),
);

/** The routing table: which unit has `DUNK` and which the rest, and whose those two rows are. */
export function routing(units: [string, string], owners: [string, string]): [string, string] {
  const row = (at: 0 | 1, test: string) => `<rule id="row_${at}">
    <inputEntry id="i_${at}"><text>${test}</text></inputEntry>
    <outputEntry id="o_${at}"><text>"${units[at]}"</text></outputEntry>
    <annotationEntry><text>${owners[at]}</text></annotationEntry></rule>`;
  return [
    'ruting.dmn',
    `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="test">
  <decision id="ruting" name="Ruting"><decisionTable id="t" hitPolicy="FIRST">
    <input id="in"><inputExpression id="e"><text>service</text></inputExpression></input>
    <output id="out" name="unit" /><annotation name="Eier" />
    ${row(0, '"DUNK"')}${row(1, '-')}
  </decisionTable></decision></definitions>`,
  ];
}

/** Makes it, with nothing of an earlier one. */
export async function randomOrganisation(): Promise<RandomOrganisation> {
  const cases = await openCases();
  const { db, clock, newId, tenant, engine } = cases;
  await db.query('DELETE FROM unit WHERE tenant_id = $1', [tenant]);
  const names = (code: string) => ({ nb: code, nn: code, en: code });
  const change = () => ({ tenant, by: 'ann', now: clock(), newId });
  const units = UNITS.map(([code, parent]) => ({ code, parent, names: names(code) }));
  await db.inTransaction(async (tx) => {
    await seedOrganisation(tx, change(), units, MEMBERS);
    await layOnce(tx, tenant, { id: newId(), type: OWNERSHIP_ROUND, payload: {}, at: clock() });
  });
  await cases.deploy(CASE, routing(['VAR', 'VEI'], ['VAR', 'KD']));
  for (const code of SERVICES) {
    const own = { code, process: 'case', form: null, unit: code === 'DUNK' ? 'VAR' : 'SERV' };
    await saveService(db, tenant, { folder: code, package: servicePackage(own), now: clock() });
  }
  const log = createLogger({ level: 'error' });
  const errands = {
    [REORGANISE]: reorganiseErrand({ clock, newId, engine: engine() }),
    [OWNERSHIP_ROUND]: ownershipRound({ clock, newId }),
  };
  const work = withErrands(engine().dueWork(db), errands, { db, clock, log });
  const worker = new Worker({ db, clock, work, log });
  return {
    ...cases,
    change,
    inTransaction: (use) => db.inTransaction(use),
    async pass(days) {
      clock.advance(days * DAY);
      while ((await worker.runAllDue()).done > 0);
    },
  };
}

export function openTasks({
  db,
  tenant,
}: Pick<RandomOrganisation, 'db' | 'tenant'>): Promise<Task[]> {
  return db.query<Task>(
    `SELECT ${TASK_COLUMNS} FROM user_task t ${TASK_JOINS}
     WHERE t.tenant_id = $1 AND t.state = 'created' ORDER BY t.id`,
    [tenant],
  );
}

/** Who somebody is now. */
export function principalOf(
  { tenant, clock }: Pick<RandomOrganisation, 'tenant' | 'clock'>,
  organisation: Organisation,
  username: string,
): Principal {
  return principalAt(organisation, { tenant, username, displayName: username }, clock());
}

export function readModelOf({ engine }: Pick<RandomOrganisation, 'engine'>) {
  const own = engine();
  return own.model.bind(own);
}
