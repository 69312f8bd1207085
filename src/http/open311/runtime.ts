import type { Db } from '../../db/database.js';
import type { Logger } from '../../kernel/log.js';
import type { Services } from '../services.js';

/** What the Open311 side runs on. */
export interface Open311Runtime {
  readonly db: Db;
  readonly services: Services;
  readonly log: Logger;
  readonly wake: () => void;
  /** Brings the demo clock up to date. */
  readonly before: () => Promise<void>;
}
