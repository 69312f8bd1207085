import type { Id } from '../../kernel/ids.js';
import type { LiveInstance } from './live-instance.js';

/**
 * Instances whose engine is still in memory, each with the stamp of the step that left it so. A
 * stamp is unique to a step, so that an engine whose transaction was rolled back, or that another
 * node has overtaken, never matches its row and is simply not used.
 */
export class LiveCache {
  readonly #entries = new Map<string, { stamp: Id; live: LiveInstance }>();
  readonly #size: number;

  constructor(size: number) {
    this.#size = size;
  }

  /** The stamp of the engine at hand, if any: what the row must carry for it to be used. */
  stampOf(key: string): Id | undefined {
    return this.#entries.get(key)?.stamp;
  }

  /** Takes the engine out, so that a step that fails leaves nothing behind. */
  take(key: string, stamp: Id): LiveInstance | undefined {
    const entry = this.#entries.get(key);
    this.#entries.delete(key);
    return entry?.stamp === stamp ? entry.live : undefined;
  }

  put(key: string, stamp: Id, live: LiveInstance): void {
    this.#entries.delete(key);
    this.#entries.set(key, { stamp, live });
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#size) break;
      this.#entries.delete(oldest);
    }
  }
}
