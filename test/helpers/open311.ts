import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { XMLParser } from 'fast-xml-parser';
import supertest from 'supertest';
import { followServiceCase } from './service-case.js';
import type { ServiceCase } from './service-case.js';
import type { TwoApps } from './two-apps.js';

/** Keeps blanks and reads texts as they are, as FixMyStreet's reader does. */
const parser = new XMLParser({
  trimValues: false,
  parseTagValue: false,
  ignoreAttributes: false,
  isArray: (name) => ['service', 'attribute', 'value', 'request', 'request_update'].includes(name),
});

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a wire format, looked into by tests
type Xml = any;

/** Open311 as a reporting system speaks it: XML only, forms out, each call to the other node. */
export function open311Client(apps: TwoApps, jurisdiction = 'demo') {
  const path = (name: string) => `/open311/v2/${name}.xml`;
  const read = (response: supertest.Response): Xml =>
    parser.parse(response.text.replace(/^<\?xml[^>]*\?>/, ''));
  return {
    async get(name: string, query: Record<string, string> = {}, status = 200): Promise<Xml> {
      const asked = { jurisdiction_id: jurisdiction, ...query };
      return read(await supertest(apps.next()).get(path(name)).query(asked).expect(status));
    },
    async post(name: string, fields: readonly [string, string][], status = 201): Promise<Xml> {
      const body = new URLSearchParams([
        ['jurisdiction_id', jurisdiction],
        ['api_key', 'demo'],
        ...fields,
      ]).toString();
      const sent = supertest(apps.next()).post(path(name)).type('form').send(body);
      return read(await sent.expect(status));
    },
  };
}

/** A reporting system's own server: keeps what is posted to it. */
export interface ReportingSystem {
  url: string;
  posted: Record<string, string>[];
  /** How the next posts are answered, before all is well again. */
  refusals: { status: number; text: string }[];
  stop(): Promise<void>;
}

export async function startReportingSystem(): Promise<ReportingSystem> {
  const posted: Record<string, string>[] = [];
  const refusals: ReportingSystem['refusals'] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const refusal = refusals.shift();
      response.statusCode = refusal?.status ?? 200;
      if (!refusal) {
        const fields = new URLSearchParams(Buffer.concat(chunks).toString());
        posted.push({ path: request.url ?? '', ...Object.fromEntries(fields) });
      }
      response.end(refusal?.text ?? '<service_request_updates/>');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/open311/v2/`,
    posted,
    refusals,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** One grey point, as a picture. */
export const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** A report as FixMyStreet sends it. */
export const REPORT: [string, string][] = [
  ['service_code', 'GATELYS'],
  ['description', 'Mørk lykt <ved> skolen & butikken\r\n\r\nDetaljer: "blinker"'],
  ['lat', '59.2181'],
  ['long', '10.9298'],
  ['first_name', 'Kari'],
  ['last_name', '-'],
  ['email', 'kari.kanarifugl@example.no'],
  ['phone', '99 99 99 99'],
  ['deviceid', 'abc'],
  ['media_url', 'https://rapport.example/1.jpeg'],
  ['media_url', 'https://rapport.example/2.jpeg'],
  ['attribute[fixmystreet_id]', '12345'],
  ['attribute[fault]', 'flickering'],
  ['attribute[place]', 'road'],
  ['attribute[nonsense]', 'x'],
];

/** The report without one of its fields. */
export const without = (name: string) => REPORT.filter(([one]) => one !== name);

/** Reports what is wrong as a passer-by does in an app, each at a place of its own. */
export async function reportOnStreet(
  apps: TwoApps,
  service: string,
  attributes: Record<string, string>,
  { email, ...more }: { email: string; description?: string; lat?: string; long?: string },
): Promise<ServiceCase> {
  places += 1;
  const { description = 'Meldt på vei hjem', long = '10.95' } = more;
  const { lat = (59.2 + places * 0.01).toFixed(4) } = more;
  const answers = Object.entries(attributes).map(([key, value]): [string, string] => [
    `attribute[${key}]`,
    value,
  ]);
  const fields = { service_code: service, description, lat, long, email, first_name: 'Ola' };
  const sent = [...Object.entries(fields), ['last_name', 'Gatelangs'], ...answers];
  const { service_requests: made } = await open311Client(apps).post(
    'requests',
    sent as [string, string][],
  );
  await apps.runDue();
  const reference = String(made.request[0].service_request_id);
  return followServiceCase(apps, reference, ['caseworker', 'agent'], email);
}

/** Far enough from each other that none is taken for another's duplicate. */
let places = 0;
