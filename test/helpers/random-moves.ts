import fc from 'fast-check';
import { can } from '../../src/access/policy.js';
import type { Role } from '../../src/access/principal.js';
import { AppError } from '../../src/kernel/errors.js';
import { addAbsence, endAbsence } from '../../src/people/absences.js';
import { createUnit } from '../../src/people/change-units.js';
import { addMembership, endMemberships } from '../../src/people/memberships.js';
import type { Organisation } from '../../src/people/organisation.js';
import { lockOrganisation, readOrganisation } from '../../src/people/organisation.js';
import { completeTask } from '../../src/tasks/complete.js';
import { leave } from '../../src/tasks/leave.js';
import { refuseUnknownUnits } from '../../src/tasks/ownership/ownership.js';
import { endUnit } from '../../src/tasks/reorganise/end-unit.js';
import type { Plan } from '../../src/tasks/reorganise/plan.js';
import {
  previewReorganisation,
  readReorganisations,
  reorganise,
  undoReorganisation,
} from '../../src/tasks/reorganise/reorganise.js';
import { rerouteInquiry } from '../../src/tasks/reroute.js';
import { subjectOf } from '../../src/tasks/tasks.js';
import { assignTask, claimTask, releaseTask } from '../../src/tasks/work.js';
import { DAY } from './engine.js';
import type { RandomOrganisation } from './random-organisation.js';
import { SERVICES, openTasks, principalOf, readModelOf, routing } from './random-organisation.js';

const LOGINS = ['ann', 'bo', 'cy', 'di', 'eli', 'fia', 'gro'];
const ROLES: Role[] = ['manager', 'caseworker', 'keyUser', 'agent', 'admin', 'owner'];

/** What is done, and numbers that choose among what there is then. */
export interface Move {
  kind: string;
  a: number;
  b: number;
  c: number;
  days: number;
}

