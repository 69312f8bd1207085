import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import { ForbiddenError, InvalidError } from '../kernel/errors.js';
import type { Logger } from '../kernel/log.js';
import { isLoopback } from '../kernel/loopback.js';

/** Nothing from elsewhere, nothing inline, nobody's frame. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
  // Answers are about people; assets say otherwise for themselves.
  'Cache-Control': 'no-store',
};

/** Headers that let a browser do as little as possible; over https, never anything else again. */
export function securityHeaders(publicUrl: string): RequestHandler {
  const strict = publicUrl.startsWith('https:')
    ? { 'Strict-Transport-Security': 'max-age=31536000' }
    : {};
  return (_request, response, next) => {
    response.set({ ...HEADERS, ...strict });
    next();
  };
}

/** Takes over a request id that came along, or makes one; says it, and logs the answer with it. */
export function requestLog(log: Logger): RequestHandler {
  return (request, response, next) => {
    const given = request.get('x-request-id') ?? '';
    const requestId = /^[\w.-]{1,64}$/.test(given) ? given : randomUUID();
    response.locals['requestId'] = requestId;
    response.set('X-Request-Id', requestId);
    const startedAt = performance.now();
    response.on('finish', () => {
      // The declared path, not the real one: that and the query may name a case or a person.
      const route = (response.locals['route'] as string | undefined) ?? '(none)';
      const ms = Math.round(performance.now() - startedAt);
      log.debug('request', {
        requestId,
        method: request.method,
        route,
        status: response.statusCode,
        ms,
      });
    });
    next();
  };
}

/**
 * Serves only under names of this machine: another site whose name was pointed at 127.0.0.1 could
 * otherwise use the demo users through a visitor's browser (DNS rebinding).
 */
export function loopbackNamesOnly(publicUrl: string): RequestHandler {
  const own = new URL(publicUrl).hostname;
  return (request, _response, next) => {
    const name = (request.headers.host ?? '').replace(/:\d+$/, '');
    if (name !== own && !isLoopback(name)) {
      throw new InvalidError('host_not_served', 'Demo mode answers under localhost only.');
    }
    next();
  };
}

/** Browsers send Basic credentials along on their own, also for a page of another site. */
export function refuseCrossSiteWrites(): RequestHandler {
  return (request, _response, next) => {
    const isSafe = ['GET', 'HEAD', 'OPTIONS'].includes(request.method);
    const site = request.get('sec-fetch-site') ?? 'none';
    if (!isSafe && site !== 'same-origin' && site !== 'none') {
      throw new ForbiddenError('cross_site', 'Another site may not change anything here.');
    }
    next();
  };
}
