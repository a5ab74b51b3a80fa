import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { request as httpsRequest } from 'node:https';
import { join } from 'node:path';
import { loadDefinitions } from '@naravard/fhir';
import { buildApp } from '@naravard/rest';
import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../services/all-in-one/src/config.ts';
import { runToEnd, temporaryFolder } from './service-process.ts';
import { cert, key } from './test-certificate.ts';

const folder = temporaryFolder();
/** The path of a file that holds the text. */
const file = (name: string, text: string): string => {
  writeFileSync(join(folder.path, name), `${text}\n`);
  return join(folder.path, name);
};
const certFile = file('cert.pem', cert);
const keyFile = file('key.pem', key);
afterAll(() => folder.remove());

describe('Every answer, whatever it is,', () => {
  let fhir: TestApp;
  beforeAll(async () => {
    fhir = await createTestApp({ hardening: { hstsSeconds: 600 } });
  });
  afterAll(() => fhir.close());

  it.each([
    ['GET', '/fhir/metadata', 200],
    ['GET', '/fhir/Patient', 401],
    ['GET', '/nothing', 404],
    ['GET', '/fhir/Patient/%ZZ', 400],
    ['TRACE', '/nothing', 404],
    ['GET', '/livez', 200],
    ['GET', '/readyz', 200],
    ['GET', '/openapi.json', 200],
    ['GET', '/docs/openapi.json', 200],
    ['OPTIONS', '/fhir/Patient', 401],
  ])('has the headers of an API that holds patient data: %s %s', async (method, url, status) => {
    const { statusCode, headers } = await fhir.app.inject({ method: method as 'GET', url });
    expect(statusCode).toBe(status);
    expect(headers).toMatchObject({
      'cache-control': 'private, no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'strict-transport-security': 'max-age=600',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers['content-type'] ?? '').not.toContain('html');
    expect(headers).not.toHaveProperty('server');
    expect(headers).not.toHaveProperty('x-powered-by');
  });

  it('says nothing of HTTPS unless that is configured', async () => {
    const plain = await createTestApp();
    const { headers } = await plain.app.inject({ url: '/livez' });
    await plain.close();
    expect(headers).not.toHaveProperty('strict-transport-security');
  });
});

describe('The configuration of what is on the wire', () => {
  it('takes origins, networks, limits and times', () => {
    const config = readConfig({
      ALLOWED_ORIGINS: 'https://app.example, http://localhost:5173',
      TRUSTED_PROXIES: '10.0.0.7,10.1.0.0/16, fd00::/8',
      RATE_LIMIT_PER_MINUTE: '0',
      HSTS_SECONDS: '31536000',
    });
    expect(config).toMatchObject({
      ALLOWED_ORIGINS: ['https://app.example', 'http://localhost:5173'],
      TRUSTED_PROXIES: ['10.0.0.7', '10.1.0.0/16', 'fd00::/8'],
      RATE_LIMIT_PER_MINUTE: 0,
      HSTS_SECONDS: 31_536_000,
    });
  });

  it.each([
    [{ ALLOWED_ORIGINS: '*' }, 'ALLOWED_ORIGINS'],
    [{ ALLOWED_ORIGINS: 'null' }, 'ALLOWED_ORIGINS'],
    [{ ALLOWED_ORIGINS: 'https://app.example/' }, 'must be an origin'],
    [{ ALLOWED_ORIGINS: 'https://app.example/path' }, 'must be an origin'],
    [{ ALLOWED_ORIGINS: 'https://App.example' }, 'must be an origin'],
    [{ ALLOWED_ORIGINS: 'https://a.example,' }, 'ALLOWED_ORIGINS.1'],
    [{ TRUSTED_PROXIES: 'proxy.example' }, 'must be an address or a network'],
    [{ TRUSTED_PROXIES: '10.0.0.0/33' }, 'must be an address or a network'],
    [{ RATE_LIMIT_PER_MINUTE: '-1' }, 'RATE_LIMIT_PER_MINUTE'],
    [{ TLS_CERT: 'x' }, 'TLS_CERT and TLS_KEY go together'],
    [{ TLS_CERT: 'x', TLS_KEY: 'secret-word' }, 'must be a certificate and an unencrypted private key'],
  ])('refuses %o', (environment, message) => {
    expect(() => readConfig(environment)).toThrow(message);
    expect(() => readConfig(environment)).not.toThrow('secret-word');
  });

  it('takes a certificate and its key from files, and no other key', () => {
    const config = readConfig({ TLS_CERT_FILE: certFile, TLS_KEY_FILE: keyFile });
    expect(config.TLS_CERT).toContain('BEGIN CERTIFICATE');
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    const otherFile = file('other.pem', String(other.export({ type: 'pkcs8', format: 'pem' })));
    expect(() => readConfig({ TLS_CERT_FILE: certFile, TLS_KEY_FILE: otherFile })).toThrow(
      'is not the key of',
    );
  });

  it('leaves the variable of OpenSSL alone', () => {
    expect(() => readConfig({ SSL_CERT_FILE: '/etc/ssl/cert.pem' })).not.toThrow();
  });

  it('prints neither key nor password, and takes every secret from a file', async () => {
    const files = {
      DATABASE_URL: 'postgres://u:secret-word@db/x',
      PAGE_KEY: Buffer.alloc(32, 7).toString('base64'),
      SEAL_KEY: generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    };
    const environment: Record<string, string> = { TLS_CERT_FILE: certFile, TLS_KEY_FILE: keyFile };
    for (const [name, value] of Object.entries(files)) environment[`${name}_FILE`] = file(name, value);
    const { stdout, stderr, code } = await runToEnd('main.ts', ['--print-config'], environment);
    expect([code, stderr]).toEqual([0, '']);
    for (const name of ['DATABASE_URL', 'PAGE_KEY', 'TLS_CERT', 'TLS_KEY'])
      expect(stdout).toContain(`${name}=[set]`);
    for (const secret of ['secret-word', 'BwcH', 'PRIVATE', 'BEGIN']) expect(stdout).not.toContain(secret);
  });
});

describe('With a certificate', () => {
  it('the process speaks TLS 1.2 or later and nothing else', async () => {
    const working = await createTestApp();
    const app = buildApp({
      store: working.store,
      definitions: loadDefinitions(),
      modules: [],
      base: 'https://localhost/fhir',
      identity: working.issuer.identity,
      pageKey: new Uint8Array(32),
      hardening: { tls: { cert, key } },
    });
    const address = await app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = new URL(address);
    expect(address).toMatch(/^https:/);
    const ask = (options: object) =>
      new Promise<number | string>((resolve) => {
        const asked = httpsRequest(
          {
            port,
            path: '/fhir/metadata',
            host: '127.0.0.1',
            ca: cert,
            ...options,
          },
          (answer) => resolve(answer.resume().statusCode ?? 0),
        );
        asked.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'refused')).end();
      });
    expect(await ask({})).toBe(200);
    expect(await ask({ minVersion: 'TLSv1.3' })).toBe(200);
    expect(await ask({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' })).toMatch(
      /EPROTO|ERR_SSL/,
    );
    await expect(fetch(`http://127.0.0.1:${port}/fhir/metadata`)).rejects.toThrow();
    await app.close();
    await working.close();
  });
});
