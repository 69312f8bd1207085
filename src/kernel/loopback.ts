const NAMES: readonly string[] = ['127.0.0.1', 'localhost', '::1'];

/** Whether a host is this machine for itself, in the spelling of addresses or of URLs (RFC 3986 §3.2.2). */
export function isLoopback(host: string): boolean {
  return NAMES.includes(host.replace(/^\[(.*)\]$/, '$1'));
}
