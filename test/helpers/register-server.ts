import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { RegisterName } from '../../src/channels/registers/made-up.js';
import { REGISTERS, madeUpAnswer } from '../../src/channels/registers/made-up.js';
import type { JsonValue } from '../../src/kernel/json.js';

/** How the server behaves: like the register, or as registers do when something is wrong. */
export type Mood = 'well' | 'failing' | 'silent' | 'garbled' | 'gone';

/** A server that speaks the wire format of every register. */
export interface RegisterServer {
  /** Where each register answers. */
  addresses: Record<RegisterName, string>;
  mood: Mood;
  /** Path and query of what was asked, in order. */
  asked: string[];
  stop(): Promise<void>;
}

export async function startRegisterServer(): Promise<RegisterServer> {
  const server = createServer((request, response) => {
    void (async () => {
      const url = new URL(request.url ?? '/', 'http://outside');
      outside.asked.push(`${url.pathname}${url.search}`);
      if (outside.mood === 'silent') return;
      if (outside.mood === 'gone') return void response.writeHead(404).end();
      if (outside.mood === 'failing') return void response.writeHead(503).end();
      if (outside.mood === 'garbled') return void response.end('{"adresser": "none"}');
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(await answer(request, url)));
    })();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const addresses = Object.fromEntries(
    REGISTERS.map((name) => [name, `http://127.0.0.1:${port}/${name}`]),
  ) as Record<RegisterName, string>;
  const outside: RegisterServer = {
    addresses,
    mood: 'well',
    asked: [],
    stop: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
  return outside;
}

async function answer(request: IncomingMessage, url: URL): Promise<JsonValue> {
  const [, name, path = ''] = url.pathname.split('/');
  const register = REGISTERS.find((one) => one === name);
  if (!register) throw new Error(`no register ${name}`);
  const given = await text(request);
  return madeUpAnswer(register, {
    path,
    parameters: Object.fromEntries(url.searchParams),
    ...(given !== '' && { body: JSON.parse(given) as JsonValue }),
  });
}
