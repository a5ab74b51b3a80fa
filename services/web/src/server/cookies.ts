import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type PreferenceCookie, preferenceCookies } from '../patient/contract.ts';
import type { PendingLogin } from './login.ts';
import type { ClientName } from './options.ts';
import { keptSeconds } from './unsent.ts';

/** The cookies of the clients; no script reads any of them. */
export interface Cookies {
  session(request: FastifyRequest, client: ClientName): string | undefined;
  setSession(reply: FastifyReply, client: ClientName, id: string | undefined): void;
  pending(request: FastifyRequest, client: ClientName): PendingLogin | undefined;
  setPending(reply: FastifyReply, client: ClientName, pending: PendingLogin | undefined): void;
  /** What `UnsentForms` sealed. */
  unsent(request: FastifyRequest): string | undefined;
  setUnsent(reply: FastifyReply, sealed: string | undefined): void;
  preferences(request: FastifyRequest): Partial<Record<PreferenceCookie, string>>;
  setPreferences(reply: FastifyReply, values: Readonly<Partial<Record<PreferenceCookie, string>>>): void;
}

const loginSeconds = 600;
const yearSeconds = 365 * 24 * 3600;

/** @param secure over HTTPS, where `__Host-` lets no other host or path set them (RFC 6265bis section 4.1.3.2) */
export function createCookies(secure: boolean): Cookies {
  const name = (what: string) => `${secure ? '__Host-' : ''}nv-${what}`;
  // Lax: the issuer sends the browser back from another site.
  const options: CookieSerializeOptions = { path: '/', httpOnly: true, sameSite: 'lax', secure };
  const set = (reply: FastifyReply, key: string, value: string | undefined, maxAge?: number) => {
    if (value === undefined) reply.clearCookie(key, options);
    else reply.setCookie(key, value, { ...options, ...(maxAge && { maxAge }) });
  };
  return {
    session: ({ cookies }, client) => cookies[name(client)],
    setSession: (reply, client, id) => set(reply, name(client), id),
    pending: ({ cookies }, client) => pendingIn(cookies[name(`${client}-login`)]),
    setPending: (reply, client, pending) =>
      set(reply, name(`${client}-login`), pending && JSON.stringify(pending), loginSeconds),
    unsent: ({ cookies }) => cookies[name('unsent')],
    setUnsent: (reply, sealed) => set(reply, name('unsent'), sealed, keptSeconds),
    preferences: ({ cookies }) =>
      Object.fromEntries(
        preferenceCookies.flatMap((key) => (cookies[key] === undefined ? [] : [[key, cookies[key]]])),
      ),
    setPreferences: (reply, values) => {
      for (const key of preferenceCookies)
        if (values[key] !== undefined) set(reply, key, values[key], yearSeconds);
    },
  };
}

function pendingIn(value = ''): PendingLogin | undefined {
  try {
    return JSON.parse(value) as PendingLogin;
  } catch {
    return undefined;
  }
}
