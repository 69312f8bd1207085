/** What two threads share: the number of the stretch that runs, 0 for none, negative once claimed. */
export const STRETCH = 0;

/** And beside it the stretch's limit in milliseconds. */
export const LIMIT = 1;

const LOOK_EVERY_MS = 25;

/**
 * The second thread's program: it stops a stretch of the first that goes on for too long. As text,
 * because a file would have to be compiled before any test could start a thread from it.
 */
export const SENTINEL = `
const inspector = require('node:inspector');
const { parentPort, workerData: beat } = require('node:worker_threads');
let seen = 0;
let since = 0;
setInterval(() => {
  const stretch = Atomics.load(beat, ${STRETCH});
  if (stretch !== seen) {
    seen = stretch;
    since = performance.now();
  }
  if (stretch <= 0 || performance.now() - since < Atomics.load(beat, ${LIMIT})) return;
  // Only if it runs still; once claimed it does not end before it is stopped.
  if (Atomics.compareExchange(beat, ${STRETCH}, stretch, -stretch) !== stretch) return;
  // Connected only now: a process that ends with a debugger at it says so to everybody.
  const session = new inspector.Session();
  session.connectToMainThread();
  session.post('Runtime.terminateExecution', (error) => {
    session.disconnect();
    Atomics.store(beat, ${STRETCH}, error ? stretch : 0);
    if (!error) parentPort.postMessage(stretch);
  });
}, ${LOOK_EVERY_MS});
`;
