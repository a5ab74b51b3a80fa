import { hash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createIdentity, type Identity } from '@naravard/rest';
import { createTestApp, type TestApp } from '@naravard/testkit';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { patient } from './resources.ts';

let fhir: TestApp;
beforeAll(async () => {
  fhir = await createTestApp();
});
afterAll(() => fhir.close());

const ask = async (method: string, path: string, authorization?: string) =>
  fhir.app.inject({
    method: method as 'GET',
    url: path,
    headers: { ...(authorization && { authorization }) },
  });

const withToken = async (token: string) =>
  (await ask('GET', '/fhir/Patient?_count=0', `Bearer ${token}`)).statusCode;

describe('a token', () => {
  test.each([
    ['GET', '/fhir/Patient'],
    ['GET', '/fhir/Patient/1'],
    ['HEAD', '/fhir/Patient/1'],
    ['POST', '/fhir/Patient'],
    ['POST', '/fhir/Patient/_search'],
    ['PUT', '/fhir/Patient/1'],
    ['PATCH', '/fhir/Patient/1'],
    ['DELETE', '/fhir/Patient/1'],
    ['GET', '/fhir/Patient/1/_history'],
    ['GET', '/fhir/_history'],
    ['POST', '/fhir'],
    ['OPTIONS', '/fhir/Patient'],
    ['GET', '/fhir/Banana'],
  ])('is needed for %s %s', async (method, path) => {
    for (const authorization of [
      undefined,
      'Bearer',
      'Bearer x',
      'Basic eDp5',
      'Bearer a.b.c',
      'bearer  ..',
    ]) {
      const response = await ask(method, path, authorization);
      expect(response.statusCode).toBe(401);
      expect(response.headers['www-authenticate']).toMatch(/^Bearer/);
      if (method !== 'HEAD') expect(response.json().issue[0].code).toBe('login');
    }
  });

  test('is not needed for /metadata, /livez and /readyz', async () => {
    for (const path of ['/fhir/metadata', '/livez', '/readyz'])
      expect((await ask('GET', path)).statusCode).toBe(200);
  });

  test('of the issuer is taken, and taken again from memory', async () => {
    const token = await fhir.issuer.token('journalsystem');
    expect([await withToken(token), await withToken(token)]).toEqual([200, 200]);
  });

  test.each([
    ['expired', { exp: 1 }],
    ['not valid yet', { nbf: 32503680000 }],
    ['for another audience', { aud: 'https://other.test' }],
    ['of another issuer', { iss: 'https://evil.test' }],
    ['without a kind', { kind: undefined }],
    ['of an unknown kind', { kind: 'root' }],
    ['without exp', { exp: undefined }],
  ])('that is %s is refused', async (_name, claims) => {
    expect(await withToken(await signed(claims))).toBe(401);
  });

  test('signed by another key, by none or by a shared secret is refused', async () => {
    const good = await fhir.issuer.token('journalsystem');
    const [, payload = ''] = good.split('.');
    const head = (header: object) => Buffer.from(JSON.stringify(header)).toString('base64url');
    const other = await generateKeyPair('ES256');
    const jwk = await exportJWK(other.publicKey);
    const own = (header: object) =>
      new SignJWT(JSON.parse(Buffer.from(payload, 'base64url').toString()))
        .setProtectedHeader({ alg: 'ES256', ...header })
        .sign(other.privateKey);
    expect(await withToken(`${head({ alg: 'none' })}.${payload}.`)).toBe(401);
    expect(
      await withToken(
        `${head({ alg: 'HS256', kid: 'test' })}.${payload}.${hash('sha256', 'x', 'base64url')}`,
      ),
    ).toBe(401);
    expect(await withToken(await own({ kid: 'test' }))).toBe(401);
    expect(await withToken(await own({ jwk }))).toBe(401);
    expect(await withToken(await own({ jku: 'https://evil.test/jwks' }))).toBe(401);
    expect(await withToken(`${good.slice(0, -4)}AAAA`)).toBe(401);
  });

  test('cannot let a caller of kind staff choose ids', async () => {
    const token = await fhir.issuer.token('ssk-hemsjukvard', { may_choose_ids: true });
    const response = await fhir.app.inject({
      method: 'PUT',
      url: '/fhir/Patient/mine',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' },
      payload: JSON.stringify(patient({ id: 'mine' })),
    });
    expect(response.statusCode).toBe(403);
  });
});

/** A token with claims that replace even what the issuer sets. */
const signed = (claims: Record<string, unknown>) => fhir.issuer.token('journalsystem', claims);

describe('issuers', () => {
  const claims = {
    iss: 'https://keys.test',
    aud: 'us',
    sub: 'x',
    kind: 'system',
    healthCareProviderHsaId: 'SE0000000009-A',
  };
  const actorOf = (identity: Identity, token: string) =>
    identity.actorOf({ token, scheme: 'bearer', proof: undefined, method: 'GET', path: '/fhir/Patient' });

  async function signer() {
    const { privateKey, publicKey } = await generateKeyPair('ES256');
    const key = { ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256' };
    const sign = (exp: number) =>
      new SignJWT({ ...claims, exp }).setProtectedHeader({ alg: 'ES256', kid: 'k' }).sign(privateKey);
    return { key, sign };
  }

  const hour = () => Math.floor(Date.now() / 1000) + 3600;

  test('keys are fetched from the issuer, once', async () => {
    const { key, sign } = await signer();
    let fetched = 0;
    const server = createServer((_request, response) => {
      fetched++;
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [key] }));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`;
    const identity = createIdentity({ issuers: [{ issuer: claims.iss, audience: 'us', keys: { url } }] });
    for (let count = 0; count < 3; count++) {
      expect(await actorOf(identity, await sign(hour() + count))).toMatchObject({ kind: 'system', id: 'x' });
    }
    server.close();
    expect(fetched).toBe(1);
  });

  test('an issuer that does not answer is 503, not 401', async () => {
    const { sign } = await signer();
    const url = 'http://127.0.0.1:9/jwks';
    const identity = createIdentity({ issuers: [{ issuer: claims.iss, audience: 'us', keys: { url } }] });
    await expect(actorOf(identity, await sign(hour()))).rejects.toMatchObject({ kind: 'unavailable' });
  });

  test('a token is forgotten when it expires', async () => {
    const { key, sign } = await signer();
    let now = Date.now();
    const issuers = [{ issuer: claims.iss, audience: 'us', keys: { set: { keys: [key] } } }];
    const identity = createIdentity({ issuers, now: () => now });
    const token = await sign(hour());
    await actorOf(identity, token);
    expect(actorOf(identity, token)).not.toBeInstanceOf(Promise);
    now += 3_700_000;
    await expect(Promise.resolve(actorOf(identity, token))).rejects.toMatchObject({ kind: 'login' });
  });

  test('the cache keeps no more tokens than it may', async () => {
    const { key, sign } = await signer();
    const issuers = [{ issuer: claims.iss, audience: 'us', keys: { set: { keys: [key] } } }];
    const identity = createIdentity({ issuers, cacheSize: 2 });
    const tokens = await Promise.all([1, 2, 3].map((more) => sign(hour() + more)));
    for (const token of tokens) await actorOf(identity, token);
    const remembered = tokens.map((token) => !(actorOf(identity, token) instanceof Promise));
    expect(remembered).toEqual([false, true, true]);
  });
});
