import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { importJWK, type JWK, SignJWT } from 'jose';

/** A browser as far as a login needs one: cookies by path, no scripts, redirects by hand. */
export function browser() {
  const cookies = new Map<string, { value: string; path: string }>();
  return async (url: string, init: RequestInit = {}): Promise<Response> => {
    const { pathname } = new URL(url);
    const cookie = [...cookies]
      .filter(([, { path }]) => pathname.startsWith(path))
      .map(([name, { value }]) => `${name}=${value}`)
      .join('; ');
    const answer = await fetch(url, { ...init, redirect: 'manual', headers: { ...init.headers, cookie } });
    for (const each of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(each) ?? [];
      cookies.set(name, { value, path: /path=([^;]+)/i.exec(each)?.[1] ?? '/' });
    }
    return answer;
  };
}

export const pkce = () => {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
};

/** The address that an app sends its user to. */
export function authorization(server: string, parameters: Record<string, string>): string {
  const url = new URL(`${server}/auth`);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

/** Logs in as a persona and comes back to the app: the address with the code, or with an error. */
export async function logIn(address: string, persona: string): Promise<URL> {
  const visit = browser();
  const { origin } = new URL(address);
  let answer = await visit(address);
  const page = new URL(answer.headers.get('location') ?? '', origin);
  if (!page.pathname.includes('/interaction/')) return page;
  const form = { method: 'POST', body: new URLSearchParams({ persona }) };
  answer = await visit(page.href, form);
  answer = await visit(new URL(answer.headers.get('location') ?? '', origin).href);
  return new URL(answer.headers.get('location') ?? '', origin);
}

export const post = (url: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', body: new URLSearchParams(form), headers });

export const jwtBearer = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** A client assertion (RFC 7523); `claims` replace what a good one has, undefined leaves out. */
export async function assertion(
  key: JWK,
  client: string,
  endpoint: string,
  claims: Record<string, unknown> = {},
): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const good = { iss: client, sub: client, aud: endpoint, exp: now + 240, jti: randomUUID() };
  return new SignJWT({ ...good, ...claims })
    .setProtectedHeader({ alg: key.alg ?? '', kid: key.kid ?? '', typ: 'JWT' })
    .sign(await importJWK(key, key.alg));
}

/** The form of Backend Services. */
export const credentials = (signed: string, scope: string): Record<string, string> => ({
  grant_type: 'client_credentials',
  client_assertion_type: jwtBearer,
  client_assertion: signed,
  scope,
});
