/** What the engine is built from; shared by all instances of a version. */
export interface CompiledSource {
  id: string;
  type: string;
  /** Activities of a scope that no flow leads to and no activity carries: where its tokens begin. */
  getBeginnings(scopeId: string): Part[];
  /** The boundary events of an activity, in the order of the model. */
  getAttachedTo(activityId: string): Part[];
}

/** An activity or flow as moddle-context-serializer gives it. */
export interface Part {
  id: string;
  parent: { id: string };
  sourceId?: string;
  targetId?: string;
  behaviour?: { attachedTo?: { id: string } };
}

interface Serialized {
  id: string;
  type: string;
  elements: { activities: Part[]; sequenceFlows: Part[] };
}

/**
 * Answers what bpmn-elements asks for each element of each instance by looking it up, where the
 * serializer searches all elements each time: building n elements costs n, not n².
 */
export function indexSource(serialized: Serialized): CompiledSource {
  const { activities, sequenceFlows } = serialized.elements;
  const activity = new Map(activities.map((part) => [part.id, part]));
  const flow = new Map(sequenceFlows.map((part) => [part.id, part]));
  const activitiesOf = groups(activities, ({ parent }) => parent.id);
  const flowsOf = groups(sequenceFlows, ({ parent }) => parent.id);
  const inbound = groups(sequenceFlows, ({ targetId }) => targetId);
  const outbound = groups(sequenceFlows, ({ sourceId }) => sourceId);
  const attached = groups(activities, ({ behaviour }) => behaviour?.attachedTo?.id);
  const beginnings = groups(
    activities.filter(({ id, behaviour }) => !inbound.has(id) && !behaviour?.attachedTo),
    ({ parent }) => parent.id,
  );
  return Object.assign(Object.create(serialized) as CompiledSource, {
    getActivityById: (id: string) => activity.get(id),
    getActivities: (scopeId?: string) => (scopeId ? listed(activitiesOf, scopeId) : activities),
    getSequenceFlowById: (id: string) => flow.get(id),
    getSequenceFlows: (scopeId?: string) => (scopeId ? listed(flowsOf, scopeId) : sequenceFlows),
    getInboundSequenceFlows: (id: string) => listed(inbound, id),
    getOutboundSequenceFlows: (id: string) => listed(outbound, id),
    getBeginnings: (scopeId: string) => listed(beginnings, scopeId),
    getAttachedTo: (id: string) => listed(attached, id),
  });
}

function groups(parts: Part[], keyOf: (part: Part) => string | undefined): Map<string, Part[]> {
  const result = new Map<string, Part[]>();
  for (const part of parts) {
    const key = keyOf(part);
    if (key === undefined) continue;
    const group = result.get(key);
    if (group) group.push(part);
    else result.set(key, [part]);
  }
  return result;
}

function listed(groups: Map<string, Part[]>, key: string): Part[] {
  return groups.get(key) ?? [];
}
