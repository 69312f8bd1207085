import { rm } from 'node:fs/promises';
import { createCamundaClient } from '@camunda8/orchestration-cluster-api';
import type { CamundaClient } from '@camunda8/orchestration-cluster-api';
import { listen } from '../../src/cli/listen.js';
import type { Listening } from '../../src/cli/listen.js';
import { startTwoApps } from './two-apps.js';
import type { TwoApps } from './two-apps.js';

/** Two listening nodes, and the official client to them, balanced between the two. */
export interface Camunda extends TwoApps {
  /** The official client; every answer is checked against its own schemas. */
  client(login: string): CamundaClient;
  /** Deploys files given as name and content, as the owner of processes. */
  deploy(...files: [name: string, content: string][]): Promise<void>;
}

/** Starts two nodes that work on what falls due, each on a port of its own. */
export async function startCamunda(): Promise<Camunda> {
  const apps = await startTwoApps();
  const servers = await Promise.all(
    apps.nodes.map(({ app }) => listen(app, { host: '127.0.0.1', port: 0 })),
  );
  for (const node of apps.nodes) await node.start();
  const client = (login: string) => clientOf(servers, login);
  return {
    ...apps,
    client,
    async deploy(...files) {
      const resources = files.map(([name, content]) => new File([content], name));
      await client('owner').createDeployment({ resources });
    },
    async stop() {
      for (const node of apps.nodes) node.refuseNew();
      for (const server of servers) await server.close();
      // Not their own stop: it takes the idle connections of a busy pool for timers left running.
      for (const node of apps.nodes) await node.stop();
      await apps.mail.stop();
      await rm(apps.folder, { recursive: true, force: true });
    },
  };
}

function clientOf(servers: readonly Listening[], login: string): CamundaClient {
  let turn = 0;
  return createCamundaClient({
    config: {
      CAMUNDA_REST_ADDRESS: servers[0]!.url,
      CAMUNDA_AUTH_STRATEGY: 'BASIC',
      CAMUNDA_BASIC_AUTH_USERNAME: login,
      CAMUNDA_BASIC_AUTH_PASSWORD: 'demo',
      CAMUNDA_DEFAULT_TENANT_ID: login.split('@')[1] ?? '<default>',
      CAMUNDA_SDK_VALIDATION: 'req:none,res:fanatical',
      CAMUNDA_SDK_LOG_LEVEL: 'silent',
    },
    fetch(input, init) {
      const request = new Request(input, init);
      const url = new URL(request.url);
      url.host = new URL(servers[turn++ % servers.length]!.url).host;
      return fetch(new Request(url, request));
    },
  });
}
