import { arrive } from '../arrivals/arrive.js';
import type { Arrival } from '../elements/runtime-types.js';
import { tooLong } from './drive.js';
import { closeWait } from './finish.js';
import { judgeConditions } from './judge-conditions.js';
import { observePassages } from './observe-passages.js';
import { after, letOthers } from './pending.js';
import type { Pending } from './pending.js';
import { releaseJoins } from './release-joins.js';
import { Overrun } from './step-fault.js';
import type { Step } from './step.js';

/**
 * Runs until nothing moves: every arrival has its row or went on, every void wait is forgotten,
 * joins and conditions have been asked. One after another, so that a long chain costs no stack.
 */
export function settle(step: Step): Pending {
  const { live, limits } = step;
  const sliceEndsMs = performance.now() + limits.sliceMs;
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
    spend(step, arrival);
    const pending = arrive(step, arrival);
    if (pending) return after(pending, () => settle(step));
    if (performance.now() > sliceEndsMs) return letOthers(() => settle(step));
  }
  if (live.ended || step.thrown) forgetAll(step);
  else if (isStuck(step)) raiseStuck(step);
  return undefined;
}

/** Throws Overrun when the step has passed too many elements, split into too many tokens, or is late. */
function spend({ live, limits, spent }: Step, { elementId }: Arrival): void {
  spent.at = elementId;
  spent.arrivals += 1;
  if (spent.arrivals > limits.arrivals) {
    throw new Overrun(`more than ${limits.arrivals} elements were passed without a wait`);
  }
  if (live.standing.size > limits.tokens) {
    throw new Overrun(`the case split into more than ${limits.tokens} tokens`);
  }
  if (performance.now() - spent.begunMs > limits.stepMs) throw new Overrun(tooLong(limits));
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
