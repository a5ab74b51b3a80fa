import { createHash } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createIdentity } from '@naravard/rest';
import { createTestApp, type TestApp } from '@naravard/testkit';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { interactions, operations } from '../../libs/rest/src/interactions/table.ts';
import { actorOf, holderKey, NOW, signer } from '../identity/signed-tokens.ts';

const logged: string[] = [];
let fhir: TestApp;
beforeAll(async () => {
  const logger = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) });
  fhir = await createTestApp({ logger });
});
afterAll(async () => {
  await fhir.close();
});

const send = (method: string, url: string, headers: Record<string, string> = {}, payload?: string) =>
  fhir.app.inject({ method: method as 'GET', url, headers, ...(payload !== undefined && { payload }) });

const statusOf = async (token: string, url = '/fhir/Organization?_count=1', method = 'GET') =>
  (await send(method, url, { authorization: `Bearer ${token}` })).statusCode;

const journal = {
  kind: 'system',
  client_id: 'journal',
  healthCareProviderHsaId: 'SE0000000001-A',
  scope: 'system/*.rs',
};
const refused = { kind: 'login' };

describe('attack 1: no route answers without a token', () => {
  const closed = [...interactions, ...operations].filter(({ open }) => !open);
  const paths = [...new Set(closed.map(({ route }) => route))].map((route) =>
    route
      .replace(':compartment', 'Patient')
      .replace(':type', 'CareTeam')
      .replace(':id', '1')
      .replace(':version', '1'),
  );

  test.each(paths)('%s', async (path) => {
    const url = `/fhir${path}`.replace(/\/$/, '');
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      for (const authorization of [
        undefined,
        '',
        'Bearer',
        'Bearer ',
        'Bearer x',
        'Basic eDp5',
        'Bearer a.b.c',
        'DPoP x',
      ]) {
        const answer = await send(method, url, authorization === undefined ? {} : { authorization });
        expect([answer.statusCode, answer.headers['www-authenticate']], `${method} ${authorization}`).toEqual(
          [401, expect.stringContaining('Bearer')],
        );
      }
    }
  });
});

describe('attack 2: a signature that the caller could make', () => {
  test('none, a shared secret, another algorithm than the key is for', async () => {
    const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
    const key = { ...(await exportJWK(publicKey)), kid: 'k', alg: 'RS256' };
    const issuers = [{ issuer: 'https://issuer.test', audience: 'us', keys: { set: { keys: [key] } } }];
    const identity = createIdentity({ issuers });
    const claims = {
      ...journal,
      iss: 'https://issuer.test',
      aud: 'us',
      sub: 'x',
      exp: Math.floor(Date.now() / 1000) + 60,
    };
    const by = (alg: string, secret: Parameters<SignJWT['sign']>[0]) =>
      new SignJWT(claims).setProtectedHeader({ alg, kid: 'k' }).sign(secret);
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    expect(await actorOf(identity, await by('RS256', privateKey))).toMatchObject({ id: 'journal' });
    await expect(actorOf(identity, `${part({ alg: 'none' })}.${part(claims)}.`)).rejects.toMatchObject(
      refused,
    );
    await expect(
      actorOf(identity, `${part({ alg: 'None', kid: 'k' })}.${part(claims)}.AA`),
    ).rejects.toMatchObject(refused);
    const asSecret = Buffer.from(await exportSPKI(publicKey));
    await expect(actorOf(identity, await by('HS256', asSecret))).rejects.toMatchObject(refused);
    const other = await generateKeyPair('ES384');
    await expect(actorOf(identity, await by('ES384', other.privateKey))).rejects.toMatchObject(refused);
  });

  test('an algorithm that is none of ES, PS and RS, whatever key the issuer has', async () => {
    const { privateKey, publicKey } = await generateKeyPair('EdDSA');
    const key = await exportJWK(publicKey);
    const signed = (alg: string) =>
      new SignJWT({ ...journal, iss: registered.issuer, aud: 'us', sub: 'x' })
        .setExpirationTime('1m')
        .setProtectedHeader({ alg, kid: 'k' })
        .sign(privateKey);
    for (const alg of ['EdDSA', 'Ed25519']) {
      const keys = { set: { keys: [{ ...key, kid: 'k', alg }] } };
      const identity = createIdentity({ issuers: [{ ...registered, keys }] });
      await expect(actorOf(identity, await signed(alg))).rejects.toMatchObject(refused);
      const algorithms = [alg as 'ES256'];
      expect(() => createIdentity({ issuers: [{ ...registered, algorithms }] })).toThrow(alg);
    }
  });

  test('an algorithm that the issuer is not registered with', async () => {
    const { identity, token } = await signer({ algorithms: ['ES384'] });
    await expect(actorOf(identity, await token(journal))).rejects.toMatchObject(refused);
    expect(() => createIdentity({ issuers: [{ ...registered, algorithms: ['HS256' as 'ES256'] }] })).toThrow(
      'HS256',
    );
  });
});

