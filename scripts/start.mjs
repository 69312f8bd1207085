/**
 * `npm start` and `npm run replay`: everything a bare machine needs to run a command of the
 * product, then that command.
 *
 * usage: node scripts/start.mjs [COMMAND] [ARGUMENTS]; without a command it serves
 */
import { constants } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, endWithParent, installDependencies, requireNode, ROOT } from './setup.mjs';

/** A second Ctrl-C after this long means that somebody does not want to wait any more. */
const PATIENCE_MS = 3_000;

/**
 * npm passes a Ctrl-C on although the terminal has sent it already, so the server gets it twice.
 * The second one must not cut short the clean stop that the first one began.
 */
function tolerateRepeatedSignals() {
  let first = 0;
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
    process.on(signal, () => {
      const nobodyElseListens = process.listenerCount(signal) === 1;
      const impatient = first !== 0 && Date.now() - first > PATIENCE_MS;
      if ((first === 0 && nobodyElseListens) || impatient) {
        process.exit(128 + constants.signals[signal]);
      }
      first ||= Date.now();
    });
  }
}

requireNode();
endWithParent();
await installDependencies();
await build();
tolerateRepeatedSignals();
process.setSourceMapsEnabled(true);

// In this process: signals, output and exit code are then the server's own.
const cli = join(ROOT, 'dist', 'src', 'cli.js');
const [command = 'serve', ...arguments_] = process.argv.slice(2);
process.argv = [process.execPath, cli, command, ...arguments_];
await import(pathToFileURL(cli).href);
