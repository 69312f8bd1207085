import { parseArgs } from 'node:util';
import { createApplication } from '../compose.js';
import { readConfig } from '../kernel/config.js';
import { InvalidError } from '../kernel/errors.js';
import type { Command } from './command.js';
import { surviveRejections } from './survive-rejections.js';
import { untilSignal } from './until-signal.js';

/** A node that only does what falls due, beside others that serve. */
export const work: Command = {
  name: 'work',
  usage: '',
  summary: 'Do what falls due, without serving (needs DATABASE_URL)',
  async run(args) {
    parseArgs({ args: [...args], options: {} });
    const config = readConfig();
    if (config.databaseUrl === undefined) {
      const reason = 'The embedded database has one process only: set DATABASE_URL, or use serve.';
      throw new InvalidError('database_url_missing', reason);
    }
    const application = await createApplication({ config });
    surviveRejections(application.log.child('cli'));
    try {
      await application.start();
      console.log('Saksflyt is working. Ctrl-C stops it.');
      await untilSignal();
    } finally {
      await application.stop();
    }
    console.log('Stopped.');
  },
};
