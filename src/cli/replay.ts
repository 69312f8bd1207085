import { createReadStream } from 'node:fs';
import { constants } from 'node:os';
import { parseArgs } from 'node:util';
import { planReplay } from '../compose/replay/plan.js';
import { readLog } from '../compose/replay/read-log.js';
import type { ReplayProgress } from '../compose/replay/replay.js';
import { reportLines } from '../compose/replay/report.js';
import { runReplay } from '../compose/replay/run-replay.js';
import { readConfig } from '../kernel/config.js';
import type { Config } from '../kernel/config.js';
import { InvalidError } from '../kernel/errors.js';
import { createLogger } from '../kernel/log.js';
import type { Command } from './command.js';
import { progressDisplay } from './replay-progress.js';
import { untilSignal } from './until-signal.js';

interface ReplayArguments {
  file: string;
  json: boolean;
  tenant: string;
  databaseUrl: string | undefined;
}

/** Lets an event log happen again in the product, and tells how the product's figures come out. */
export const replay: Command = {
  name: 'replay',
  usage: '[--json] [--tenant NAME] [--into-database [--database-url URL]] FILE',
  summary: 'Let an event log (CSV) happen again on a moved clock, in memory unless told otherwise',
  async run(args) {
    const config = readConfig();
    const { file, json, tenant, databaseUrl } = readArguments(args, config);
    const plan = await planReplay(readLog(createReadStream(file, 'utf8')));
    const stop = new AbortController();
    const signal = untilSignal().then((name) => {
      stop.abort();
      return name;
    });
    const display = progressDisplay(process.stderr);
    let reached: ReplayProgress | undefined;
    const report = await runReplay({
      ...{ plan, tenant, config, databaseUrl },
      log: createLogger({ level: config.logLevel === 'info' ? 'warn' : config.logLevel }),
      signal: stop.signal,
      onProgress(progress) {
        reached = progress;
        display.show(progress);
      },
    }).finally(() => display.end());
    if (report) {
      console.log(json ? JSON.stringify(report, null, 2) : reportLines(report).join('\n'));
      return;
    }
    const name = await signal;
    console.error(stopped(name, reached));
    process.exitCode = 128 + constants.signals[name];
  },
};

function readArguments(args: readonly string[], config: Config): ReplayArguments {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean', default: false },
      tenant: { type: 'string', default: 'replay' },
      'into-database': { type: 'boolean', default: false },
      'database-url': { type: 'string' },
    },
    allowPositionals: true,
  });
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) {
    throw new InvalidError('file_missing', 'Which file? Give one event log in CSV.');
  }
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(values.tenant)) {
    const rule = 'a lower-case name of letters, digits and dashes';
    throw new InvalidError('tenant_invalid', `--tenant takes ${rule}.`);
  }
  const databaseUrl = chosenDatabase(values['into-database'], values['database-url'], config);
  return { file, json: values.json, tenant: values.tenant, databaseUrl };
}

/** Nobody fills a database by forgetting that DATABASE_URL is set. */
function chosenDatabase(
  isConfirmed: boolean,
  url: string | undefined,
  config: Config,
): string | undefined {
  if (!isConfirmed) {
    if (url === undefined) return undefined;
    const reason =
      'This writes all cases of the log into that database: confirm by --into-database.';
    throw new InvalidError('confirmation_missing', reason);
  }
  const { databaseUrl } = url === undefined ? config : readConfig({ DATABASE_URL: url });
  if (databaseUrl !== undefined) return databaseUrl;
  const reason = 'Into which database? Give --database-url, or set DATABASE_URL.';
  throw new InvalidError('database_url_missing', reason);
}

function stopped(signal: string, reached: ReplayProgress | undefined): string {
  if (!reached) return `${signal}: stopped before the first case.`;
  const { done, cases, at } = reached;
  return `${signal}: stopped on ${at.toISOString().slice(0, 10)}, after ${done} of ${cases} cases.`;
}
