import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UnavailableError } from '../kernel/errors.js';

/** A server that accepts connections. */
export interface Listening {
  readonly url: string;
  /** Lets requests under way be answered, for a while, and accepts no more. */
  close(): Promise<void>;
}

/** Whoever has not got an answer by then does not get one. */
const DRAIN_MS = 10_000;

/**
 * Listens on `host` and `port`; port 0 takes a free one.
 * @throws UnavailableError 'port_in_use' or 'port_refused'
 */
export async function listen(
  app: RequestListener,
  { host, port }: { host: string; port: number },
): Promise<Listening> {
  const server = createServer(app);
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw refusal(error, host, port);
  }
  const address = server.address() as AddressInfo;
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return {
    url: `http://${name}:${address.port}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      const impatient = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
      await closed;
      clearTimeout(impatient);
    },
  };
}

function refusal(error: unknown, host: string, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    const hint = `Stop what uses it, or choose another: PORT=${port + 1} npm start`;
    return new UnavailableError('port_in_use', `Port ${port} on ${host} is in use. ${hint}`);
  }
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL') {
    return new UnavailableError('port_refused', `Port ${port} on ${host} cannot be had (${code}).`);
  }
  return error;
}
