import type { Id } from '../../kernel/ids.js';
import type { JsonObject, JsonValue } from '../../kernel/json.js';
import type { Passage } from '../live/live-instance.js';

/** Rows a step will write, all in one statement when it is saved. Names are those of the columns. */
export interface Changes {
  tasks: NewTask[];
  endedTasks: { id: Id; state: 'completed' | 'canceled' }[];
  jobs: NewJob[];
  endedJobs: Id[];
  subscriptions: NewSubscription[];
  endedSubscriptions: Id[];
  incidents: NewIncident[];
  endedIncidents: EndedIncident[];
  children: NewChild[];
  /** The element log: passages, and what decisions answered. */
  log: (Passage | JsonObject)[];
}

export interface NewTask {
  id: Id;
  execution_id: string;
  element_id: string;
  name: string | null;
  assignee: string | null;
  candidate_groups: string[];
  candidate_users: string[];
  form_id: string | null;
  priority: number;
  due_at: string | null;
  follow_up_at: string | null;
  variables: JsonObject;
}

export interface NewJob {
  id: Id;
  /** The instance it moves: the step's own, or a child or parent for a command. */
  instance_id: Id | null;
  execution_id: string | null;
  element_id: string | null;
  /** A handler's job is done by the nodes, an external one by workers that ask for it. */
  kind: 'timer' | 'handler' | 'external' | 'command';
  type: string;
  payload: JsonValue;
  available_at: string;
  retries: number;
}

/** What one instance, or the clockwork, asks of another. */
export type CommandType =
  | 'start'
  | 'start-timer'
  | 'cancel'
  | 'signal'
  | 'broadcast'
  | 'child-ended'
  | 'child-failed'
  | 'child-escalated';

/** How often a command is tried before it waits for a person. */
const COMMAND_RETRIES = 20;

/** A command one instance leaves for another: it is carried out as a step of its own. */
export function command(
  id: Id,
  instanceId: Id | null,
  type: CommandType,
  payload: JsonObject,
  now: Date,
): NewJob {
  return {
    id,
    instance_id: instanceId,
    execution_id: null,
    element_id: null,
    kind: 'command',
    type,
    payload,
    available_at: now.toISOString(),
    retries: COMMAND_RETRIES,
  };
}

export interface NewSubscription {
  id: Id;
  kind: 'message' | 'signal';
  execution_id: string;
  element_id: string;
  name: string;
  correlation_key: string;
}

export interface NewIncident {
  id: Id;
  execution_id: string | null;
  element_id: string | null;
  kind: IncidentKind;
  message: string;
  job_id: Id | null;
}

/** Why an instance needs a person. */
export type IncidentKind =
  | 'evaluation_failed'
  | 'handler_failed'
  | 'job_no_retries'
  | 'error_not_caught'
  | 'process_not_found'
  | 'no_flow_taken'
  | 'token_stuck'
  /** More than an element may ask for: too long a list, too many called processes. */
  | 'limit_exceeded'
  /** The step used up its budget and was undone. */
  | 'step_limit'
  /** The step failed in a way that left nothing to go on with, and was undone. */
  | 'step_failed';

export interface EndedIncident {
  id: Id;
  resolution: 'retried' | 'skipped' | 'canceled';
  reason: string | null;
}

export interface NewChild {
  id: Id;
  definition_id: Id;
  execution_id: string;
  element_id: string;
  variables: JsonObject;
}

export function noChanges(): Changes {
  return {
    tasks: [],
    endedTasks: [],
    jobs: [],
    endedJobs: [],
    subscriptions: [],
    endedSubscriptions: [],
    incidents: [],
    endedIncidents: [],
    children: [],
    log: [],
  };
}
