import type pg from 'pg';
import type { Db } from '../../src/db/database.js';

/** What went to the database. */
export interface Traffic {
  /** No fewer than there were round trips. */
  packets: number;
  /** Statements carried out, BEGIN and COMMIT among them. */
  statements: number;
}

interface Stream {
  _write(chunk: Buffer, encoding: string, done: () => void): void;
  _writev(chunks: { chunk: Buffer }[], done: () => void): void;
}

/** Query and Execute of the wire protocol. */
const RUNS_STATEMENT = new Set(['Q', 'E']);

/** Counts what the application's own connections send, by the bytes that leave them. */
export function watchTraffic(db: Db): { during(work: () => Promise<unknown>): Promise<Traffic> } {
  const traffic: Traffic = { packets: 0, statements: 0 };
  const sent = (...chunks: Buffer[]): void => {
    traffic.packets += 1;
    traffic.statements += typesIn(Buffer.concat(chunks)).filter((type) =>
      RUNS_STATEMENT.has(type),
    ).length;
  };
  const watched = new WeakSet<Stream>();
  const watch = (client: unknown): void => {
    const { stream } = (client as { connection: { stream: Stream } }).connection;
    if (watched.has(stream)) return;
    watched.add(stream);
    const write = stream._write.bind(stream);
    const writev = stream._writev.bind(stream);
    stream._write = (chunk, encoding, done) => {
      sent(chunk);
      write(chunk, encoding, done);
    };
    stream._writev = (chunks, done) => {
      sent(...chunks.map(({ chunk }) => chunk));
      writev(chunks, done);
    };
  };
  const { master } = db.dataSource.driver as unknown as { master: pg.Pool };
  master.on('acquire', watch);
  return {
    during: async (work) => {
      Object.assign(traffic, { packets: 0, statements: 0 });
      await work();
      return { ...traffic };
    },
  };
}

function typesIn(bytes: Buffer): string[] {
  const types: string[] = [];
  for (let at = 0; at + 5 <= bytes.length; at += 1 + bytes.readInt32BE(at + 1)) {
    types.push(bytes.toString('latin1', at, at + 1));
  }
  return types;
}
