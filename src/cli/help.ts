import { CONFIG_VARIABLES } from '../kernel/config.js';
import type { Command } from './command.js';

/** What the command line can do, and what it reads from the environment. */
export function help(commands: readonly Command[]): string {
  const calls = commands.map(({ name, usage, summary }) => [`${name} ${usage}`, summary] as const);
  const settings = CONFIG_VARIABLES.map(
    ({ name, fallback, meaning }) => [`${name}=${fallback}`, meaning] as const,
  );
  return [
    'Usage: saksflyt COMMAND',
    '',
    'Commands:',
    ...table(calls),
    '',
    'Environment, with what holds when it says nothing:',
    ...table(settings),
    '',
  ].join('\n');
}

function table(rows: readonly (readonly [left: string, right: string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