/** Does it, or is refused it: whatever else goes wrong is a mistake. Resolves to whether it was done. */
export async function attempt(world: RandomOrganisation, one: Move): Promise<boolean> {
  const perform = MOVES[one.kind];
  if (!perform) throw new TypeError(`no move ${one.kind}`);
  try {
    await perform(await sceneOf(world, one));
    return true;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

async function sceneOf(world: RandomOrganisation, one: Move) {
  const { db, tenant, clock, newId } = world;
  const organisation = await readOrganisation(db, tenant);
  const other = pick(LOGINS, one.b);
  return {
    ...world,
    ...one,
    world,
    organisation,
    change: world.change(),
    at: new Date(clock().getTime() + (one.c % 2) * one.days * DAY),
    login: pick(LOGINS, one.a),
    other,
    unit: pick(one.a % 2 ? lasting(organisation) : [...organisation.units.keys()], one.b),
    options: { clock, newId, engine: world.engine(), surface: 'desk' } as const,
    task: pick(await openTasks(world), one.a),
    worker: principalOf(world, organisation, other),
    readModel: readModelOf(world),
  };
}

type Scene = Awaited<ReturnType<typeof sceneOf>>;

const MOVES: Readonly<Record<string, (scene: Scene) => Promise<unknown>>> = {
  createUnit: ({ inTransaction, change, organisation, unit, at }) =>
    inTransaction((tx) =>
      createUnit(tx, change, { ...newUnit(`N${organisation.units.size}`, unit), from: at }),
    ),
  merge: carryOut,
  split: carryOut,
  move: carryOut,
  endUnit({ inTransaction, change, organisation, unit, at, a, c, readModel }) {
    const successor = c % 3 === 0 ? undefined : pick(lasting(organisation), a);
    const asked = { unit, successor, at, reason: 'x', readModel };
    return inTransaction((tx) => endUnit(tx, change, asked));
  },
  async undo({ inTransaction, db, tenant, change, a }) {
    const id = pick(await readReorganisations(db, tenant), a)?.id ?? '0';
    return inTransaction((tx) => undoReorganisation(tx, change, id));
  },
  join({ inTransaction, change, login, unit, at, a, c, days }) {
    const role = pick(ROLES, c);
    const to = a % 3 === 0 ? new Date(at.getTime() + (days + 1) * DAY) : null;
    const whole = role === 'admin' || role === 'owner';
    const draft = { username: login, unit: whole ? null : unit, role, from: at, to };
    return inTransaction((tx) => addMembership(tx, change, draft));
  },
  quit: ({ inTransaction, tenant, change, at, a }) =>
    inTransaction(async (tx) => {
      const locked = await lockOrganisation(tx, tenant);
      await endMemberships(tx, change, locked, [pick(locked.memberships, a)], at);
    }),
  leave({ inTransaction, change, login, other, at, c }) {
    const successor = c % 3 === 0 ? other : undefined;
    return inTransaction((tx) => leave(tx, change, { username: login, at, successor }));
  },
  away({ inTransaction, change, login, other, at, days }) {
    const to = new Date(at.getTime() + (days + 1) * DAY);
    const draft = { username: login, substitute: other, from: at, to };
    return inTransaction((tx) => addAbsence(tx, change, draft));
  },
  async back({ inTransaction, change, organisation, a }) {
    const absence = pick(organisation.absences, a);
    if (absence) await inTransaction((tx) => endAbsence(tx, change, absence));
  },
  register: ({ register, a }) => register({ service: pick(SERVICES, a) }),
  claim: ({ inTransaction, worker, task, options }) =>
    inTransaction((tx) => claimTask(tx, worker, task?.id ?? '0', options)),
  release: ({ inTransaction, worker, task, options }) =>
    inTransaction((tx) => releaseTask(tx, worker, task?.id ?? '0', options)),
  assign({ inTransaction, worker, task, login, options }) {
    const asked = { taskId: task?.id ?? '0', assignee: login, allowOverride: true };
    return inTransaction((tx) => assignTask(tx, worker, asked, options));
  },
  async complete({ inTransaction, world, organisation, task, login, options }) {
    if (!task) return;
    const people = LOGINS.map((one) => principalOf(world, organisation, one));
    const able = people.find((one) => can(one, 'tasks.work', subjectOf(task)));
    const by = able ?? principalOf(world, organisation, task.assignee ?? login);
    await inTransaction(async (tx) => {
      await claimTask(tx, by, task.id, options);
      await completeTask(tx, by, task.id, {}, options);
    });
  },
  reroute({ inTransaction, worker, task, unit, c, options }) {
    const asked = { inquiryId: task?.inquiryId ?? '0', unit: c % 4 ? unit : 'VAR' };
    return inTransaction((tx) => rerouteInquiry(tx, worker, asked, options));
  },
  rule({ inTransaction, tenant, engine, organisation, clock, a, b, c, readModel }) {
    const codes = [...organisation.units.keys(), 'NOWHERE'];
    const [first, second] = [pick(codes, a), pick(codes, b)];
    const [name, content] = routing([first, second], [second, pick(codes, c)]);
    return inTransaction(async (tx) => {
      await engine().deploy(tx, tenant, { resources: [{ name, content }], by: 'bo' });
      await refuseUnknownUnits(tx, tenant, ['ruting'], { now: clock(), readModel });
    });
  },
  pass: ({ world, days }) => world.pass(days),
};

/** Often what makes work, and lets time go. */
const OFTEN = ['register', 'register', 'complete', 'complete', 'pass', 'pass', 'split', 'reroute'];
const number = fc.nat({ max: 50 });

/** What may happen to an organisation at work, one thing after the other. */
export const stories: fc.Arbitrary<Move[]> = fc.array(
  fc.record({
    kind: fc.constantFrom(...Object.keys(MOVES), ...OFTEN),
    a: number,
    b: number,
    c: number,
    days: fc.nat({ max: 12 }),
  }),
  { minLength: 20, maxLength: 50, size: 'max' },
);

async function carryOut({ inTransaction, tenant, change, ...scene }: Scene): Promise<void> {
  const { organisation, at, readModel, clock } = scene;
  const asked = { plan: planOf(organisation, scene), at, readModel };
  await inTransaction(async (tx) => {
    const { token } = await previewReorganisation(tx, tenant, { ...asked, now: clock() });
    await reorganise(tx, change, { ...asked, token, reason: 'x' });
  });
}

function planOf(organisation: Organisation, { kind, a, b, c }: Move): Plan {
  const codes = lasting(organisation);
  const [one, two] = [pick(codes, a), pick(codes, b)];
  if (kind === 'move') return { kind, unit: one, parent: two };
  const count = organisation.units.size;
  const parent = organisation.units.get(one)?.parent ?? one;
  const made = (tail: string) => newUnit(`M${count}${tail}`, c % 5 ? parent : two);
  if (kind === 'split') {
    const first = { unit: c % 3 ? made('A') : two, services: [], members: [] };
    const second = { unit: made('B'), services: ['DUNK'], members: [pick(LOGINS, c)] };
    return { kind, from: one, into: [first, second] };
  }
  return {
    kind: 'merge',
    from: c % 2 ? [one] : [one, pick(codes, c)],
    into: c % 3 ? made('') : two,
  };
}

/** Those whose end is not planned, without the top: what an operation is asked for mostly. */
function lasting({ units }: Organisation): string[] {
  const codes = [...units.values()].flatMap((one) => (one.validTo ? [] : [one.code]));
  return codes.length > 2 ? codes.filter((code) => code !== 'KD') : codes;
}

function newUnit(code: string, parent: string) {
  const names = { nb: code, nn: code, en: code };
  return { code, names, parent, email: null, managerEmail: null };
}

function pick<Item>(items: readonly Item[], at: number): Item {
  return items[at % items.length] as Item;
}
