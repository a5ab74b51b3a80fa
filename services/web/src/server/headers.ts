import type { FastifyRequest } from 'fastify';
import type { ClientName } from './options.ts';

/**
 * Headers of every page of the clients: scripts, styles and requests of this origin alone, nothing inline, no frame around
 * it. `same-origin` lets a form say where it comes from, which `no-referrer` would hide (Fetch, "append a request Origin
 * header"). https://www.w3.org/TR/CSP3/
 */
export const pageHeaders = (issuer: string): Readonly<Record<string, string>> => ({
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    `form-action 'self' ${new URL(issuer).origin}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'Cross-Origin-Opener-Policy': 'same-origin',
  // What is kept on a nurse's telephone may be opened by the telephone's own lock (Web Authentication).
  'Permissions-Policy':
    'camera=(), geolocation=(), microphone=(), publickey-credentials-create=(self), publickey-credentials-get=(self)',
  'Referrer-Policy': 'same-origin',
});

/**
 * On the way out: what is kept of the person in the browser goes too. https://www.w3.org/TR/clear-site-data/
 * "storage" would take the nurse client's service worker with it, and with that the emergency numbers of a telephone without
 * network. That client deletes what it keeps itself before it logs out; where it could not, what lies there is sealed.
 */
export const forgetting: Readonly<Record<ClientName, Readonly<Record<string, string>>>> = {
  nurse: { 'Clear-Site-Data': '"cache"' },
  patient: { 'Clear-Site-Data': '"cache", "storage"' },
};

/**
 * Whether a script of our own asks: another site's can set no header of its own without our leave, which nobody is given.
 * Browsers say besides where a request comes from (Fetch Metadata), unless they are old.
 */
export const isOwnScript = ({ headers }: FastifyRequest): boolean =>
  headers['x-naravard'] === '1' && ['same-origin', 'none', undefined].includes(siteOf(headers));

/** Whether a form of our own was sent: Fetch Metadata says it, or Origin where a browser is too old. */
export const isOwnForm = ({ headers }: FastifyRequest, origin: string): boolean =>
  siteOf(headers) === undefined ? headers.origin === origin : siteOf(headers) === 'same-origin';

const siteOf = (headers: FastifyRequest['headers']): string | undefined => {
  const site = headers['sec-fetch-site'];
  return typeof site === 'string' ? site : undefined;
};
