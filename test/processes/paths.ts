import type { JsonObject, JsonValue } from '../../src/kernel/json.js';
import { accessRequestPaths } from './paths-access-request.js';
import { alcoholLicencePaths } from './paths-alcohol-licence.js';
import { buildingGuidancePaths } from './paths-building-guidance.js';
import { childcarePaths, permitReceiptPaths } from './paths-childcare.js';
import { complaintPaths } from './paths-complaint.js';
import { crisisModePaths } from './paths-crisis-mode.js';
import { dataSubjectRequestPaths } from './paths-data-subject-request.js';
import { deadlinePaths } from './paths-deadline.js';
import { dialoguePaths } from './paths-dialogue.js';
import { disabledParkingPaths } from './paths-disabled-parking.js';
import { feedbackPaths } from './paths-feedback.js';
import { feesTaxPaths } from './paths-fees-tax.js';
import { inquiryPaths } from './paths-inquiry.js';
import { missedCollectionPaths } from './paths-missed-collection.js';
import { servicePaths } from './paths-services.js';
import { sharedPaths } from './paths-shared.js';
import { siteMapPaths } from './paths-site-map.js';
import { snowClearingPaths } from './paths-snow-clearing.js';
import { statusPaths } from './paths-status.js';
import { streetLightPaths } from './paths-street-light.js';
import { venuePaths } from './paths-venue.js';
import { waterSewerPaths } from './paths-water-sewer.js';

/** What happens to a waiting instance from outside. Elements of called processes count too. */
export type PathStep =
  | { complete: string; variables?: JsonObject }
  | { message: string; variables?: JsonObject }
  | { timer: string }
  | { signal: string }
  /** A task is answered with an error; the nearest boundary event catches it, in the caller too. */
  | { error: string; code: string };

/** One way through a process, from its start to nothing left but what its end leaves. */
export interface ProcessPath {
  name: string;
  variables: JsonObject;
  /**
   * What service tasks answer on this path, by element id, where the answer is not empty. For a
   * business rule task, what its decision gives for these variables.
   */
  results?: Readonly<Record<string, JsonValue>>;
  steps: readonly PathStep[];
  /** End events reached in the process itself, in order; those of called processes are not named. */
  ends: readonly string[];
}

/** All ways through a process: together they take every sequence flow of it at least once. */
export interface ProcessPaths {
  processId: string;
  /** Relative to `processes/`. */
  file: string;
  /** Set where the process begins with a message. */
  startMessage?: string;
  paths: readonly ProcessPath[];
}

export const processPaths: readonly ProcessPaths[] = [
  ...inquiryPaths,
  ...deadlinePaths,
  ...sharedPaths,
  ...statusPaths,
  ...servicePaths,
  ...feedbackPaths,
  ...streetLightPaths,
  ...accessRequestPaths,
  ...disabledParkingPaths,
  ...dataSubjectRequestPaths,
  ...complaintPaths,
  ...alcoholLicencePaths,
  ...missedCollectionPaths,
  ...buildingGuidancePaths,
  ...feesTaxPaths,
  ...dialoguePaths,
  ...venuePaths,
  ...childcarePaths,
  ...permitReceiptPaths,
  ...snowClearingPaths,
  ...crisisModePaths,
  ...waterSewerPaths,
  ...siteMapPaths,
];