const registered = { issuer: 'https://issuer.test', audience: 'us', keys: { set: { keys: [] } } };

describe('attack 3: a token for or from another', () => {
  test.each([
    ['audience', { aud: 'https://naravard.test/fhir/' }],
    ['audience, with a wider one', { aud: 'https://naravard.test' }],
    ['audience, with none', { aud: undefined }],
    ['issuer', { iss: 'https://issuer.test.evil.test' }],
    ['issuer, with a slash', { iss: 'https://issuer.test/' }],
  ])('%s', async (_name, claims) => {
    const { identity, token } = await signer();
    await expect(actorOf(identity, await token({ ...journal, ...claims }))).rejects.toMatchObject(refused);
  });

  test('client', async () => {
    const { identity, token } = await signer({ clients: ['journal'] });
    expect(await actorOf(identity, await token(journal))).toMatchObject({ client: 'journal' });
    for (const claims of [
      { client_id: 'other' },
      { azp: 'other' },
      { client_id: undefined },
      { client_id: 'other', azp: 'journal' },
    ])
      await expect(actorOf(identity, await token({ ...journal, ...claims }))).rejects.toMatchObject(refused);
  });

  test.each(['dpop+jwt', 'logout+jwt', 'secevent+jwt', 'application/at+json'])(
    'use: %s is no access token',
    async (typ) => {
      const { identity, token } = await signer();
      await expect(actorOf(identity, await token(journal, { typ }))).rejects.toMatchObject(refused);
    },
  );
});

describe('attack 4: a token of another time, more than a minute away', () => {
  const second = NOW / 1000;
  test.each([
    ['expired', { exp: second - 61 }],
    ['without end', { exp: undefined }],
    ['not yet valid', { nbf: second + 61 }],
    ['issued in the future', { iat: second + 61 }],
    ['issued far in the future', { iat: second + 10 ** 9 }],
  ])('%s', async (_name, claims) => {
    const { identity, token } = await signer();
    await expect(actorOf(identity, await token({ ...journal, ...claims }))).rejects.toMatchObject(refused);
  });

  test.each([{ exp: second - 59 }, { nbf: second + 59 }, { iat: second + 59 }])(
    '%j is within the skew',
    async (claims) => {
      const { identity, token } = await signer();
      expect(await actorOf(identity, await token({ ...journal, ...claims }))).toMatchObject({
        id: 'journal',
      });
    },
  );
});

