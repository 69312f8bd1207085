import { InvalidError } from '../../kernel/errors.js';
import type { JsonObject } from '../../kernel/json.js';
import { command } from './changes.js';
import type { Step } from './step.js';

/**
 * Leaves a signal to be broadcast: everybody who waits for it gets it, each in a step of its own.
 * Throws InvalidError `limit_exceeded` for processes that signal each other without end.
 */
export function throwSignal(step: Step, name: string): void {
  const { changes, ports, actor, now, limits } = step;
  const chain = step.chain + 1;
  if (chain > limits.signals) {
    const reason = `more than ${limits.signals} signals were thrown, each because of the one before`;
    throw new InvalidError('limit_exceeded', reason);
  }
  const payload = { name, by: actor, variables: {}, chain };
  changes.jobs.push(command(ports.newId(), null, 'broadcast', payload, now));
}

/** Whatever a step makes other instances do belongs to the chain of signals that led to it. */
export function carryChain({ changes, chain }: Step): void {
  if (!chain) return;
  for (const job of changes.jobs) {
    if (job.kind === 'command') job.payload = { chain, ...(job.payload as JsonObject) };
  }
}
