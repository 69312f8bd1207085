import type { Command } from './cli/command.js';
import { deploy } from './cli/deploy.js';
import { help } from './cli/help.js';
import { migrate } from './cli/migrate.js';
import { replay } from './cli/replay.js';
import { serve } from './cli/serve.js';
import { work } from './cli/work.js';
import { AppError, InvalidError } from './kernel/errors.js';

const COMMANDS: readonly Command[] = [serve, work, migrate, deploy, replay];

const [name = '--help', ...args] = process.argv.slice(2);

try {
  await main();
} catch (error) {
  console.error(wordsFor(error));
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const asksForHelp = [name, ...args].some((word) => word === '--help' || word === '-h');
  if (asksForHelp || name === 'help') {
    console.log(help(COMMANDS));
    return;
  }
  const command = COMMANDS.find((one) => one.name === name);
  if (!command) {
    throw new InvalidError('command_unknown', `There is no command ${name}; see --help.`);
  }
  await command.run(args);
}

/** A sentence for what the user can mend, all there is to know of a bug. */
function wordsFor(error: unknown): string {
  if (error instanceof InvalidError && error.code !== 'config_invalid') {
    const reasons = error.details.map(({ path, elementId, reason }) =>
      ['  -', path, elementId, reason].filter((part) => part !== undefined).join(' '),
    );
    return [error.message, ...reasons].join('\n');
  }
  if (error instanceof AppError || isAboutUse(error)) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** A file that is not there, an option that does not exist: Node's own words are clear. */
function isAboutUse(error: unknown): error is Error {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code === 'ENOENT' || code === 'EISDIR' || code.startsWith('ERR_PARSE_ARGS');
}
