import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { DEMO_TENANTS } from '../access/demo-users.js';
import { createApplication } from '../compose.js';
import { readConfig } from '../kernel/config.js';
import { InvalidError } from '../kernel/errors.js';
import type { Command } from './command.js';

/** Publishes models, decisions and forms as new versions. */
export const deploy: Command = {
  name: 'deploy',
  usage: '[--tenant NAME] FILE…',
  summary: 'Publish .bpmn, .dmn and .form files as new versions',
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { tenant: { type: 'string', default: DEMO_TENANTS[0] } },
      allowPositionals: true,
    });
    if (positionals.length === 0) throw new InvalidError('file_missing', 'Which files?');
    const resources = await Promise.all(positionals.map(readResource));
    const application = await createApplication({ config: readConfig() });
    try {
      const { db, engine } = application;
      const deployment = await db.inTransaction((tx) =>
        engine.deploy(tx, values.tenant, { resources, by: 'cli' }),
      );
      console.log(JSON.stringify(deployment, null, 2));
    } finally {
      await application.stop();
    }
  },
};

async function readResource(path: string) {
  return { name: basename(path), content: await readFile(path, 'utf8') };
}
