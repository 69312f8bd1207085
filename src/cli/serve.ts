import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { DEMO_PASSWORD, DEMO_TENANTS, DEMO_USERS } from '../access/demo-users.js';
import { createApplication } from '../compose.js';
import type { Application } from '../compose.js';
import { readConfig } from '../kernel/config.js';
import type { Config } from '../kernel/config.js';
import type { Command } from './command.js';
import { listen } from './listen.js';
import { surviveRejections } from './survive-rejections.js';
import { untilSignal } from './until-signal.js';

/** Answers requests and does what falls due, until it is told to stop. */
export const serve: Command = {
  name: 'serve',
  usage: '',
  summary: 'Serve the APIs and pages, and do what falls due',
  async run(args) {
    parseArgs({ args: [...args], options: {} });
    const config = readConfig();
    const application = await createApplication({ config });
    surviveRejections(application.log.child('cli'));
    try {
      const server = await listen(application.app, config);
      await application.start();
      console.log(whereToGo(config, application, server.url));
      const signal = await untilSignal();
      console.log(`\n${signal}: finishing what is under way …`);
      application.refuseNew();
      await server.close();
    } finally {
      await application.stop();
    }
    console.log('Stopped.');
  },
};

function whereToGo(config: Config, { db }: Application, url: string): string {
  const address = config.port === 0 ? url : config.publicUrl;
  const logins = DEMO_USERS.filter(({ tenant }) => tenant === DEMO_TENANTS[0]);
  const embedded = `embedded, in ${resolve(config.dataDir)}`;
  const outbox = `kept in ${resolve(join(config.dataDir, 'outbox'))} (set SMTP_URL to send them)`;
  const lines: [label: string, text: string][] = [
    ['Start page', `${address}/`],
    ['API to try', `${address}/api/docs`],
    ['Engine API', `${address}/v2`],
    [
      'Log in as',
      `${logins.map(({ username }) => username).join(', ')}, password ${DEMO_PASSWORD}`,
    ],
    ['', `or in the other municipality as agent@${DEMO_TENANTS[1]}, …`],
    ['Database', db.kind === 'embedded' ? embedded : 'PostgreSQL'],
    ['Mails', config.smtpUrl === undefined ? outbox : 'sent by SMTP'],
  ];
  const rows = lines.map(([label, text]) => `  ${label.padEnd(12)}${text}`);
  return ['', 'Saksflyt is serving. Ctrl-C stops it.', '', ...rows, ''].join('\n');
}
