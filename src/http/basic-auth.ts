import type { Principal } from '../access/principal.js';

type CheckPassword = (
  username: string,
  password: string,
) => Promise<Principal | undefined> | Principal | undefined;

/** Reads HTTP Basic credentials (RFC 7617, in UTF-8) and asks `check` who that is. */
export function basicAuth(check: CheckPassword) {
  return (authorization: string | undefined): ReturnType<CheckPassword> => {
    const encoded = /^Basic +([A-Za-z0-9+/]+={0,2}) *$/i.exec(authorization ?? '')?.[1];
    if (encoded === undefined) return undefined;
    const text = Buffer.from(encoded, 'base64').toString('utf8');
    const colon = text.indexOf(':');
    return colon < 0 ? undefined : check(text.slice(0, colon), text.slice(colon + 1));
  };
}
