import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Api } from './api.ts';
import type { BuiltWeb } from './built.ts';
import type { Cookies } from './cookies.ts';
import type { Login } from './login.ts';
import type { ClientName, WebOptions } from './options.ts';
import type { Sessions } from './sessions.ts';
import type { UnsentForms } from './unsent.ts';

/** What the routes of both clients are made of. */
export interface Context {
  readonly options: WebOptions;
  /** Of the clients: `https://plan.example`. */
  readonly origin: string;
  readonly clock: () => number;
  readonly built: BuiltWeb;
  readonly sessions: Sessions;
  readonly cookies: Cookies;
  readonly unsent: UnsentForms;
  readonly login: Login;
  readonly api: Api;
}

/** The session that the request is part of, or why there is none. */
export const sessionOf = (context: Context, request: FastifyRequest, client: ClientName) =>
  context.sessions.find(context.cookies.session(request, client), client);

/** Ends the session of the request, if there is one. */
export function endSession(
  { cookies, sessions }: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  client: ClientName,
): void {
  const id = cookies.session(request, client);
  if (id === undefined) return;
  sessions.close(id);
  cookies.setSession(reply, client, undefined);
}

/** Path and query as they were asked for: the framework parses no queries here. */
export const addressOf = (request: FastifyRequest, origin: string): URL =>
  new URL(`${origin}${request.raw.url?.startsWith('/') ? request.raw.url : '/'}`);
