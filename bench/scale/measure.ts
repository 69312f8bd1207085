import { scenarioNamed, STARTED_WITH } from '../scenario.js';
import { measureClaims } from './claims.js';
import type { Claim } from './claims.js';
import { createCopier } from './fill.js';
import { measureAges } from './linear.js';
import type { AgeRow } from './linear.js';
import { compareNodes } from './nodes.js';
import type { NodesResult } from './nodes.js';
import { openEngineNode } from './open-node.js';
import type { EngineNode } from './open-node.js';
import { clearSurroundings, settleTables, surround } from './surroundings.js';
import { watchNode } from './timers.js';
import type { Load, NodeAtWork } from './timers.js';

/** What was seen while so many cases waited. */
export interface Scale {
  waiting: number;
  /** Bytes in the database by table with its indexes and TOAST, each case's share. */
  bytesPerCase: Record<string, number>;
  node: NodeAtWork;
  claims: Claim[];
}

export interface ScaleResult {
  scales: Scale[];
  nodes: NodesResult;
  ages: { live: AgeRow[]; recovered: AgeRow[] };
}

export interface ScaleRequest {
  /** At how many waiting cases to look, in ascending order. */
  counts: readonly number[];
  load: Load;
  rounds: number;
  ms: number;
  newDatabase: (name: string) => Promise<string>;
  say: (text: string) => void;
}

const FIVE = scenarioNamed('five');

/** Fills a database with waiting cases, and looks on the way; then the figures that need none. */
export async function measureScale(request: ScaleRequest): Promise<ScaleResult> {
  const { counts, load, rounds, ms, newDatabase, say } = request;
  const databaseUrl = await newDatabase('scale');
  const node = await openEngineNode(databaseUrl);
  try {
    await node.deploy([{ processId: FIVE.processId, xml: FIVE.deployed }]);
    const { instanceId } = await node.start(FIVE.processId, STARTED_WITH);
    const copier = await createCopier(node.db, node.newId, instanceId);
    const scales: Scale[] = [];
    let had = 1;
    for (const waiting of counts) {
      say(`${waiting.toLocaleString('en-GB')} waiting cases: adding them`);
      await clearSurroundings(node);
      await copier.copy(waiting - had);
      had = waiting;
      await settleTables(node.bulk);
      const bytesPerCase = await sizes(node, waiting);
      say('a node works on what falls due');
      const atWork = await watchNode(node, databaseUrl, load);
      say('what each question costs');
      const surroundings = await surround(node, waiting);
      const claims = await measureClaims(node, surroundings);
      scales.push({ waiting, bytesPerCase, node: atWork, claims });
    }
    say('one node and two');
    const nodes = await compareNodes(node.db, databaseUrl, { rounds, ms });
    say('young instances and old ones');
    const live = await measureAges(await newDatabase('ages'));
    const recovered = await measureAges(await newDatabase('ages_recovered'), 0);
    return { scales, nodes, ages: { live, recovered } };
  } finally {
    await node.close();
  }
}

const TABLES = [
  'process_instance',
  'user_task',
  'job',
  'step_log',
  'message_subscription',
  'incident',
];

async function sizes({ db }: EngineNode, waiting: number): Promise<Record<string, number>> {
  const rows = await db.query<{ name: string; bytes: string }>(
    'SELECT t AS name, pg_total_relation_size(t::regclass) AS bytes FROM unnest($1::text[]) t',
    [TABLES],
  );
  return Object.fromEntries(rows.map(({ name, bytes }) => [name, Number(bytes) / waiting]));
}
