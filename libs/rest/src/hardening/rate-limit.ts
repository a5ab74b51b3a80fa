import rateLimit, { normalizeIP } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Identity } from '../identity/identity.ts';
import { holderOf } from '../page.ts';
import { Throttled } from './throttled.ts';

export interface RateLimitOptions {
  /** 0 = no limit. */
  perMinute: number;
  identity: Identity;
}

/** The least recently used leaves first. */
const keptKeys = 20_000;

/** Probes come from one address and must tell the truth while a flood goes on. */
const unlimited = new Set(['/livez', '/readyz']);

/** Counts a request to its caller. @throws Throttled past the limit */
export type CountRequest = (request: FastifyRequest) => Promise<void>;

/**
 * Two limits of this process, each of `perMinute`:
 *
 *   who calls      counted by the pipeline as soon as the caller is known, since a hospital is one address, and before
 *                  anything is refused with an audit row; what has no caller is counted by address
 *   failed logins  counted by address; past the limit it is refused before a signature is verified, unless the token has
 *                  been verified already, so that one broken client does not log a whole hospital out
 *
 * Refused with 429 and Retry-After (RFC 6585 section 4), in the log but not in the audit: nothing has been looked at, and
 * a flood must not become a flood of rows.
 */
export function registerRateLimit(
  app: FastifyInstance,
  { perMinute, identity }: RateLimitOptions,
): CountRequest {
  if (perMinute === 0) return async () => {};
  let count: CountRequest = async () => {};
  app.register(rateLimit, { global: false });
  app.after(() => {
    const perAddress = { max: perMinute, keyGenerator: addressKey, cache: keptKeys };
    const failures = app.createRateLimit(perAddress);
    const callers = app.createRateLimit({ ...perAddress, keyGenerator: callerKey });
    count = async (request) => check(await callers(request));
    app.addHook('onRequest', async (request) => {
      if (isUnlimited(request) || identity.remembers(tokenOf(request))) return;
      check(await failures(request, { increment: false }));
    });
    // What has not come through the pipeline.
    app.addHook('preParsing', async (request, _reply, body) => {
      if (!isUnlimited(request) && !request.admitted) await count(request);
      return body;
    });
    app.addHook('onResponse', async (request, reply) => {
      if (isFailedLogin(request, reply)) await failures(request);
    });
  });
  return (request) => count(request);

  function check(spent: Spent): void {
    if (!spent.isAllowed && spent.isExceeded) throw new Throttled(perMinute, spent.ttlInSeconds);
  }
}

type Spent = Awaited<ReturnType<ReturnType<FastifyInstance['createRateLimit']>>>;

/** 401, and 403 for who is known and may not enter: such a refusal leaves a row in the audit. */
const isFailedLogin = ({ admitted }: FastifyRequest, { statusCode }: FastifyReply): boolean =>
  statusCode === 401 || (statusCode === 403 && !admitted?.caller);

const isUnlimited = ({ routeOptions: { url } }: FastifyRequest): boolean =>
  url !== undefined && unlimited.has(url);

/** The person or system, and the client through which it calls: apps that many use must not be counted as one. */
function callerKey(request: FastifyRequest): string {
  const actor = request.admitted?.caller;
  return actor ? `${holderOf(actor)} ${actor.client ?? ''}` : addressKey(request);
}

/** IPv6 by the network of 64 bits, which is what one customer gets. */
const addressKey = ({ ip }: FastifyRequest): string => `address ${normalizeIP(ip)}`;

const tokenOf = ({ headers: { authorization = '' } }: FastifyRequest): string =>
  authorization.slice(authorization.lastIndexOf(' ') + 1);
