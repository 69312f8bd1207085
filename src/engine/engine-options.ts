import type { Clock } from '../kernel/clock.js';
import type { Id } from '../kernel/ids.js';
import type { Logger } from '../kernel/log.js';
import type { HandlerDeclaration } from './handler.js';
import type { Limits } from './step/budget.js';

export interface EngineOptions {
  clock: Clock;
  newId: () => Id;
  handlers: readonly HandlerDeclaration[];
  log: Logger;
  /** How many resting instances keep their engine in memory; each takes some 600 kB. */
  cacheSize?: number;
  /** Whether bpmn-engine's plumbing may be replaced in this process (see tuning/); the first engine decides. */
  tuned?: boolean;
  /** Where they differ from `BUDGET`. */
  limits?: Partial<Limits>;
}
