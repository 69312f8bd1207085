import { expect } from 'chai';
import { HOUR } from './two-apps.js';
import type { TwoApps } from './two-apps.js';

/** How a storm comes and goes: the share of its reports in each hour of a day, in hundredths. */
const HOURS = [
  ...[1, 1, 1, 2, 4, 8, 14, 18, 16, 12, 8, 5],
  ...[3, 2, 1.5, 1, 1, 0.7, 0.4, 0.2, 0.1, 0.1, 0, 0],
];

const DISTRICTS = ['sentrum', 'havna', 'ytre-fjordvik', null];
const QUARTER = HOUR / 4;
/** How many are on the telephone at the same time. */
const AT_ONCE = 4;

/** What came of a day of snow. */
export interface Storm {
  reported: number;
  /** How many were answered together, and by how many reports that a beat was done. */
  answered: number;
  beatReports: number;
  /** Services with a common message, at the end of each quarter of an hour. */
  told: string[][];
  /** Milliseconds of real time: each registration's, and the whole day's. */
  registrations: number[];
  tookMs: number;
}

/** Lets so many reports of snow come in over 24 hours of clock time, while contractors clear. */
export async function snowFor24Hours(apps: TwoApps, reports: number): Promise<Storm> {
  const storm: Storm = {
    reported: 0,
    answered: 0,
    beatReports: 0,
    told: [],
    registrations: [],
    tookMs: 0,
  };
  const begun = Date.now();
  const plan = quarters(reports);
  for (const [quarter, count] of plan.entries()) {
    await report(apps, storm, count);
    await apps.pass(QUARTER);
    const { body } = await apps.as('agent').get('/api/notices').expect(200);
    storm.told.push(body.items.map(({ service }: { service: string }) => service));
    if (quarter % 12 === 11) await clear(apps, storm);
  }
  storm.tookMs = Date.now() - begun;
  return storm;
}

/** Whole reports for each quarter of an hour, as many as are asked for in all. */
function quarters(reports: number): number[] {
  const shares = HOURS.flatMap((share) => Array.from({ length: 4 }, () => share / 4));
  const total = shares.reduce((sum, share) => sum + share, 0);
  let [sum, given] = [0, 0];
  return shares.map((share) => {
    sum += share;
    const count = Math.round((reports * sum) / total) - given;
    given += count;
    return count;
  });
}

async function report(apps: TwoApps, storm: Storm, count: number): Promise<void> {
  const first = storm.reported;
  storm.reported += count;
  const left = Array.from({ length: count }, (_, at) => first + at);
  const caller = async () => {
    for (let number = left.shift(); number !== undefined; number = left.shift()) {
      const begun = performance.now();
      await apps.as('agent').post('/api/inquiries', draft(number)).expect(201);
      storm.registrations.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, caller));
}

/** Spread over the municipality like a shuffled pack, the same at every run. */
function draft(number: number): object {
  const spread = (step: number) => ((number + 1) * step) % 1;
  const isPhone = number % 3 === 0;
  return {
    channel: isPhone ? 'phone' : 'form',
    service: 'BROYTING',
    text: 'Det er ikke brøytet her.',
    ownWords: !isPhone,
    party: {
      name: `Melder ${number}`,
      ...(isPhone ? { phone: `+479${String(number).padStart(7, '0')}` } : {}),
      ...(!isPhone && { email: `melder${number}@example.no` }),
    },
    answers: {
      kind: number % 4 === 0 ? 'slippery' : 'notCleared',
      roadClass: ['main', 'bus', 'collector', 'residential', 'footpath'][number % 5],
      schoolRoad: number % 7 === 0,
    },
    location: {
      latitude: 59.2 + 0.12 * spread(0.618034),
      longitude: 10.85 + 0.2 * spread(0.754878),
      ...(DISTRICTS[number % 4] && { district: DISTRICTS[number % 4] }),
    },
  };
}

/** The contractors report every beat on which something waits. */
export async function clear(apps: TwoApps, storm: Storm): Promise<void> {
  const { body } = await apps.as('caseworker').get('/api/beats?service=BROYTING').expect(200);
  const beats = new Set<string>(body.items.map(({ beat }: { beat: string }) => beat));
  for (const beat of beats) {
    for (let left = 1; left > 0;) {
      const done = { service: 'BROYTING', beat, text: 'Roden er brøytet og strødd.' };
      const answer = await apps.as('caseworker').post('/api/beats/done', done);
      expect(answer.status, answer.text).to.equal(200);
      const told = answer.body as { answered: number; left: number };
      left = told.left;
      storm.answered += told.answered;
      storm.beatReports += 1;
      await apps.runDue();
    }
  }
}
