import type { Route } from '../../route.js';
import { authenticationRoutes } from './authentication.js';
import { decisionDefinitionRoutes } from './decision-definitions.js';
import { deploymentRoutes } from './deployments.js';
import { incidentRoutes } from './incidents.js';
import { jobSearchRoutes } from './job-search.js';
import { jobRoutes } from './jobs.js';
import { messageRoutes } from './messages.js';
import { processControlRoutes } from './process-control.js';
import { processDefinitionRoutes } from './process-definitions.js';
import { processInstanceRoutes } from './process-instances.js';
import { signalRoutes } from './signals.js';
import { topologyRoutes } from './topology.js';
import { userTaskWorkRoutes } from './user-task-work.js';
import { userTaskRoutes } from './user-tasks.js';
import { variableRoutes } from './variables.js';

/** The part of the Camunda 8 Orchestration Cluster API that is spoken here. */
export const v2Routes: readonly Route[] = [
  ...topologyRoutes,
  ...authenticationRoutes,
  ...deploymentRoutes,
  ...processDefinitionRoutes,
  ...decisionDefinitionRoutes,
  ...processInstanceRoutes,
  ...processControlRoutes,
  ...userTaskRoutes,
  ...userTaskWorkRoutes,
  ...variableRoutes,
  ...incidentRoutes,
  ...messageRoutes,
  ...signalRoutes,
  ...jobRoutes,
  ...jobSearchRoutes,
];
