import { z } from 'zod';
import { readCoverage } from '../../insight/coverage.js';
import { defineRoute } from '../route.js';

const codes = z.array(z.string());

/** What is offered without a process, and drawn without a use (F129). */
export const coverageRoutes = [
  defineRoute({
    method: 'GET',
    path: '/api/coverage',
    name: 'getCoverage',
    permission: 'coverage.read',
    summary: 'Services without a model, and models without a service',
    description:
      'Every kind of inquiry shall have a workflow. A service that shares the common process counts ' +
      'as one without a model.',
    tags: ['services'],
    returns: z
      .object({
        servicesWithoutModel: codes,
        servicesWithoutBefore: codes,
        servicesWithoutAfter: codes,
        modelsWithoutService: codes,
        commonProcesses: codes.meta({
          description: 'They belong to no single service, and begin with a message or at a time.',
        }),
        formsUnused: codes,
      })
      .meta({ id: 'Coverage' }),
    example: { as: 'owner' },
    run({ tx, principal: { tenant }, services: { engine } }) {
      return readCoverage(tx, tenant, (id) => engine.model(tx, tenant, id));
    },
  }),
];
