import { readdirSync, readFileSync } from 'node:fs';
import type { Db } from '../../src/db/database.js';

/** Linux counts processor time in hundredths of a second. */
const TICK_MS = 10;

/** Processor time that the database server and all its sessions have taken, in milliseconds. */
export type ServerCpu = () => number;

/** The server must run on this machine, under Linux. */
export async function serverCpu(db: Db): Promise<ServerCpu> {
  const [row] = await db.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const server = row ? statOf(row.pid)?.parent : undefined;
  if (server === undefined) throw new Error('the database server does not run here');
  return () => {
    const own = statOf(server);
    const sessions = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => statOf(Number(name)))
      .filter((stat) => stat?.parent === server);
    const ticks = sessions.reduce((total, stat) => total + (stat?.ticks ?? 0), 0);
    return (ticks + (own?.ticks ?? 0) + (own?.endedTicks ?? 0)) * TICK_MS;
  };
}

interface Stat {
  parent: number;
  ticks: number;
  /** Of children that have ended. */
  endedTicks: number;
}

function statOf(pid: number): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field, the program's name, may hold blanks and brackets.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const at = (index: number) => Number(fields[index]);
    return { parent: at(1), ticks: at(11) + at(12), endedTicks: at(13) + at(14) };
  } catch {
    return undefined;
  }
}
