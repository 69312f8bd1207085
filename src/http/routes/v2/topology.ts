import { z } from 'zod';
import { defineRoute } from '../../route.js';

/** The version of the API that is spoken here. */
const API_VERSION = '8.8.0';

const broker = z.object({
  nodeId: z.int(),
  host: z.string(),
  port: z.int(),
  partitions: z.array(
    z.object({ partitionId: z.int(), role: z.enum(['leader']), health: z.enum(['healthy']) }),
  ),
  version: z.string(),
});

/** What clients ask first: who serves, and whether it is well. */
export const topologyRoutes = [
  defineRoute({
    method: 'GET',
    path: '/v2/topology',
    name: 'getTopology',
    permission: 'self.read',
    summary: 'What serves this API',
    description:
      'Every node is equal and all share one database: they show as one broker with one partition.',
    tags: ['cluster'],
    returns: z.object({
      brokers: z.array(broker),
      clusterSize: z.int(),
      partitionsCount: z.int(),
      replicationFactor: z.int(),
      gatewayVersion: z.string(),
      lastCompletedChangeId: z.string(),
    }),
    example: { as: 'owner' },
    run({ services }) {
      const { hostname: host, port, protocol } = new URL(services.publicUrl);
      const partition = { partitionId: 1, role: 'leader' as const, health: 'healthy' as const };
      return Promise.resolve({
        brokers: [
          {
            nodeId: 0,
            host,
            port: Number(port || (protocol === 'https:' ? 443 : 80)),
            partitions: [partition],
            version: API_VERSION,
          },
        ],
        clusterSize: 1,
        partitionsCount: 1,
        replicationFactor: 1,
        gatewayVersion: API_VERSION,
        lastCompletedChangeId: '-1',
      });
    },
  }),
];
