import { parseArgs } from 'node:util';
import { openConfiguredDatabase } from '../compose.js';
import { readConfig } from '../kernel/config.js';
import { createLogger } from '../kernel/log.js';
import type { Command } from './command.js';

/** Brings the database up to date and ends; `serve` does the same at its start. */
export const migrate: Command = {
  name: 'migrate',
  usage: '',
  summary: 'Bring the database up to date',
  async run(args) {
    parseArgs({ args: [...args], options: {} });
    const config = readConfig();
    const db = await openConfiguredDatabase(config, createLogger({ level: config.logLevel }));
    await db.close();
    console.log('The database is up to date.');
  },
};
