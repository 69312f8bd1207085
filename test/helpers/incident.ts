import { bpmn, end, flows, serviceTask, start } from './bpmn.js';
import type { TwoApps } from './two-apps.js';

/** Starts a process whose handler lacks its input, and tells where it stands still. */
export async function raiseIncident(apps: TwoApps): Promise<{ id: string; instanceId: string }> {
  const [node] = apps.nodes;
  if (!node) throw new TypeError('there is no node');
  const body = start + serviceTask('tell', 'notify') + end + flows('start tell end');
  const resources = [{ name: 'broken.bpmn', content: bpmn('broken', body) }];
  return apps.db.inTransaction(async (tx) => {
    await node.engine.deploy(tx, 'fjordvik', { resources, by: 'owner' });
    const request = { processId: 'broken', variables: {}, by: 'owner' };
    const { instanceId, incidents } = await node.engine.start(tx, 'fjordvik', request);
    return { id: incidents[0] ?? '', instanceId };
  });
}
