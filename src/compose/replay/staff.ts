import type { Principal } from '../../access/principal.js';

/** The unit whose work the log tells of. */
const UNIT = 'BYGG';

/** Who takes part in a replay: the recorded resources, as caseworkers of the unit. */
export class Staff {
  readonly #tenant: string;
  readonly #members = new Map<string, Principal>();

  constructor(tenant: string) {
    this.#tenant = tenant;
  }

  /** The member of that name, who joins when first named. */
  member(resource: string): Principal {
    const known = this.#members.get(resource);
    if (known) return known;
    const joined: Principal = {
      tenant: this.#tenant,
      username: resource,
      displayName: resource,
      roles: ['caseworker'],
      units: [UNIT],
    };
    this.#members.set(resource, joined);
    return joined;
  }
}
