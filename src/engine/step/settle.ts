import { arrive } from '../arrivals/arrive.js';
import { closeWait } from './finish.js';
import { raiseIncident } from './incidents.js';
import { judgeConditions } from './judge-conditions.js';
import { observePassages } from './observe-passages.js';
import { releaseJoins } from './release-joins.js';
import type { Step } from './step.js';

/**
 * How many elements one step may pass. A loop whose only stops are handlers that run at once would
 * otherwise never let its transaction end.
 */
export const MAX_ARRIVALS = 2000;

/**
 * Runs until nothing moves: every arrival has its row or went on, every void wait is forgotten,
 * joins and conditions have been asked. One after another, so that a long chain costs no stack.
 */
export async function settle(step: Step): Promise<void> {
  const { live } = step;
  let passed = 0;
  for (;;) {
    live.check();
    forgetVoided(step);
    observePassages(step);
    if (step.thrown) break;
    const arrival = live.arrivals.shift();
    if (!arrival) {
      if (releaseJoins(step) || judgeConditions(step)) continue;
      break;
    }
    if (!live.standing.has(arrival.executionId)) continue;
    if (++passed > MAX_ARRIVALS) {
      const message = `More than ${MAX_ARRIVALS} elements were passed without a wait`;
      raiseIncident(step, arrival, 'step_limit', message);
    } else {
      await arrive(step, arrival);
    }
  }
  if (live.ended || step.thrown) forgetAll(step);
  else if (isStuck(step)) raiseStuck(step);
}

function forgetVoided(step: Step): void {
  const voided = step.live.voided.splice(0);
  for (const executionId of voided) closeWait(step, executionId, 'canceled');
}

/** What was set beside an end (a timer of a terminated scope) goes with the instance. */
function forgetAll(step: Step): void {
  for (const executionId of Object.keys(step.document.waits)) {
    closeWait(step, executionId, 'canceled');
  }
}

/** Joins wait for tokens, and catchers for what others throw: by themselves they never move. */
function isStuck({ document }: Step): boolean {
  return Object.values(document.waits).every(({ kind }) => kind === 'join' || kind === 'catcher');
}

/** Tokens wait at a join for others that cannot come: a fault of the model, shown not hidden. */
function raiseStuck(step: Step): void {
  step.changes.incidents.push({
    id: step.ports.newId(),
    execution_id: null,
    element_id: null,
    kind: 'token_stuck',
    message: 'Nothing can move: a join waits for a token that will not come.',
    job_id: null,
  });
}
