import { generateKeyPairSync } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '@naravard/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ServiceProcess, startService } from '../services/service-process.ts';

let database: TestDatabase;
let service: ServiceProcess;
beforeAll(async () => {
  database = await createTestDatabase();
  service = await startService({
    MODE: 'production',
    HOST: 'localhost',
    DATABASE_URL: database.url,
    BASE_URL: 'https://fhir.example/fhir',
    ISSUERS: '[{"issuer":"https://idp.example","jwks":"http://localhost:9/jwks"}]',
    PAGE_KEY: Buffer.alloc(32, 1).toString('base64'),
    SEAL_KEY: generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  });
});
afterAll(async () => {
  await service.stop();
  await database.drop();
});

test.each([
  ['GET', '/'],
  ['GET', '/sandbox'],
  ['GET', '/sandbox/personas'],
  ['GET', '/sandbox/jwks'],
  ['POST', '/sandbox/token?persona=journalsystem'],
  ['GET', '/sandbox/oidc/auth?client_id=web-nurse&response_type=code'],
  ['POST', '/sandbox/oidc/token'],
  ['GET', '/sandbox/oidc/jwks'],
  ['GET', '/sandbox/oidc/interaction/1'],
  ['POST', '/sandbox/oidc/interaction/1'],
  ['GET', '/sandbox/oidc/.well-known/openid-configuration'],
])('in production there is nothing at %s %s', async (method, path) => {
  expect((await fetch(`${service.origin}${path}`, { method, redirect: 'manual' })).status).toBe(404);
});
