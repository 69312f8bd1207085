import { absenceRoutes } from './absences.js';
import { membershipRoutes } from './memberships.js';
import { ownershipRoutes } from './ownership.js';
import { reorganisationRoutes } from './reorganisations.js';
import { unitRoutes } from './units.js';

/** The organisation as data: units, who works there, and who stands in. */
export const organisationRoutes = [
  ...unitRoutes,
  ...membershipRoutes,
  ...absenceRoutes,
  ...reorganisationRoutes,
  ...ownershipRoutes,
];
