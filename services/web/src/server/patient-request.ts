import type { FastifyRequest } from 'fastify';
import type { PatientRequest, PatientUser, Receipt } from '../patient/contract.ts';
import { addressOf, type Context } from './context.ts';
import { type Session, secondsLeft } from './sessions.ts';
import { markOf, type Unsent } from './unsent.ts';
import type { User } from './user.ts';

/** What a request of somebody who is logged in brings along. */
export interface Carried {
  readonly session: Session;
  readonly unsent: Unsent | undefined;
  readonly receipt: Receipt | null;
  /** Becomes true when the API does not accept the token any more. */
  refused: boolean;
  /** Becomes true when the API is asked to write something. */
  wrote: boolean;
}

/** Nothing answers for the API. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

/** A request as the bundle of the patient client takes it; without `carried` of somebody who is not logged in. */
export function requestOf(context: Context, request: FastifyRequest, carried?: Carried): PatientRequest {
  const { built, clock, cookies, options, origin } = context;
  const { searchParams } = addressOf(request, origin);
  const here = addressBelow(request, origin);
  const unsent = carried?.unsent;
  return {
    method: request.method === 'POST' ? 'POST' : 'GET',
    path: pathBelow(here),
    query: searchParams,
    form: unsent?.at === here ? new URLSearchParams(unsent.fields) : fieldsOf(request),
    unsent: unsent ?? null,
    cameFrom: cameFrom(request, origin),
    receipt: carried?.receipt ?? null,
    preferences: cookies.preferences(request),
    user: carried ? userOf(carried.session.user) : null,
    api: apiOf(context, request, carried),
    now: new Date(clock()),
    secondsLeft: carried ? secondsLeft(carried.session, clock()) : null,
    emergencyNumbers: options.emergencyNumbers.filter(({ staff }) => !staff),
    accessibility: options.accessibility,
    assets: built.patient,
  };
}

/** `/skriv?om=x` of `/patient/skriv?om=x`. */
export const addressBelow = (request: FastifyRequest, origin: string): string =>
  below(addressOf(request, origin));

const below = ({ pathname, search }: URL): string => pathname.slice('/patient'.length) + search;

const pathBelow = (address: string): string => address.replace(/\?.*$/, '').replace(/\/$/, '') || '/';

/** The fields of a posted form. */
export const fieldsOf = ({ method, body }: FastifyRequest): URLSearchParams =>
  new URLSearchParams(method === 'POST' && typeof body === 'string' ? body : '');

export function cameFrom({ headers }: FastifyRequest, origin: string): string | null {
  const url = URL.parse(headers.referer ?? '');
  return url?.origin === origin && url.pathname.startsWith('/patient/') ? below(url) : null;
}

const userOf = (user: User): PatientUser | null =>
  user.client === 'patient' && user.patient !== null
    ? { name: user.name, patient: user.patient, actsFor: user.actsFor, mark: markOf(user) }
    : null;

function apiOf({ api }: Context, { ip: address }: FastifyRequest, carried?: Carried): PatientRequest['api'] {
  return async (path, { method = 'GET', headers = {}, body } = {}) => {
    if (!carried) throw new Error('Nobody is logged in.');
    carried.wrote ||= method !== 'GET';
    const answer = await api
      .ask(carried.session, { method, path, headers, body, address })
      .catch((cause: unknown) => {
        throw cause instanceof RangeError ? cause : new Unreachable('', { cause });
      });
    carried.refused ||= answer.status === 401;
    return new Response(answer.body.length ? new Uint8Array(answer.body) : null, {
      status: answer.status,
      headers: answer.headers as Record<string, string>,
    });
  };
}
