import { z } from 'zod';
import {
  changeService,
  createService,
  getServiceRecord,
  readServiceHistory,
} from '../../catalogue/change-services.js';
import { exportPackage } from '../../catalogue/export-package.js';
import { importPackage } from '../../catalogue/import-package.js';
import { packageSchema } from '../../catalogue/package.js';
import { refuseRetiring } from '../../inquiries/complaints.js';
import { refuseUnknownUnits } from '../../tasks/ownership/ownership.js';
import type { RouteRequest } from '../route.js';
import { defineRoute } from '../route.js';
import {
  bundle,
  imported,
  presentService,
  serviceRecord,
  serviceVersion,
  version,
} from './catalogue-schemas.js';
import { changeBy } from './change-by.js';
import { editRoute } from './change-service.js';
import { reason } from './organisation/schemas.js';

const tags = ['services'];
const params = z.strictObject({ code: z.string().max(20) });
const exampleParams = { code: 'GATELYS' };
const get = defineRoute({
  method: 'GET',
  path: '/api/services/{code}',
  name: 'getService',
  permission: 'services.read',
  summary: 'Everything the catalogue says of a service, with its version',
  tags,
  params,
  returns: serviceRecord,
  failures: ['not_found'],
  example: { as: 'agent', params: exampleParams },
  run: async ({ tx, principal, params: { code } }) =>
    presentService(await getServiceRecord(tx, principal.tenant, code)),
});

const create = defineRoute({
  method: 'POST',
  path: '/api/services',
  name: 'createService',
  permission: 'services.change',
  summary: 'Offer a new service',
  description: 'Its unit, process and form must be there already.',
  tags,
  body: z.strictObject({ service: packageSchema, reason }),
  returns: serviceRecord,
  status: 201,
  failures: ['conflict'],
  location: ({ code }) => `/api/services/${code}`,
  example: {
    as: 'owner',
    body: {
      reason: 'Ny ordning fra 2027',
      service: {
        code: 'LADING',
        names: { nb: 'Lading av elbil', nn: 'Lading av elbil', en: 'Electric car charging' },
        descriptions: { nb: 'Feil på ladepunkt', nn: 'Feil på ladepunkt', en: 'Faulty charger' },
        unit: 'VEI',
        firstLine: false,
        answeredBy: 'unit',
        channels: ['form', 'phone'],
        guarantee: { workingDays: 5, basis: 'assumption' },
        statutory: null,
        dataClass: 'P1',
        retention: { class: 'R6', duration: 'P6M' },
        archive: 'none',
        process: 'general-after',
        volumePerYear: 100,
        volumeBasis: 'assumption',
      },
    },
  },
  async run(request) {
    const { service, reason: why } = request.body;
    const folder = service.code.toLowerCase().replace(/[^a-z0-9]/g, '-');
    const draft = { folder: `own-${folder}`, package: service, reason: why };
    return presentService(await createService(request.tx, changeBy(request), draft));
  },
});

const retire = defineRoute({
  method: 'POST',
  path: '/api/services/{code}/retire',
  name: 'retireService',
  permission: 'services.change',
  summary: 'Offer a service no more',
  description: 'New inquiries cannot choose it; open cases go on to their end, with their unit.',
  tags,
  params,
  body: z.strictObject({ version, reason }),
  returns: serviceRecord,
  failures: ['not_found', 'conflict'],
  example: { as: 'owner', params: { code: 'SKJENK' }, body: { reason: 'Overført til staten' } },
  async run(request) {
    const { tx, params: own, body, now } = request;
    refuseRetiring(own.code);
    const wanted = { ...body, retiredAt: now };
    return presentService(await changeService(tx, changeBy(request), own.code, wanted));
  },
});

const history = defineRoute({
  method: 'GET',
  path: '/api/services/{code}/history',
  name: 'getServiceHistory',
  permission: 'services.read',
  summary: 'How a service came to be as it is: who changed it, when and why',
  tags,
  params,
  returns: z.object({ items: z.array(serviceVersion) }),
  failures: ['not_found'],
  example: { as: 'owner', params: exampleParams },
  async run({ tx, principal, params: { code } }) {
    await getServiceRecord(tx, principal.tenant, code);
    const items = await readServiceHistory(tx, principal.tenant, code);
    return {
      items: items.map(({ package: service, changedAt, retiredAt, ...rest }) => ({
        ...rest,
        service,
        retiredAt: retiredAt?.toISOString() ?? null,
        changedAt: changedAt.toISOString(),
      })),
    };
  },
});

const download = defineRoute({
  method: 'GET',
  path: '/api/services/{code}/package',
  name: 'exportPackage',
  permission: 'services.read',
  summary: 'A service as a package that another installation takes over',
  description: 'One JSON document with every file: models, tables, forms and what the service is.',
  tags,
  params,
  returns: bundle,
  failures: ['not_found'],
  example: { as: 'owner', params: exampleParams },
  run: ({ tx, principal, params: { code } }) => exportPackage(tx, principal.tenant, code),
});

const upload = defineRoute({
  method: 'POST',
  path: '/api/services/packages',
  name: 'importPackage',
  permission: 'services.change',
  summary: 'Take a service over from another installation',
  description:
    'Everything is checked before anything is written. With `dryRun` the answer says what would ' +
    'change, and nothing does.',
  tags,
  body: z.strictObject({ package: bundle, dryRun: z.boolean().default(false), reason }),
  returns: imported,
  failures: ['conflict'],
  example: {
    as: 'owner',
    body: {
      package: { format: 'saksflyt-package/1', folder: 'street-light', files: [] },
      dryRun: true,
      reason: 'Overtatt fra Bispevik',
    },
  },
  async run(request: Upload) {
    const { tx, principal, body, now, services } = request;
    const { tenant, username: by } = principal;
    const { engine } = services;
    return importPackage(tx, changeBy(request), body.package, {
      ...body,
      async publish(resources) {
        const { processes, decisions } = await engine.deploy(tx, tenant, { resources, by });
        const keys = [...processes, ...decisions].map(({ key }) => key);
        await refuseUnknownUnits(tx, tenant, keys, { now, readModel: engine.model.bind(engine) });
      },
    });
  },
});

type Upload = RouteRequest<
  z.ZodUndefined,
  z.ZodUndefined,
  z.ZodObject<{ package: typeof bundle; dryRun: z.ZodDefault<z.ZodBoolean>; reason: typeof reason }>
>;

/** The catalogue, to be read in full, changed, and given on. */
export const catalogueRoutes = [get, create, editRoute, retire, history, download, upload];
