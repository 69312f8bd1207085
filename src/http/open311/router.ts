import { Router } from 'express';
import type { Request, Response } from 'express';
import { findForm } from '../../catalogue/forms.js';
import { findService, readServices } from '../../catalogue/services.js';
import { Open311Error } from '../../channels/open311/open311-error.js';
import { readRequests } from '../../channels/open311/requests.js';
import {
  isOffered,
  toServiceDefinition,
  toServiceEntry,
} from '../../channels/open311/service-list.js';
import { readUpdates } from '../../channels/open311/updates.js';
import type { WireList, WireObject } from '../../channels/open311/wire.js';
import type { Tx } from '../../db/tx.js';
import { formatOf, send, sendError } from './answer.js';
import { discovery } from './discovery.js';
import { tenantOf } from './jurisdiction.js';
import { queryText, readFilter, readPeriod } from './request-query.js';
import type { Open311Runtime } from './runtime.js';
import { postReport, postUpdate } from './writes.js';

/** What an answer holds: its root element in XML, and what is in it. */
type Answer = { root: string; value: WireList | WireObject; status?: number };

type Read = (asked: { tx: Tx; tenant: string; request: Request; now: Date }) => Promise<Answer>;

const DAY_MS = 86_400_000;
const MAX_UPDATES = 1000;

/**
 * Open311 GeoReport v2 with the update extension, as FixMyStreet and other reporting apps speak it,
 * under `/open311/v2`. Everything that is read is open to everybody; to write takes a key.
 */
export function open311Router(runtime: Open311Runtime): Router {
  const router = Router({ caseSensitive: true });
  const { publicUrl, clock } = runtime.services;
  const answering =
    (work: (request: Request, response: Response) => Promise<Answer>) =>
    async (request: Request, response: Response): Promise<void> => {
      const format = formatOf(request.path);
      response.locals['route'] = '/open311/v2';
      try {
        await runtime.before();
        const { root, value, status = 200 } = await work(request, response);
        response.status(status);
        send(response, format, root, value);
      } catch (error) {
        sendError(response, format, error, runtime.log);
      }
    };
  const get = (path: string, read: Read) => {
    router.get(
      [`/open311/v2/${path}.xml`, `/open311/v2/${path}.json`],
      answering(async (request) => {
        const tenant = await tenantOf(runtime.db, queryText(request, 'jurisdiction_id'));
        return read({ tx: runtime.db, tenant, request, now: clock() });
      }),
    );
  };
  get('services', listServices);
  get('services/:code', showDefinition);
  get('requests', listRequests);
  get('requests/:reference', showRequest);
  get('tokens/:token', showToken);
  get('servicerequestupdates', listUpdates);
  const names = (path: string) => [`/open311/v2/${path}.xml`, `/open311/v2/${path}.json`];
  router.post(
    names('requests'),
    answering((...asked) => postReport(runtime, ...asked)),
  );
  router.post(
    names('servicerequestupdates'),
    answering((...asked) => postUpdate(runtime, ...asked)),
  );
  router.get(
    names('discovery'),
    answering(() => Promise.resolve({ root: 'discovery', value: discovery(publicUrl) })),
  );
  router.all(
    '/open311/*rest',
    answering((request) => {
      const { method, path } = request;
      return Promise.reject(new Open311Error(404, `There is no ${method} ${path}`));
    }),
  );
  return router;
}

const listServices: Read = async ({ tx, tenant }) => {
  const services = (await readServices(tx, tenant)).filter(isOffered);
  return { root: 'services', value: { item: 'service', items: services.map(toServiceEntry) } };
};

const showDefinition: Read = async ({ tx, tenant, request }) => {
  const service = await findService(tx, tenant, String(request.params['code']));
  if (!service || !isOffered(service)) {
    throw new Open311Error(404, 'service_code provided was not found');
  }
  const form = service.form ? await findForm(tx, tenant, service.form) : undefined;
  return { root: 'service_definition', value: toServiceDefinition(service, form) };
};

const listRequests: Read = async ({ tx, tenant, request, now }) => {
  const items = await readRequests(tx, tenant, readFilter(request, now));
  return { root: 'service_requests', value: { item: 'request', items } };
};

const showRequest: Read = async ({ tx, tenant, request, now }) => {
  const references = [String(request.params['reference'])];
  const filter = { ...readFilter(request, now), references, page: 1, pageSize: 1 };
  const items = await readRequests(tx, tenant, filter);
  if (items.length === 0) throw new Open311Error(404, 'service_request_id was not found');
  return { root: 'service_requests', value: { item: 'request', items } };
};

/** Numbers are given at once, so that a token, for clients that ask for one, is the number. */
const showToken: Read = async ({ tx, tenant, request, now }) => {
  const token = String(request.params['token']);
  const filter = { ...readFilter(request, now), references: [token], page: 1, pageSize: 1 };
  const [found] = await readRequests(tx, tenant, filter);
  if (!found) throw new Open311Error(404, 'token was not found');
  const items = [{ service_request_id: found['service_request_id'], token }];
  return { root: 'service_requests', value: { item: 'request', items } };
};

const listUpdates: Read = async ({ tx, tenant, request, now }) => {
  const period = readPeriod(request, now, DAY_MS);
  const items = await readUpdates(tx, tenant, { ...period, limit: MAX_UPDATES });
  return { root: 'service_request_updates', value: { item: 'request_update', items } };
};
