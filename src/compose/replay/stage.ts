import type { Principal } from '../../access/principal.js';
import type { Db } from '../../db/database.js';
import type { Id } from '../../kernel/ids.js';
import type { JsonObject } from '../../kernel/json.js';
import { completeTask } from '../../tasks/complete.js';
import { claimTask } from '../../tasks/work.js';
import { readWorklist } from '../../tasks/worklist.js';
import type { EngineSide } from '../build-engine.js';
import { readActivities } from './activities.js';
import type { Activities } from './activities.js';
import { activityKey, answersFor } from './activity.js';
import type { Clockwork } from './passing-time.js';
import type { Moment, PlannedCase } from './plan.js';
import type { DeviationReason } from './report.js';
import { Staff } from './staff.js';

/** The service that receives building applications, and its message that a case is closed. */
const SERVICE = 'BYGGMOTTAK';
const CLOSED_MESSAGE = 'permit closed';

/** What every application says: the log holds none of their words. */
const TEXT = 'Søknad om byggetillatelse, spilt av fra en logg.';

/** Who does what the log names nobody for. */
const REPLAY = 'replay';

export interface StageOptions extends Clockwork, Pick<EngineSide, 'engine' | 'newId'> {
  readonly db: Db;
  readonly tenant: string;
  readonly registerInquiry: EngineSide['registerInquiry'];
}

type ActivityMoment = Extract<Moment, { kind: 'activity' }>;

/** Lets moments happen in the product, each through the use case that does it in daily work. */
export class Stage {
  readonly #options: StageOptions;
  readonly #activities: Activities;
  readonly #staff: Staff;
  readonly #inquiries = new Map<string, { id: Id; reference: string; closed: boolean }>();

  private constructor(options: StageOptions, activities: Activities) {
    this.#options = options;
    this.#activities = activities;
    this.#staff = new Staff(options.tenant);
  }

  /** A stage for a tenant that has the service. @throws NotFoundError 'definition_not_found' */
  static async open(options: StageOptions): Promise<Stage> {
    const { db, tenant, engine } = options;
    const activities = await readActivities(db, tenant, { engine, service: SERVICE });
    return new Stage(options, activities);
  }

  /** An application comes in on its channel, with its own deadline. */
  async arrive({ id, channel, deadline }: PlannedCase): Promise<void> {
    const { db, tenant, registerInquiry } = this.#options;
    const draft = { channel, service: SERVICE, text: TEXT, expectedBy: deadline.toISOString() };
    const { inquiry } = await db.inTransaction((tx) => registerInquiry(tx, tenant, draft, REPLAY));
    const { reference } = inquiry;
    this.#inquiries.set(id, { id: inquiry.id, reference, closed: false });
  }

  /** Who did it then takes the task now and completes it; or the reason why that cannot be. */
  async act({ case: planned, event, later }: ActivityMoment): Promise<DeviationReason | undefined> {
    const key = activityKey(event.activity);
    const elements = this.#activities.get(key);
    if (!elements) return 'unknownActivity';
    const inquiry = this.#inquiries.get(planned.id);
    if (!inquiry) return 'beforeArrival';
    if (inquiry.closed) return 'afterClosing';
    const principal = this.#staff.member(event.resource);
    const taskId = await this.#findTask(principal, inquiry.reference, elements);
    if (taskId === undefined) return 'notOffered';
    await this.#doTask(principal, taskId, answersFor(key, later));
    return undefined;
  }

  /** The case's process hears that it is closed. */
  async close({ id }: PlannedCase): Promise<void> {
    const { db, tenant, engine } = this.#options;
    const inquiry = this.#inquiries.get(id);
    if (!inquiry) throw new TypeError(`case ${id} closes before it came in`);
    const message = { name: CLOSED_MESSAGE, correlationKey: inquiry.id, variables: {}, by: REPLAY };
    await db.inTransaction((tx) => engine.correlate(tx, tenant, message));
    inquiry.closed = true;
  }

  async #findTask(
    principal: Principal,
    reference: string,
    elements: ReadonlySet<string>,
  ): Promise<Id | undefined> {
    const { db, clock } = this.#options;
    const filter = { reference, assigned: false };
    const { items } = await readWorklist(db, principal, filter, clock());
    return items.find(({ elementId }) => elements.has(elementId))?.id;
  }

  async #doTask(principal: Principal, taskId: Id, answers: JsonObject): Promise<void> {
    const { db, clock, newId, engine } = this.#options;
    await db.inTransaction((tx) => claimTask(tx, principal, taskId, { clock, newId }));
    const options = { clock, newId, engine, surface: 'desk' as const };
    await db.inTransaction((tx) => completeTask(tx, principal, taskId, answers, options));
  }
}
