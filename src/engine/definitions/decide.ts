import type { Tx } from '../../db/tx.js';
import type { DecisionModel } from '../../decisions/decision-model.js';
import { evaluateDecision } from '../../decisions/evaluate-decision.js';
import { readDecisionModel } from '../../decisions/read-decision-model.js';
import { NotFoundError } from '../../kernel/errors.js';
import type { Id } from '../../kernel/ids.js';
import type { JsonObject } from '../../kernel/json.js';
import type { Decided } from '../handler.js';

/** How many decision models are kept parsed. */
const KEPT_MODELS = 200;

/** Evaluates the newest version of a tenant's decisions; each version is parsed once. */
export class DecisionStore {
  readonly #models = new Map<string, DecisionModel>();

  /** Throws NotFoundError `decision_not_found`, or what the evaluation throws. */
  async decide(
    tx: Tx,
    tenant: string,
    decisionId: string,
    context: JsonObject,
    now: Date,
  ): Promise<Decided> {
    const [newest] = await tx.query<{ id: Id; version: number }>(
      `SELECT id, version FROM decision_definition WHERE tenant_id = $1 AND decision_id = $2
       ORDER BY version DESC LIMIT 1`,
      [tenant, decisionId],
      { name: 'find-decision' },
    );
    if (!newest) {
      throw new NotFoundError('decision_not_found', `There is no decision "${decisionId}".`);
    }
    const model = await this.#model(tx, tenant, newest.id);
    return { ...evaluateDecision(model, decisionId, context, { now }), version: newest.version };
  }

  async #model(tx: Tx, tenant: string, id: Id): Promise<DecisionModel> {
    const key = `${tenant}/${id}`;
    const kept = this.#models.get(key);
    if (kept) return kept;
    const [row] = await tx.query<{ xml: string }>(
      'SELECT xml FROM decision_definition WHERE tenant_id = $1 AND id = $2',
      [tenant, id],
    );
    const model = await readDecisionModel(row?.xml ?? '');
    this.#models.set(key, model);
    const oldest = this.#models.keys().next();
    if (this.#models.size > KEPT_MODELS && !oldest.done) this.#models.delete(oldest.value);
    return model;
  }
}
