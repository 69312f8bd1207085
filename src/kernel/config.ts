import { z } from 'zod';
import { InvalidError } from './errors.js';
import type { InvalidReason } from './errors.js';
import type { LogLevel } from './log.js';
import { isLoopback } from './loopback.js';

/** Everything an installation can be told from outside, read once at the start. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** Where browsers and mails reach this installation, without a slash at its end. */
  readonly publicUrl: string;
  /** The embedded database, the archive packages and, without SMTP, the outbox. */
  readonly dataDir: string;
  /** A PostgreSQL server; without one, the embedded database in `dataDir`. */
  readonly databaseUrl: string | undefined;
  readonly smtpUrl: string | undefined;
  readonly smtpFrom: string;
  /** Where citizens' mail is taken by SMTP; nowhere when undefined. */
  readonly smtpInPort: number | undefined;
  /** Files in PEM that STARTTLS is offered with. */
  readonly smtpInKey: string | undefined;
  readonly smtpInCert: string | undefined;
  /** A mailbox on another server that citizens' mail is fetched from. */
  readonly imap: ImapConfig | undefined;
  /** Where the registers of others answer; without an address, made-up data do. */
  readonly registers: Readonly<
    Record<'addresses' | 'organisations' | 'properties' | 'contactPreferences', string | undefined>
  >;
  readonly logLevel: LogLevel;
  /** Milliseconds between two looks for due work. */
  readonly pollMs: number;
  /** Whether bpmn-engine's plumbing may be replaced by our own. */
  readonly engineTuned: boolean;
  /** Whether demo mode may be reached from other machines. */
  readonly demoPublic: boolean;
}

export interface ImapConfig {
  /** `imaps://user:password@host:993/FOLDER`; INBOX without a folder. */
  readonly url: string;
  /** The address whose mail lies there. */
  readonly address: string;
  readonly everyMs: number;
}

/** One line of the configuration's documentation. */
export interface ConfigVariable {
  readonly name: string;
  readonly fallback: string;
  readonly meaning: string;
}

/** Every environment variable that is read, in the order a reader wants them. */
export const CONFIG_VARIABLES = [
  { name: 'PORT', fallback: '3000', meaning: 'TCP port; 0 takes a free one.' },
  {
    name: 'HOST',
    fallback: '127.0.0.1',
    meaning: 'Address to listen on. Demo mode listens on loopback only, see DEMO.',
  },
  {
    name: 'PUBLIC_URL',
    fallback: 'http://HOST:PORT',
    meaning: 'Where browsers reach the installation, as links and mails give it.',
  },
  {
    name: 'DATA_DIR',
    fallback: './data',
    meaning: 'Folder of the embedded database, the archive packages and the outbox.',
  },
  {
    name: 'DATABASE_URL',
    fallback: '(embedded)',
    meaning: 'PostgreSQL 15 or later, as postgres://user:password@host:5432/name.',
  },
  {
    name: 'SMTP_URL',
    fallback: '(outbox)',
    meaning:
      'Mail server, as smtp://user:password@host:587. Without it mails lie in DATA_DIR/outbox.',
  },
  {
    name: 'SMTP_FROM',
    fallback: 'Saksflyt <saksflyt@localhost>',
    meaning: 'Sender of the mails.',
  },
  {
    name: 'SMTP_IN_PORT',
    fallback: '(off)',
    meaning: 'TCP port on HOST where citizens’ mail is taken by SMTP, for known addresses only.',
  },
  {
    name: 'SMTP_IN_KEY',
    fallback: '(none)',
    meaning: 'File with the private key, in PEM, that STARTTLS is offered with.',
  },
  {
    name: 'SMTP_IN_CERT',
    fallback: '(none)',
    meaning: 'File with the certificate of SMTP_IN_KEY, in PEM.',
  },
  {
    name: 'IMAP_URL',
    fallback: '(off)',
    meaning:
      'Mailbox that citizens’ mail is fetched from, as imaps://user:password@host:993/INBOX. What was taken lies in its folder Saksflyt. imap:// asks for STARTTLS, except on this machine.',
  },
  { name: 'IMAP_ADDRESS', fallback: '(none)', meaning: 'The address whose mail IMAP_URL holds.' },
  { name: 'IMAP_SECONDS', fallback: '30', meaning: 'Seconds between two looks into it.' },
  {
    name: 'OIDC_ISSUER',
    fallback: '(demo mode)',
    meaning:
      'OpenID Connect issuer that knows the staff. Not built yet: when it is set the server does not start, so that nobody serves demo users in its place.',
  },
  {
    name: 'DEMO',
    fallback: 'loopback',
    meaning:
      'Who reaches demo mode, whose passwords everybody knows: loopback (this machine) or public.',
  },
  {
    name: 'REGISTER_ADDRESSES_URL',
    fallback: '(made up)',
    meaning: 'Address register in the shape of ws.geonorge.no/adresser/v1.',
  },
  {
    name: 'REGISTER_ORGANISATIONS_URL',
    fallback: '(made up)',
    meaning: 'Organisation register in the shape of data.brreg.no/enhetsregisteret/api.',
  },
  {
    name: 'REGISTER_PROPERTIES_URL',
    fallback: '(made up)',
    meaning: 'Properties with bins and fees, as cadastre and technical systems know them.',
  },
  {
    name: 'REGISTER_CONTACTS_URL',
    fallback: '(made up)',
    meaning: 'Contact and reservation register: who may be reached digitally.',
  },
  { name: 'POLL_MS', fallback: '500', meaning: 'Milliseconds between two looks for due work.' },
  {
    name: 'ENGINE_TUNING',
    fallback: 'on',
    meaning: 'off runs bpmn-engine as it comes, several times slower: to find out who is at fault.',
  },
  { name: 'LOG_LEVEL', fallback: 'info', meaning: 'debug, info, warn, error or silent.' },
] as const satisfies readonly ConfigVariable[];

const LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const satisfies readonly LogLevel[];

const whole = (least: number, most: number) => {
  const error = `must be a whole number from ${least} to ${most}`;
  return z.coerce.number(error).int(error).min(least, error).max(most, error);
};
const url = (protocol: RegExp, example: string) =>
  z.url({ protocol, error: `must be an address like ${example}` });

const environment = z.object({
  PORT: whole(0, 65_535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  PUBLIC_URL: url(/^https?$/, 'https://saksflyt.example.no').optional(),
  DATA_DIR: z.string().default('./data'),
  DATABASE_URL: url(/^postgres(ql)?$/, 'postgres://user@host:5432/saksflyt').optional(),
  SMTP_URL: url(/^smtps?$/, 'smtp://host:587').optional(),
  SMTP_FROM: z.string().default('Saksflyt <saksflyt@localhost>'),
  SMTP_IN_PORT: whole(0, 65_535).optional(),
  SMTP_IN_KEY: z.string().optional(),
  SMTP_IN_CERT: z.string().optional(),
  IMAP_URL: url(/^imaps?$/, 'imaps://user:password@host:993').optional(),
  IMAP_ADDRESS: z.email('must be an e-mail address').optional(),
  IMAP_SECONDS: whole(1, 3600).default(30),
  OIDC_ISSUER: z
    .undefined('OpenID Connect login is not built yet: leave it unset to run in demo mode')
    .optional(),
  DEMO: z.enum(['loopback', 'public'], 'must be loopback or public').default('loopback'),
  REGISTER_ADDRESSES_URL: url(/^https?$/, 'https://ws.geonorge.no/adresser/v1').optional(),
  REGISTER_ORGANISATIONS_URL: url(/^https?$/, 'https://registers.example.no/api').optional(),
  REGISTER_PROPERTIES_URL: url(/^https?$/, 'https://registers.example.no/api').optional(),
  REGISTER_CONTACTS_URL: url(/^https?$/, 'https://registers.example.no/api').optional(),
  POLL_MS: whole(10, 60_000).default(500),
  ENGINE_TUNING: z.enum(['on', 'off'], 'must be on or off').default('on'),
  LOG_LEVEL: z.enum(LEVELS, `must be one of ${LEVELS.join(', ')}`).default('info'),
} satisfies Record<(typeof CONFIG_VARIABLES)[number]['name'], z.ZodType>);

/**
 * Reads and checks the environment; an empty variable counts as unset.
 * @throws InvalidError 'config_invalid' naming every variable that is wrong, in its message too
 */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  const given = Object.entries(env).filter(([, value]) => value !== undefined && value !== '');
  const parsed = environment.safeParse(Object.fromEntries(given));
  if (!parsed.success) throw refused(parsed.error.issues.map(reasonOf));
  const { HOST: host, PORT: ownPort, ...rest } = parsed.data;
  if (rest.DEMO === 'loopback' && !isLoopback(host)) {
    throw refused([
      {
        path: 'HOST',
        reason: `${host} can be reached from other machines, and everybody knows the demo users' passwords; set DEMO=public if that is wanted`,
      },
    ]);
  }
  if ((rest.IMAP_URL === undefined) !== (rest.IMAP_ADDRESS === undefined)) {
    throw refused([{ path: 'IMAP_URL', reason: 'goes with IMAP_ADDRESS: set both or neither' }]);
  }
  return {
    port: ownPort,
    host,
    publicUrl: (rest.PUBLIC_URL ?? `http://${urlHost(host)}:${ownPort}`).replace(/\/+$/, ''),
    dataDir: rest.DATA_DIR,
    databaseUrl: rest.DATABASE_URL,
    smtpUrl: rest.SMTP_URL,
    smtpFrom: rest.SMTP_FROM,
    smtpInPort: rest.SMTP_IN_PORT,
    smtpInKey: rest.SMTP_IN_KEY,
    smtpInCert: rest.SMTP_IN_CERT,
    imap:
      rest.IMAP_URL && rest.IMAP_ADDRESS
        ? { url: rest.IMAP_URL, address: rest.IMAP_ADDRESS, everyMs: rest.IMAP_SECONDS * 1000 }
        : undefined,
    registers: {
      addresses: rest.REGISTER_ADDRESSES_URL,
      organisations: rest.REGISTER_ORGANISATIONS_URL,
      properties: rest.REGISTER_PROPERTIES_URL,
      contactPreferences: rest.REGISTER_CONTACTS_URL,
    },
    logLevel: rest.LOG_LEVEL,
    pollMs: rest.POLL_MS,
    engineTuned: rest.ENGINE_TUNING === 'on',
    demoPublic: rest.DEMO === 'public',
  };
}

function urlHost(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

function reasonOf(issue: z.core.$ZodIssue): InvalidReason {
  return { path: issue.path.join('.'), reason: issue.message };
}

function refused(details: InvalidReason[]): InvalidError {
  const sentences = details.map(({ path, reason }) => `${path ?? ''}: ${reason}.`);
  return new InvalidError('config_invalid', sentences.join(' '), { details });
}
