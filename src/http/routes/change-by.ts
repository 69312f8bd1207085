import type { Change } from '../../inquiries/lifecycle.js';
import type { Id } from '../../kernel/ids.js';
import type { RouteRequest } from '../route.js';

/** Who changes something by this request, and when. */
export function changeBy({
  principal,
  now,
  services,
}: Pick<RouteRequest, 'principal' | 'now'> & { services: { newId: () => Id } }): Change {
  return { tenant: principal.tenant, by: principal.username, now, newId: services.newId };
}
