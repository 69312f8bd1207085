/** A process as `serve` sets it up, in which something goes wrong that nobody waits for. */
import { surviveRejections } from '../../src/cli/survive-rejections.js';
import { createLogger } from '../../src/kernel/log.js';

surviveRejections(createLogger({ write: (line) => console.log(line) }));
void Promise.reject(new Error('nobody waits for this'));
setTimeout(() => console.log('still here'), 50);
