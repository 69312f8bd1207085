import type { Id } from '../../kernel/ids.js';
import type { JsonObject } from '../../kernel/json.js';
import type { LiveInstance } from './live-instance.js';

/** What the instance's row carried when its last step was saved. */
export interface KeptRow<Row> {
  row: Row;
  stamp: Id;
  variables: JsonObject;
}

interface Entry<Row> extends KeptRow<Row> {
  live: LiveInstance;
  /** Keys of the tasks it waits at. */
  tasks: string[];
}

/**
 * Instances whose engine is still in memory, each with the stamp of the step that left it so. A
 * stamp is unique to a step, so that an engine whose transaction was rolled back, or that another
 * node has overtaken, never matches its row and is simply not used.
 */
export class LiveCache<Row> {
  readonly #entries = new Map<string, Entry<Row>>();
  readonly #byTask = new Map<string, string>();
  readonly #size: number;

  constructor(size: number) {
    this.#size = size;
  }

  /** Takes the engine out, so that a step that fails leaves nothing behind. */
  take(tenant: string, id: Id, stamp: Id): LiveInstance | undefined {
    const entry = this.#remove(`${tenant}/${id}`);
    return entry?.stamp === stamp ? entry.live : undefined;
  }

  /** Takes out the engine that waits at a task, with its row as it was. */
  takeAtTask(tenant: string, taskId: Id): (KeptRow<Row> & { live: LiveInstance }) | undefined {
    const key = this.#byTask.get(`${tenant}/${taskId}`);
    return key === undefined ? undefined : this.#remove(key);
  }

  put(tenant: string, id: Id, live: LiveInstance, kept: KeptRow<Row>): void {
    const key = `${tenant}/${id}`;
    this.#remove(key);
    const tasks: string[] = [];
    for (const wait of Object.values(live.document.waits)) {
      if (wait.kind === 'task') tasks.push(`${tenant}/${wait.key}`);
    }
    this.#entries.set(key, { ...kept, live, tasks });
    for (const task of tasks) this.#byTask.set(task, key);
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#size) break;
      this.#remove(oldest);
    }
  }

  #remove(key: string): Entry<Row> | undefined {
    const entry = this.#entries.get(key);
    this.#entries.delete(key);
    for (const task of entry?.tasks ?? []) this.#byTask.delete(task);
    return entry;
  }
}
