import type { Service } from '../catalogue/services.js';
import { readServices } from '../catalogue/services.js';
import type { Tx } from '../db/tx.js';
import type { ProcessModel } from '../engine/model/process-model.js';
import type { Id } from '../kernel/ids.js';

/** What lacks its counterpart (F129): every kind of inquiry shall have a workflow, and be used. */
export interface Coverage {
  /** Services whose process is not deployed, or is one that they share because they have none. */
  servicesWithoutModel: string[];
  servicesWithoutBefore: string[];
  servicesWithoutAfter: string[];
  /** Processes that no service names, no other process calls, and nothing from outside starts. */
  modelsWithoutService: string[];
  /** Processes that belong to no single service, and begin with a message or at a time. */
  commonProcesses: string[];
  formsUnused: string[];
}

/** Gives the model of a deployed process. */
export type ReadModel = (definitionId: Id) => Promise<ProcessModel>;

/** Compares what the municipality offers with what it has drawn. */
export async function readCoverage(
  tx: Tx,
  tenant: string,
  readModel: ReadModel,
): Promise<Coverage> {
  const services = await readServices(tx, tenant);
  const rows = await tx.query<{ id: Id }>(
    `SELECT DISTINCT ON (process_id) id FROM process_definition WHERE tenant_id = $1
     ORDER BY process_id, version DESC`,
    [tenant],
  );
  const models: ProcessModel[] = [];
  for (const { id } of rows) models.push(await readModel(id));
  const forms = await tx.query<{ id: string }>(
    'SELECT DISTINCT form_id AS id FROM form_definition WHERE tenant_id = $1',
    [tenant],
  );
  return coverageOf(
    services,
    models,
    forms.map(({ id }) => id),
  );
}

/** The same, for these services, models and forms. */
export function coverageOf(
  services: readonly Service[],
  models: readonly ProcessModel[],
  forms: readonly string[],
): Coverage {
  const drawn = new Set(models.map(({ processId }) => processId));
  const own = ({ variants }: Service) => variants.map(({ id }) => id);
  const without = (lacks: (service: Service) => boolean) =>
    services
      .filter(lacks)
      .map(({ code }) => code)
      .sort();
  const named = services.flatMap((service) => [
    ...own(service),
    service.activeProcess,
    ...(service.intakeProcess ? [service.intakeProcess] : []),
  ]);
  const begun = models.filter(startsFromOutside).map(({ processId }) => processId);
  const used = reachedFrom([...named, ...begun], models);
  return {
    servicesWithoutModel: without(
      (one) => !drawn.has(one.activeProcess) || !own(one).includes(one.activeProcess),
    ),
    servicesWithoutBefore: without((one) => !hasPhase(one, 'before', drawn)),
    servicesWithoutAfter: without((one) => !hasPhase(one, 'after', drawn)),
    modelsWithoutService: [...drawn].filter((id) => !used.has(id)).sort(),
    commonProcesses: begun.filter((id) => !named.includes(id)).sort(),
    formsUnused: unusedForms(services, models, forms),
  };
}

/** A phase is `before`, `after`, or `after-1` and `after-2` where the change came in two steps. */
function hasPhase({ variants }: Service, phase: string, drawn: ReadonlySet<string>): boolean {
  return variants.some((one) => one.phase.startsWith(phase) && drawn.has(one.id));
}

function startsFromOutside({ elements }: ProcessModel): boolean {
  return [...elements.values()].some(({ type, trigger }) => type === 'startEvent' && trigger);
}

/** Those processes, and all that they call, and those call in turn. */
function reachedFrom(roots: readonly string[], models: readonly ProcessModel[]): Set<string> {
  const byId = new Map(models.map((model) => [model.processId, model]));
  const reached = new Set<string>();
  const open = [...roots];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    for (const { call } of byId.get(id)?.elements.values() ?? []) {
      if (call) open.push(call.processId);
    }
  }
  return reached;
}

function unusedForms(
  services: readonly Service[],
  models: readonly ProcessModel[],
  forms: readonly string[],
): string[] {
  const used = new Set<string | null | undefined>(services.map(({ form }) => form));
  for (const { elements } of models) {
    for (const { userTask } of elements.values()) used.add(userTask?.formId);
  }
  return forms.filter((id) => !used.has(id)).sort();
}
