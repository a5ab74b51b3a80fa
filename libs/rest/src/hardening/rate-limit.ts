import rateLimit, { normalizeIP } from '@fastify/rate-limit';
import { Problem } from '@naravard/fhir';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Identity } from '../identity/identity.ts';
import { refusal } from '../reply.ts';
import { plainFormat, send } from '../send.ts';

export interface RateLimitOptions {
  /** 0 = no limit. */
  perMinute: number;
  identity: Identity;
  /** Public FHIR base. */
  base: string;
}

/** The least recently used leaves first. */
const keptKeys = 20_000;

/** Probes come from one address and must tell the truth while a flood goes on. */
const unlimited = new Set(['/livez', '/readyz']);

/**
 * Two limits of this process, each of `perMinute`:
 *
 *   who calls      counted once the caller is known, since a hospital is one address; without a caller by address
 *   failed logins  counted by address; past the limit it is refused before a signature is verified, unless the token has
 *                  been verified already, so that one broken client does not log a whole hospital out
 *
 * Refused with 429 and Retry-After (RFC 6585 section 4), in the log but not in the audit: nothing has been looked at, and
 * a flood must not become a flood of rows.
 */
export function registerRateLimit(
  app: FastifyInstance,
  { perMinute, identity, base }: RateLimitOptions,
): void {
  if (perMinute === 0) return;
  app.register(rateLimit, { global: false });
  app.after(() => {
    const perAddress = { max: perMinute, keyGenerator: addressKey, cache: keptKeys };
    const failures = app.createRateLimit(perAddress);
    const callers = app.createRateLimit({ ...perAddress, keyGenerator: callerKey });
    // A hook that has answered must not go on, which a promise always does.
    app.addHook('onRequest', (request, reply, done) => {
      if (isUnlimited(request) || identity.remembers(tokenOf(request))) return done();
      failures(request, { increment: false }).then((spent) => pass(spent, reply, done), done);
    });
    app.addHook('preParsing', (request, reply, _body, done) => {
      if (isUnlimited(request)) return done();
      callers(request).then((spent) => pass(spent, reply, done), done);
    });
    app.addHook('onResponse', async (request, reply) => {
      if (reply.statusCode === 401) await failures(request);
    });
  });

  function pass(spent: Spent, reply: FastifyReply, done: () => void): void {
    if (spent.isAllowed || !spent.isExceeded) done();
    else refuse(reply, spent.ttlInSeconds);
  }

  function refuse(reply: FastifyReply, seconds: number): void {
    const problem = new Problem(
      'throttled',
      `Wait ${seconds} s: at most ${perMinute} requests a minute are answered. Several changes can be one Bundle.`,
    );
    send(reply, { ...refusal(problem), retryAfter: seconds }, base, plainFormat);
  }
}

type Spent = Awaited<ReturnType<ReturnType<FastifyInstance['createRateLimit']>>>;

const isUnlimited = ({ routeOptions: { url } }: FastifyRequest): boolean =>
  url !== undefined && unlimited.has(url);

/** The person or system, and the client through which it calls: apps that many use must not be counted as one. */
function callerKey(request: FastifyRequest): string {
  const actor = request.admitted?.context?.actor;
  return actor ? `${actor.kind} ${actor.id} ${actor.client ?? ''}` : addressKey(request);
}

/** IPv6 by the network of 64 bits, which is what one customer gets. */
const addressKey = ({ ip }: FastifyRequest): string => `address ${normalizeIP(ip)}`;

const tokenOf = ({ headers: { authorization = '' } }: FastifyRequest): string =>
  authorization.slice(authorization.lastIndexOf(' ') + 1);