/** A server on this machine and how often it was asked. */
async function listener(answer: RequestListener) {
  const seen = { count: 0 };
  const server = createServer((request, response) => {
    seen.count++;
    answer(request, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    seen,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`,
    close: () => server.close(),
  };
}

test('attack 5: a header that points to the attacker is ignored, and nothing is fetched from there', async () => {
  const evil = await generateKeyPair('ES256');
  const jwk = await exportJWK(evil.publicKey);
  const server = await listener((_request, response) =>
    response.end(JSON.stringify({ keys: [{ ...jwk, kid: 'k' }] })),
  );
  const { identity } = await signer();
  for (const header of [
    { jku: server.url },
    { x5u: server.url },
    { jwk },
    { jku: server.url, jwk, kid: 'k' },
  ]) {
    const forged = await new SignJWT({
      ...journal,
      iss: 'https://issuer.test',
      aud: 'https://naravard.test/fhir',
      sub: 'x',
    })
      .setExpirationTime(NOW / 1000 + 60)
      .setProtectedHeader({ alg: 'ES256', ...header })
      .sign(evil.privateKey);
    await expect(actorOf(identity, forged)).rejects.toMatchObject(refused);
  }
  server.close();
  expect(server.seen.count).toBe(0);
});

describe('attack 9: a thousand unknown keys', () => {
  test('cost one fetch', async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256');
    const keys = [{ ...(await exportJWK(publicKey)), kid: 'known', alg: 'ES256' }];
    const server = await listener((_request, response) => response.end(JSON.stringify({ keys })));
    const identity = createIdentity({ issuers: [{ ...registered, keys: { url: server.url } }] });
    const token = (kid: string) =>
      new SignJWT({ ...journal, iss: registered.issuer, aud: 'us', sub: 'x' })
        .setExpirationTime('1m')
        .setProtectedHeader({ alg: 'ES256', kid })
        .sign(privateKey);
    for (let count = 0; count < 1000; count++)
      await expect(actorOf(identity, await token(`unknown-${count}`))).rejects.toMatchObject(refused);
    expect(await actorOf(identity, await token('known'))).toMatchObject({ id: 'journal' });
    server.close();
    expect(server.seen.count).toBe(1);
  });

  test('cost one fetch too while the issuer does not answer', async () => {
    const server = await listener((_request, response) => void response.writeHead(500).end());
    const { token } = await signer();
    const issuers = [{ ...registered, keys: { url: server.url } }];
    const identity = createIdentity({ issuers, now: () => NOW });
    for (let count = 0; count < 100; count++)
      await expect(actorOf(identity, await token(journal, { kid: `${count}` }))).rejects.toMatchObject({
        kind: 'unavailable',
      });
    server.close();
    expect(server.seen.count).toBe(1);
  });
});

test.each(['ssk-hemsjukvard', 'journalsystem', 'administrator'] as const)(
  'attack 10: a scope about a patient, where the token is about none, lets %s do nothing',
  async (persona) => {
    const token = await fhir.issuer.token(persona, { scope: 'patient/*.cruds' });
    expect(await statusOf(token)).toBe(403);
  },
);

test.each([
  'system/Organization.dus',
  'system/Organization.rs?_include=*',
  'system/Organization.rs?type:in=http://x',
  'system/Organization%2Ers',
  'system/organization.rs',
  'System/Organization.rs',
  'system/Organization .rs',
])('attack 11: scope %j widens nothing', async (scope) => {
  expect(await statusOf(await fhir.issuer.token('journalsystem', { scope }))).toBe(403);
});

test('attack 12: a scope to read, as of version 1, does not let one write or delete', async () => {
  const { id } = (
    await fhir.ask('POST', '/Organization', { body: { resourceType: 'Organization', name: 'X' } })
  ).json;
  const token = await fhir.issuer.token('journalsystem', { scope: 'system/*.read' });
  expect(await statusOf(token, `/fhir/Organization/${id}`)).toBe(200);
  expect(await statusOf(token, `/fhir/Organization/${id}`, 'DELETE')).toBe(403);
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' };
  const body = JSON.stringify({ resourceType: 'Organization', id, name: 'Y' });
  expect((await send('PUT', `/fhir/Organization/${id}`, headers, body)).statusCode).toBe(403);
  expect((await send('POST', '/fhir/Organization', headers, body)).statusCode).toBe(403);
});

describe('attack 15: staff without a commission for care', () => {
  test.each([
    { commissionHsaId: undefined },
    { commissionPurpose: 'Kvalitetssäkring' },
    { healthCareProviderHsaId: undefined, healthCareUnitHsaId: undefined },
  ])('%j', async (claims) => {
    const token = await fhir.issuer.token('ssk-hemsjukvard', claims);
    for (const url of [
      '/fhir/Patient',
      '/fhir/Organization/1',
      '/fhir/CareTeam/1/_history',
      '/fhir/nothing',
    ]) {
      const answer = await send('GET', url, { authorization: `Bearer ${token}` });
      expect([answer.statusCode, answer.json().issue[0].diagnostics], url).toEqual([
        403,
        expect.stringContaining('choose a commission'),
      ]);
    }
  });
});

test('attack 16: only the chosen commission counts, whatever others the person has', async () => {
  const others = {
    allCommissions: [{ commissionHsaId: 'SE0000000002-C9', healthCareProviderHsaId: 'SE0000000002-A' }],
  };
  const token = await fhir.issuer.token('usk-delegering', {
    ...others,
    allEmployeeHsaIds: ['SE0000000002-2001'],
  });
  const actor = await actorOf(fhir.issuer.identity, token);
  expect([actor.id, actor.organisation, actor.commission]).toEqual([
    'SE0000000001-1002',
    'vg:SE0000000001-A',
    'SE0000000001-1002D',
  ]);
  const ended = await fhir.issuer.token('usk-delegering', { exp: Math.floor(Date.now() / 1000) - 120 });
  expect(await statusOf(ended)).toBe(401);
  const omsorg = await actorOf(fhir.issuer.identity, await fhir.issuer.token('usk-hemtjanst'));
  expect([omsorg.id, omsorg.organisation]).toEqual(['SE0000000001-1002', 'og:SE0000000001-B']);
});

test('attack 17: a token bound to a key is of no use to who stole it, with or without a proof that was seen', async () => {
  const holder = await holderKey();
  const token = await fhir.issuer.token('journalsystem', { cnf: { jkt: holder.jkt } });
  const url = '/fhir/Organization?_count=1';
  const iat = Math.floor(Date.now() / 1000);
  const proof = await holder.proof(token, { iat, htu: `${fhir.base}/Organization` });
  const headers = { authorization: `DPoP ${token}` };
  expect(await statusOf(token)).toBe(401);
  expect((await send('GET', url, headers)).statusCode).toBe(401);
  expect((await send('GET', url, { ...headers, dpop: proof })).statusCode).toBe(200);
  expect((await send('GET', url, { ...headers, dpop: proof })).statusCode).toBe(401);
  const elsewhere = await holder.proof(token, { iat, htu: `${fhir.base}/Patient` });
  expect((await send('GET', url, { ...headers, dpop: elsewhere })).statusCode).toBe(401);
});

describe('attack 18: a token in an address or a form', () => {
  test.each(['access_token=', 'x=1&access_token=', 'ACCESS%5Ftoken=', '%61ccess_token='])(
    '?%s',
    async (name) => {
      const token = await fhir.issuer.token('journalsystem');
      for (const authorization of ['', `Bearer ${token}`]) {
        const answer = await send('GET', `/fhir/Organization?${name}${token}`, { authorization });
        expect(answer.statusCode).toBe(400);
        expect(answer.body).not.toContain(token);
      }
      expect(logged.join('')).not.toContain(token);
      expect(logged.join('')).not.toContain(createHash('sha256').update(token).digest('hex'));
    },
  );

  test('in the form of a search', async () => {
    const token = await fhir.issuer.token('journalsystem');
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const body = `access_token=${token}`;
    expect((await send('POST', '/fhir/Organization/_search', form, body)).statusCode).toBe(401);
    const authorized = { ...form, authorization: `Bearer ${token}`, prefer: 'handling=lenient' };
    expect((await send('POST', '/fhir/Organization/_search', authorized, body)).statusCode).toBe(400);
    expect(logged.join('')).not.toContain(token);
  });
});
