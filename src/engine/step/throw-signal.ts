import { command } from './changes.js';
import type { Step } from './step.js';

/** Leaves a signal to be broadcast: everybody who waits for it gets it, each in a step of its own. */
export function throwSignal({ changes, ports, actor, now }: Step, name: string): void {
  const payload = { name, by: actor, variables: {} };
  changes.jobs.push(command(ports.newId(), null, 'broadcast', payload, now));
}
