import type { Id } from '../../kernel/ids.js';
import type { Wait } from '../live/instance-document.js';
import { command } from './changes.js';
import type { Step } from './step.js';

/**
 * Marks the row that stood for a wait as done or void. A row this very step was going to write is
 * simply not written.
 */
export function endRow(step: Step, { kind, key }: Wait, state: 'completed' | 'canceled'): void {
  if (key === null) return;
  const { changes } = step;
  switch (kind) {
    case 'task':
      if (!withdraw(changes.tasks, key)) changes.endedTasks.push({ id: key, state });
      break;
    case 'timer':
    case 'job':
      if (!withdraw(changes.jobs, key)) changes.endedJobs.push(key);
      break;
    case 'message':
      if (!withdraw(changes.subscriptions, key)) changes.endedSubscriptions.push(key);
      break;
    case 'incident':
      if (!withdraw(changes.incidents, key)) {
        changes.endedIncidents.push({ id: key, resolution: 'canceled', reason: null });
      }
      break;
    case 'call':
      if (state === 'canceled') cancelChild(step, key);
      break;
    default:
  }
}

function cancelChild(step: Step, childId: Id): void {
  const { changes, ports, now } = step;
  if (withdraw(changes.children, childId)) {
    changes.jobs = changes.jobs.filter((job) => job.instance_id !== childId);
  } else {
    changes.jobs.push(command(ports.newId(), childId, 'cancel', {}, now));
  }
}

function withdraw(rows: { id: Id }[], id: Id): boolean {
  const index = rows.findIndex((row) => row.id === id);
  if (index >= 0) rows.splice(index, 1);
  return index >= 0;
}
