import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { addressOf, type Context, endSession } from './context.ts';
import { type LoggedIn, OtherClient } from './login.ts';
import type { ClientName } from './options.ts';
import type { User } from './user.ts';

/** Answers a login that came to nothing; `other-client`: who logged in has the other client. */
export type Failed = (request: FastifyRequest, reply: FastifyReply, problem: LoginProblem) => unknown;
type LoginProblem = 'failed' | 'other-client';

/** `/[client]/login?to=` to the issuer, and `/[client]/callback` back from it with a session. */
export function registerLogin(
  app: FastifyInstance,
  context: Context,
  client: ClientName,
  failed: Failed,
): void {
  const { cookies, login, origin, sessions } = context;

  app.get(`/${client}/login`, async (request, reply) => {
    const { searchParams } = addressOf(request, origin);
    const to = ownPath(searchParams.get('to'), origin, client);
    try {
      const { address, pending } = await login.start(client, to, searchParams.get('prompt') === 'login');
      cookies.setPending(reply, client, pending);
      return reply.redirect(address);
    } catch (error) {
      return refused(request, reply, error);
    }
  });

  app.get(`/${client}/callback`, async (request, reply) => {
    const pending = cookies.pending(request, client);
    cookies.setPending(reply, client, undefined);
    if (!pending) return refused(request, reply, new Error('No login is under way in this browser.'));
    try {
      const found = await login.finish(client, addressOf(request, origin).search, pending);
      const user = await known(context, request, found);
      // A new id at each login, so that nobody rides on one that was known before.
      endSession(context, request, reply, client);
      cookies.setSession(reply, client, sessions.open({ client, user, token: found.token }, found.seconds));
      return reply.redirect(ownPath(pending.to, origin, client), 303);
    } catch (error) {
      return refused(request, reply, error);
    }
  });

  function refused(request: FastifyRequest, reply: FastifyReply, error: unknown): unknown {
    const { name, code } = error as { name?: unknown; code?: unknown };
    request.log.warn({ client, error: { name, code } }, 'login failed');
    return failed(request, reply, error instanceof OtherClient ? 'other-client' : 'failed');
  }
}

/** A path of this client and no other: an address from elsewhere must not lead a person on. */
function ownPath(to: string | null, origin: string, client: ClientName): string {
  const url = to === null ? null : URL.parse(to, origin);
  return url?.origin === origin && url.pathname.startsWith(`/${client}/`)
    ? url.pathname + url.search
    : `/${client}/`;
}

interface Bundle {
  entry?: readonly { resource?: { resourceType: string; id: string; name?: unknown } }[];
}

/** What the token does not say of the person is what the API knows. */
async function known(context: Context, request: FastifyRequest, { user, token }: LoggedIn): Promise<User> {
  const ask = async (type: string, query: string) => {
    const session = { client: user.client, user, token, ends: 0 };
    const call = { method: 'GET', path: `${type}?${query}`, headers: {}, address: request.ip };
    const { body } = await context.api.ask(session, call);
    const { entry = [] } = JSON.parse(body.toString('utf8')) as Bundle;
    return entry.flatMap(({ resource }) => (resource?.resourceType === type ? [resource] : []));
  };
  if (user.client === 'nurse') {
    const query = `identifier=${encodeURIComponent(user.unitHsaId)}&_elements=name`;
    const [unit] = await ask('Organization', query).catch(() => []);
    return { ...user, unit: typeof unit?.name === 'string' ? unit.name : null };
  }
  if (user.patient !== null) return user;
  // The token tells the person by personnummer: the Patient is the only one that she sees.
  const [patient, ...others] = await ask('Patient', '_count=2');
  if (!patient || others.length) throw new Error('There is no plan for who logged in.');
  return { ...user, patient: patient.id };
}
