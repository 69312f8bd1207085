import { expect } from 'chai';
import { can } from '../../src/access/policy.js';
import { answerableFor } from '../../src/people/change-units.js';
import { membershipsOf, readOrganisation } from '../../src/people/organisation.js';
import { meaningOf } from '../../src/people/successors.js';
import { answerableForTask } from '../../src/tasks/ownership/attendants.js';
import { readOwnership } from '../../src/tasks/ownership/ownership.js';
import { subjectOf } from '../../src/tasks/tasks.js';
import { attempt, stories } from '../helpers/random-moves.js';
import type { Move } from '../helpers/random-moves.js';
import type { RandomOrganisation } from '../helpers/random-organisation.js';
import {
  openTasks,
  principalOf,
  randomOrganisation,
  readModelOf,
} from '../helpers/random-organisation.js';
import { holds } from '../helpers/wild/property.js';

/** `FUZZ_RUNS=200` tries more. */
const USUAL_RUNS = 5;

describe('whatever is done to an organisation at work', function () {
  this.timeout(0);

  it('no open task, no open case and no rule is without a living owner', () =>
    holds(stories, USUAL_RUNS, async (moves) => {
      const world = await randomOrganisation();
      try {
        for (const one of moves) {
          await attempt(world, one);
          await expectOwners(world, one);
        }
      } finally {
        await world.stop();
      }
    }));
});

async function expectOwners(world: RandomOrganisation, after: Move): Promise<void> {
  const { db, tenant, clock } = world;
  const now = clock();
  const found = await readOwnership(db, tenant, now, readModelOf(world));
  expect(found.ownerless, after.kind).to.deep.equal([]);
  const organisation = await readOrganisation(db, tenant);
  const people = [...new Set(organisation.memberships.map(({ username }) => username))];
  const here = people.filter((one) => membershipsOf(organisation, one, now).length > 0);
  const staff = here.map((one) => principalOf(world, organisation, one));
  const cases = await db.query<{ unit: string; service: string }>(
    `SELECT DISTINCT unit_code AS unit, service_code AS service FROM inquiry
     WHERE tenant_id = $1 AND closed_at IS NULL AND unit_code IS NOT NULL`,
    [tenant],
  );
  for (const { unit, service } of cases) {
    const means = meaningOf(organisation, unit, now, service) ?? 'nothing';
    const leaders = answerableFor(organisation, means, now);
    expect(leaders, `who leads ${unit}`).not.to.deep.equal([]);
    expect(here, `leaders of ${unit}`).to.include.members(leaders);
  }
  for (const task of await openTasks(world)) {
    const leaders = answerableForTask(organisation, task, now);
    const workers = staff.filter((one) => can(one, 'tasks.work', subjectOf(task)));
    expect(here).to.include.members(leaders);
    expect(workers.length + leaders.length, `${task.id} after ${after.kind}`).to.be.greaterThan(0);
    // Once all that was due is done, a case's tasks are with the unit that has the case.
    const [group = ''] = task.candidateGroups;
    if (after.kind === 'pass') expect(task.unit, `group ${group}`).to.equal(group);
  }
}
