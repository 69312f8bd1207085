import type { Db } from '../../db/database.js';
import type { Clock } from '../../kernel/clock.js';
import type { Services } from '../services.js';

/** What the citizen's pages run on. */
export interface CitizenRuntime {
  readonly db: Db;
  readonly clock: Clock;
  readonly services: Services;
  /** Called after each committed write. */
  readonly wake: () => void;
  /** Runs before each request, such as bringing the demo clock up to date. */
  readonly before: () => Promise<void>;
}

/** Who citizens are in events: nobody in particular. */
export const CITIZEN = 'citizen';
