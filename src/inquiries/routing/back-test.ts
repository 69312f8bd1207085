import { readServices } from '../../catalogue/services.js';
import type { Tx } from '../../db/tx.js';
import type { Explanation } from '../../decisions/explanation.js';
import { AppError, NotFoundError } from '../../kernel/errors.js';
import type { JsonObject, JsonValue } from '../../kernel/json.js';
import { readUnits } from '../../people/units.js';
import type { Inquiry } from '../inquiries.js';
import { INQUIRY_COLUMNS } from '../inquiries.js';
import { routingAnswer } from './routing-answer.js';
import { routingQuestion } from './routing-question.js';

/** Asks the table that is tried. */
export type AskTable = (
  question: JsonObject,
) => Promise<{ value: JsonValue; explanation: Explanation }>;

/** One case that the table would have put elsewhere. */
export interface MovedCase {
  reference: string;
  service: string;
  district: string | null;
  /** Where it went, in the end. */
  from: string | null;
  /** Where the table would put it; null when it names no unit. */
  to: string | null;
  responsible: boolean;
  rule: string;
}

/** What a changed table would have done with cases that have been. */
export interface BackTest {
  cases: number;
  same: number;
  moved: number;
  /** Of the moved: persons had sent them on to where the table would have put them at once. */
  corrected: number;
  /** Cases that the table cannot decide, by the error's code. */
  failed: Record<string, number>;
  /** Units that the table names and nobody knows. */
  unknownUnits: string[];
  /** How often each row decided. */
  rules: Record<string, number>;
  /** The newest of the moved, 200 at most. */
  list: MovedCase[];
}

const MAX_LISTED = 200;

/** Others' requests are let in this often. */
const CASES_AT_ONCE = 50;

/**
 * Puts the last cases of a municipality through a routing table, as they stand today, and compares
 * where it would put them with where they went (in the end: after persons had sent them on). Nothing
 * is changed.
 * @throws NotFoundError when there is no such decision
 */
export async function backTest(
  tx: Tx,
  tenant: string,
  ask: AskTable,
  { cases, services: only }: { cases: number; services?: readonly string[] | undefined },
): Promise<BackTest> {
  const services = new Map((await readServices(tx, tenant)).map((one) => [one.code, one]));
  const units = new Set((await readUnits(tx, tenant)).map(({ code }) => code));
  const result = emptyResult();
  const unknown = new Set<string>();
  const last = await readLastRouted(tx, tenant, cases, only);
  for (const [at, inquiry] of last.entries()) {
    if (at % CASES_AT_ONCE === CASES_AT_ONCE - 1) await breathe();
    result.cases += 1;
    try {
      const route = routingAnswer(
        await ask(routingQuestion(inquiry)),
        services.get(inquiry.service),
      );
      if (route.unit !== null && !units.has(route.unit)) unknown.add(route.unit);
      compare(result, inquiry, route);
    } catch (error) {
      if (!(error instanceof AppError) || error instanceof NotFoundError) throw error;
      result.failed[error.code] = (result.failed[error.code] ?? 0) + 1;
    }
  }
  return { ...result, unknownUnits: [...unknown].sort() };
}

type Routed = Inquiry & { firstUnit: string | null };

function compare(
  result: BackTest,
  inquiry: Routed,
  { unit, responsible, routedBy }: ReturnType<typeof routingAnswer>,
): void {
  result.rules[routedBy] = (result.rules[routedBy] ?? 0) + 1;
  // What the old table said, before anybody sent the case on.
  const before = inquiry.firstUnit ?? inquiry.unit;
  const wasResponsible = inquiry.routing?.['responsible'] !== false;
  if (unit === before && responsible === wasResponsible) {
    result.same += 1;
    return;
  }
  result.moved += 1;
  if (inquiry.firstUnit !== null && unit === inquiry.unit) result.corrected += 1;
  if (result.list.length >= MAX_LISTED) return;
  const { reference, service, district } = inquiry;
  const from = inquiry.unit;
  result.list.push({ reference, service, district, from, to: unit, responsible, rule: routedBy });
}

async function readLastRouted(
  tx: Tx,
  tenant: string,
  cases: number,
  services: readonly string[] | undefined,
): Promise<Routed[]> {
  return tx.query<Routed>(
    `SELECT ${INQUIRY_COLUMNS}, (SELECT r.from_unit FROM rerouting r
       WHERE r.tenant_id = inquiry.tenant_id AND r.inquiry_id = inquiry.id ORDER BY r.id LIMIT 1
     ) AS "firstUnit"
     FROM inquiry WHERE tenant_id = $1 AND routing IS NOT NULL
       AND ($3::text[] IS NULL OR service_code = ANY($3))
     ORDER BY received_at DESC, id DESC LIMIT $2`,
    [tenant, cases, services ?? null],
  );
}

function emptyResult(): BackTest {
  return {
    cases: 0,
    same: 0,
    moved: 0,
    corrected: 0,
    failed: {},
    unknownUnits: [],
    rules: {},
    list: [],
  };
}

function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
