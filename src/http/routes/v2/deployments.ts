import { z } from 'zod';
import type { DeployedItem, Deployment } from '../../../engine/definitions/deploy.js';
import { InvalidError } from '../../../kernel/errors.js';
import { refuseUnknownUnits } from '../../../tasks/ownership/ownership.js';
import { isStorable } from '../../body.js';
import type { Upload } from '../../multipart.js';
import { defineRoute } from '../../route.js';
import { ownTenant, tenantIdOf } from './tenant.js';
import { key, known, tenantId } from './values.js';

const deployed = z.object({
  processDefinition: z
    .object({
      processDefinitionKey: key,
      processDefinitionId: z.string(),
      processDefinitionVersion: z.int(),
      resourceName: z.string(),
      tenantId,
    })
    .optional(),
  decisionDefinition: z
    .object({
      decisionDefinitionKey: key,
      decisionDefinitionId: z.string(),
      decisionRequirementsId: z.string(),
      version: z.int(),
      name: z.string().optional(),
      tenantId,
    })
    .optional(),
  form: z
    .object({
      formKey: key,
      formId: z.string(),
      version: z.int(),
      resourceName: z.string(),
      tenantId,
    })
    .optional(),
});

/** Uploads are Buffers: checked by `readMultipart`, so not again here. */
const form = z.object({
  fields: z.strictObject({ tenantId: tenantId.optional() }),
  files: z.array(z.custom<Upload>()).min(1, 'needs at least one file called resources'),
});

const deploy = defineRoute({
  method: 'POST',
  path: '/v2/deployments',
  name: 'createDeployment',
  permission: 'processes.deploy',
  summary: 'Deploy processes, decisions and forms',
  description:
    'Files called `resources`: .bpmn, .dmn and .form. A file that has not changed keeps its ' +
    'version. What cannot run correctly is refused as a whole, with every reason at once.',
  tags: ['processes'],
  consumes: 'multipart/form-data',
  body: form,
  returns: z.object({ deploymentKey: key, tenantId, deployments: z.array(deployed) }),
  example: { as: 'owner' },
  async run({ tx, principal, body, services, now }) {
    const tenant = ownTenant(principal, body.fields.tenantId);
    const resources = body.files.map(readResource);
    const request = { resources, by: principal.username };
    const { engine } = services;
    const deployment = await engine.deploy(tx, tenant, request);
    const keys = [...deployment.processes, ...deployment.decisions].map(({ key: id }) => id);
    await refuseUnknownUnits(tx, tenant, keys, { now, readModel: engine.model.bind(engine) });
    return present(deployment, tenantIdOf(tenant));
  },
});

function readResource({ field, name, content }: Upload): { name: string; content: string } {
  if (field !== 'resources') throw refused(name, 'must be in the field resources');
  if (!isStorable(name)) throw refused('', 'a file name has characters that cannot be stored');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    throw refused(name, 'is not UTF-8');
  }
  if (!isStorable(text)) throw refused(name, 'has characters that cannot be stored');
  return { name, content: text };
}

function refused(path: string, reason: string): InvalidError {
  return new InvalidError('invalid_request', 'The request is not valid.', {
    details: [{ path, reason }],
  });
}

function present(deployment: Deployment, tenant: string) {
  const own = { tenantId: tenant };
  const processes = deployment.processes.map((item) => ({
    processDefinition: {
      processDefinitionKey: item.id,
      processDefinitionId: item.key,
      processDefinitionVersion: item.version,
      resourceName: item.resourceName,
      ...own,
    },
  }));
  const decisions = deployment.decisions.map((item) => ({
    decisionDefinition: known({
      decisionDefinitionKey: item.id,
      decisionDefinitionId: item.key,
      decisionRequirementsId: item.requirementsId,
      version: item.version,
      name: item.name,
      ...own,
    }),
  }));
  const forms = deployment.forms.map(
    ({ id, key: formId, version, resourceName }: DeployedItem) => ({
      form: { formKey: id, formId, version, resourceName, ...own },
    }),
  );
  return {
    deploymentKey: deployment.id,
    deployments: [...processes, ...decisions, ...forms],
    ...own,
  };
}

/** What process owners and their modeler publish with. */
export const deploymentRoutes = [deploy];
