import type { Profiler } from 'node:inspector';
import { Session } from 'node:inspector/promises';

type Runtime = Profiler.ProfileNode['callFrame'];

/** Share of the busy time by package or room, largest first. */
export type Shares = { name: string; share: number }[];

/** Takes a CPU profile of `run` and adds up where the time was spent itself. */
export async function profileOf(run: () => Promise<unknown>): Promise<Shares> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 500 });
  await session.post('Profiler.start');
  await run();
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  return sharesOf(profile);
}

function sharesOf({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): Shares {
  const owners = new Map(nodes.map(({ id, callFrame }) => [id, ownerOf(callFrame)]));
  const spent = new Map<string, number>();
  let busy = 0;
  for (const [index, id] of samples.entries()) {
    const owner = owners.get(id) ?? 'unknown';
    const delta = timeDeltas[index] ?? 0;
    if (owner === '(idle)') continue;
    busy += delta;
    spent.set(owner, (spent.get(owner) ?? 0) + delta);
  }
  return [...spent]
    .map(([name, micros]) => ({ name, share: micros / busy }))
    .sort((a, b) => b.share - a.share);
}

function ownerOf({ url, functionName }: Runtime): string {
  const installed = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
  if (installed) return installed;
  const room = /\/(src\/[^/]+)\//.exec(url)?.[1];
  if (room) return room;
  if (url.startsWith('node:zlib') || /deflate|inflate/i.test(functionName)) return 'node:zlib';
  if (url.startsWith('node:')) return 'node';
  return url === '' ? functionName || '(anonymous)' : 'bench';
}
