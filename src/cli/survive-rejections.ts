import type { Logger } from '../kernel/log.js';

/**
 * Lets a node live on when a promise is rejected that nobody awaits, in a handler say. Each step is a
 * transaction and each request has its own answer, so nothing is left half done; ending the process,
 * as Node.js does by itself, would end everybody else's requests. An exception that nobody catches
 * still ends it: there the call stack of somebody else may have been cut.
 */
export function surviveRejections(log: Logger): void {
  process.on('unhandledRejection', (error) => {
    log.error('a promise was rejected and nobody waited for it', {
      code: 'unhandled_rejection',
      error,
    });
  });
}
