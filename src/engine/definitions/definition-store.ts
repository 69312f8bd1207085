import type { Tx } from '../../db/tx.js';
import { NotFoundError } from '../../kernel/errors.js';
import type { Id } from '../../kernel/ids.js';
import { expandProcess } from '../expand/expand-process.js';
import type { Compiled } from '../live/live-instance.js';
import { readAccepted } from '../model/check-document.js';
import { compileSource } from '../model/compile-source.js';
import { isJoin, startEvents } from '../model/process-model.js';
import type { ProcessModel } from '../model/process-model.js';

/** One version of a process, ready to run. */
export interface LoadedDefinition {
  id: Id;
  processId: string;
  version: number;
  /** As its owner drew it. */
  drawn: ProcessModel;
  /** As the engine runs it. */
  model: ProcessModel;
  /** What instances that begin at a start event are built from. */
  compiled: ReadonlyMap<string, Compiled>;
}

/** How many versions are kept parsed; a large one is some 200 kB. */
const KEPT_DEFINITIONS = 200;

/** Parsed process versions, each read once: a version never changes. */
export class DefinitionStore {
  readonly #loaded = new Map<string, LoadedDefinition>();
  readonly #newest = new Map<string, Id>();

  /** What was found to be a process's newest version; meanwhile there may be a newer one. */
  newest(tenant: string, processId: string): Id | undefined {
    return this.#newest.get(`${tenant}/${processId}`);
  }

  rememberNewest(tenant: string, processId: string, id: Id): void {
    keep(this.#newest, `${tenant}/${processId}`, id);
  }

  forgetNewest(): void {
    this.#newest.clear();
  }

  /** Throws NotFoundError `definition_not_found`. */
  async load(tx: Tx, tenant: string, id: Id): Promise<LoadedDefinition> {
    const key = `${tenant}/${id}`;
    const kept = this.#loaded.get(key);
    if (kept) return kept;
    const [row] = await tx.query<{ process_id: string; version: number; xml: string }>(
      'SELECT process_id, version, xml FROM process_definition WHERE tenant_id = $1 AND id = $2',
      [tenant, id],
    );
    if (!row) throw new NotFoundError('definition_not_found', `There is no definition ${id}.`);
    const models = await readAccepted(row.xml);
    const model = models.find(({ processId }) => processId === row.process_id);
    if (!model) throw new TypeError(`definition ${id} lost its process ${row.process_id}`);
    const definition = {
      id,
      processId: row.process_id,
      version: row.version,
      ...(await prepare(model)),
    };
    keep(this.#loaded, key, definition);
    return definition;
  }
}

function keep<T>(kept: Map<string, T>, key: string, value: T): void {
  kept.set(key, value);
  const oldest = kept.keys().next();
  if (kept.size > KEPT_DEFINITIONS && !oldest.done) kept.delete(oldest.value);
}

async function prepare(
  drawn: ProcessModel,
): Promise<Pick<LoadedDefinition, 'drawn' | 'model' | 'compiled'>> {
  const model = expandProcess(drawn);
  const joins = new Set(
    model.flows
      .filter(({ targetId }) => isJoin(model, model.elements.get(targetId)))
      .map(({ id }) => id),
  );
  const compiled = new Map<string, Compiled>();
  const starts = startEvents(drawn).map(({ id }) => id);
  for (const start of starts) {
    const without = new Set(starts.filter((other) => other !== start));
    compiled.set(start, { source: await compileSource(model, without), joins });
  }
  return { drawn, model, compiled };
}

/** Where an instance begins when nobody says: at the start event without a trigger, if there is one. */
export function usualStart({ drawn }: LoadedDefinition): string {
  const starts = startEvents(drawn);
  return (starts.find(({ trigger }) => trigger === null) ?? starts[0])?.id ?? '';
}

/** The id of a process's newest version, or of the version asked for. */
export async function findDefinition(
  tx: Tx,
  tenant: string,
  processId: string,
  version?: number,
): Promise<Id | undefined> {
  const [row] = await tx.query<{ id: Id }>(
    `SELECT id FROM process_definition WHERE tenant_id = $1 AND process_id = $2
       AND ($3::int IS NULL OR version = $3) ORDER BY version DESC LIMIT 1`,
    [tenant, processId, version ?? null],
    { name: 'find-definition' },
  );
  return row?.id;
}
