import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { patient } from '../conformance/resources.ts';
import { raw } from './raw-socket.ts';

const app = 'https://app.example';
let fhir: TestApp;
let closed: TestApp;
let port: number;
beforeAll(async () => {
  fhir = await createTestApp({ hardening: { allowedOrigins: [app, 'http://localhost:5173'] } });
  closed = await createTestApp();
  port = Number(new URL(await fhir.app.listen({ host: '127.0.0.1', port: 0 })).port);
});
afterAll(async () => {
  await closed.close();
  await fhir.close();
});

const preflight = (path: string, origin: string, to = fhir) =>
  to.ask('OPTIONS', path, {
    as: null,
    headers: {
      origin,
      'access-control-request-method': 'PUT',
      'access-control-request-headers': 'authorization,content-type,if-match',
    },
  });

const grants = (headers: Record<string, string | undefined>) =>
  Object.keys(headers).filter((name) => name.startsWith('access-control-'));

describe('attack 71: no origin but those of the configuration reads anything through a browser', () => {
  const strangers = [
    'null',
    'https://evil.test',
    `${app}.evil.test`,
    'https://evil-app.example',
    'http://app.example',
    `${app}:8443`,
    `${app}/`,
    'https://APP.example',
    `${app},https://evil.test`,
    'https://app.example@evil.test',
    'http://localhost:5174',
    'file://',
    '*',
  ];

  test.each(strangers)('%s', async (origin) => {
    for (const as of ['journalsystem', null] as const) {
      const answer = await fhir.ask('GET', '/Patient', { as, headers: { origin } });
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
      expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
      expect(answer.headers.vary).toContain('Origin');
    }
    const asked = await preflight('/Patient/1', origin);
    expect([asked.status, grants(asked.headers)]).toEqual([401, []]);
  });

  test('an origin of the configuration is answered by name, to errors too, and never with credentials', async () => {
    const answer = await fhir.ask('GET', '/Patient', { headers: { origin: app } });
    expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([200, app]);
    expect(answer.headers['access-control-expose-headers']).toContain('ETag');
    for (const [path, as, status] of [
      ['/Patient', null, 401],
      ['/Patient/unknown', 'journalsystem', 404],
      ['/Banana', 'journalsystem', 404],
      ['/Patient?x=1', 'journalsystem', 400],
    ] as const) {
      const refused = await fhir.ask('GET', path, { as, headers: { origin: app } });
      expect([refused.status, refused.headers['access-control-allow-origin']]).toEqual([status, app]);
      expect(refused.headers['access-control-allow-credentials']).toBeUndefined();
    }
  });

  test('its preflight names methods and headers, and needs no token', async () => {
    const { status, headers, text } = await preflight('/Patient/1', app);
    expect([status, text, headers['access-control-allow-origin']]).toEqual([204, '', app]);
    expect(headers['access-control-allow-methods']).toContain('PUT');
    for (const name of ['Authorization', 'Content-Type', 'If-Match', 'DPoP'])
      expect(headers['access-control-allow-headers']).toContain(name);
    expect(headers['access-control-allow-credentials']).toBeUndefined();
  });

  test('what describes the service may be read from anywhere, as SMART App Launch asks', async () => {
    for (const path of ['/metadata', '/.well-known/smart-configuration']) {
      const answer = await fhir.ask('GET', path, { as: null, headers: { origin: 'https://evil.test' } });
      expect(answer.headers['access-control-allow-origin'], path).toBe('*');
      expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
    }
  });

  test('without a configured origin there is no CORS at all', async () => {
    for (const path of ['/Patient', '/metadata']) {
      const answer = await closed.ask('GET', path, { headers: { origin: app } });
      expect([answer.status, grants(answer.headers)]).toEqual([200, []]);
    }
    expect((await preflight('/Patient/1', app, closed)).status).toBe(401);
  });

  test('a cookie is no token, and none is ever set', async () => {
    const token = await fhir.issuer.token('journalsystem');
    const cookie = `access_token=${token}; Authorization=Bearer%20${token}; token=${token}`;
    const answer = await fhir.ask('GET', '/Patient', { as: null, headers: { cookie, origin: app } });
    expect([answer.status, answer.headers['set-cookie']]).toEqual([401, undefined]);
    expect(
      (await fhir.ask('GET', '/Patient', { headers: { cookie } })).headers['set-cookie'],
    ).toBeUndefined();
  });
});

describe('attack 72: only the configured base is ever said to be the address', () => {
  const poison = {
    host: 'evil.test',
    'x-forwarded-host': 'evil.test',
    'x-forwarded-proto': 'javascript',
    'x-forwarded-port': '666',
    'x-forwarded-prefix': '/evil.test',
    'x-forwarded-server': 'evil.test',
    'x-original-url': '/evil.test',
    'x-rewrite-url': '/evil.test',
    forwarded: 'host=evil.test;proto=http',
  };

  test('in Location, in links of Bundles and fullUrls, in the CapabilityStatement and in errors', async () => {
    const created = await fhir.ask('POST', '/Patient', { body: patient(), headers: poison });
    expect(created.headers.location).toMatch(/^http:\/\/localhost:8080\/fhir\/Patient\//);
    const answers = [
      created,
      await fhir.ask('POST', '/Patient', { body: patient(), headers: poison }),
      await fhir.ask('GET', '/Patient?_count=1', { headers: poison }),
      await fhir.ask('GET', '/Patient/_history?_count=1', { headers: poison }),
      await fhir.ask('GET', '/metadata', { headers: poison }),
      await fhir.ask('GET', '/.well-known/smart-configuration', { headers: poison }),
      await fhir.ask('GET', '/Banana', { headers: poison }),
      await fhir.ask('GET', '/Patient', { as: null, headers: poison }),
    ];
    for (const { text, headers } of answers)
      expect(text + JSON.stringify(headers)).not.toContain('evil.test');
    const { json } = answers[2] as (typeof answers)[number];
    expect(json.link.find(({ relation }: { relation: string }) => relation === 'next').url).toMatch(
      /^http:\/\/localhost:8080\/fhir\/Patient\?/,
    );
    expect(json.entry[0].fullUrl).toMatch(/^http:\/\/localhost:8080\/fhir\/Patient\//);
  });

  test.each([
    'http://evil.test/fhir/Patient?_count=1',
    '//evil.test/fhir/Patient',
    '/fhir//evil.test',
    '/docs',
  ])('nor for a request line of %s', async (target) => {
    const token = await fhir.issuer.token('journalsystem');
    const answer = await raw(
      port,
      `GET ${target} HTTP/1.1\r\nHost: evil.test\r\nAuthorization: Bearer ${token}\r\nConnection: close\r\n\r\n`,
    );
    expect(answer.status).toBeLessThan(500);
    expect(answer.text).not.toContain('evil.test');
  });

  test('proxies of the configuration are believed about who calls, never about where', async () => {
    const proxied = await createTestApp({ hardening: { trustedProxies: ['127.0.0.1'] } });
    const answer = await proxied.ask('GET', '/Patient?_count=1', {
      headers: { ...poison, 'x-forwarded-for': '10.0.0.1' },
    });
    await proxied.close();
    expect(answer.status).toBe(200);
    expect(answer.text + JSON.stringify(answer.headers)).not.toContain('evil.test');
  });
});
