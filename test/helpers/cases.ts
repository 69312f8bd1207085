import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Principal } from '../../src/access/principal.js';
import { readVocabulary } from '../../src/catalogue/vocabulary.js';
import type { Mailer } from '../../src/channels/mailer.js';
import { createMailer } from '../../src/channels/mailer.js';
import type { HandlerDependencies } from '../../src/handlers/case-handler.js';
import { createHandlers } from '../../src/handlers/registry.js';
import type { InquiryDraft } from '../../src/inquiries/draft.js';
import type { Inquiry } from '../../src/inquiries/inquiries.js';
import { getInquiry } from '../../src/inquiries/inquiries.js';
import type { IntakeOptions } from '../../src/inquiries/intake.js';
import { createIntake } from '../../src/inquiries/intake.js';
import type { Id } from '../../src/kernel/ids.js';
import { createIdFactory } from '../../src/kernel/ids.js';
import { PROJECT_ROOT } from '../../src/kernel/project-root.js';
import { bpmn } from './bpmn.js';
import { testDatabase } from './database.js';
import { seedDomain } from './domain.js';
import type { EngineBench } from './engine.js';
import { engineBench } from './engine.js';
import type { SmtpSink } from './smtp-sink.js';
import { startSmtpSink } from './smtp-sink.js';

/** Real engines with the real handlers, an intake, a mail server and a folder for the archive. */
export interface CaseBench extends EngineBench {
  newId: () => Id;
  sink: SmtpSink;
  folder: string;
  mailer: Mailer;
  dependencies: HandlerDependencies;
  /** Registers an inquiry and does what is due then. */
  register(draft?: Partial<InquiryDraft>): Promise<Inquiry>;
  read(id: Id): Promise<Inquiry>;
  stop(): Promise<void>;
}

export async function openCases(options: Partial<IntakeOptions> = {}): Promise<CaseBench> {
  const db = await testDatabase();
  for (const tenant of ['fjordvik', 'bispevik']) await seedDomain(db, tenant);
  const sink = await startSmtpSink();
  const folder = await mkdtemp(join(tmpdir(), 'saksflyt-cases-'));
  const from = 'Fjordvik kommune <post@fjordvik.example>';
  const mailer = createMailer({ smtpUrl: sink.url, from, outbox: `${folder}/outbox` });
  const ids = createIdFactory({ node: 3 });
  const dependencies: HandlerDependencies = {
    newId: ids,
    mailer,
    archiveFolder: `${folder}/archive`,
    publicUrl: 'https://saksflyt.example',
    serviceCentre: 'SERV',
    vocabulary: () => readVocabulary(join(PROJECT_ROOT, 'processes')),
    publish: (...message) => bench.engine().publish(...message),
  };
  const bench = engineBench(db, createHandlers(dependencies));
  const register = createIntake({
    clock: bench.clock,
    newId: ids,
    engine: {
      start: (...args) => bench.engine().start(...args),
    },
    intakeProcess: 'case',
    unclassifiedService: 'TILBAKEM',
    ...options,
  });
  const read = (id: Id) => getInquiry(db, bench.tenant, id);
  return {
    ...bench,
    newId: ids,
    sink,
    folder,
    mailer,
    dependencies,
    read,
    register: async (draft = {}) => {
      const full = {
        channel: 'phone',
        service: 'DUNK',
        text: 'Dunken er knust',
        ...draft,
      } as const;
      const { inquiry } = await db.inTransaction((tx) => register(tx, bench.tenant, full, 'agent'));
      await bench.settle();
      return read(inquiry.id);
    },
    stop: async () => {
      mailer.close();
      await sink.stop();
      await rm(folder, { recursive: true });
    },
  };
}

/** A process named `case` of this body, as a file to deploy. */
export function caseProcess(body: string, roots = ''): [name: string, content: string] {
  return ['case.bpmn', bpmn('case', body, roots)];
}

/** An input mapping of texts and numbers, for a service task's extensions. */
export function inputs(given: Record<string, string | number>): string {
  const mappings = Object.entries(given).map(([target, value]) => {
    const source = typeof value === 'number' ? `=${value}` : `=&quot;${value}&quot;`;
    return `<zeebe:input source="${source}" target="${target}"/>`;
  });
  return `<zeebe:ioMapping>${mappings.join('')}</zeebe:ioMapping>`;
}

/** Somebody of the municipality. */
export function principal(username: string, change: Partial<Principal> = {}): Principal {
  return {
    tenant: 'fjordvik',
    username,
    displayName: username,
    roles: ['caseworker'],
    units: ['VAR'],
    ...change,
  };
}
