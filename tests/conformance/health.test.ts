import { createHealth } from '@naravard/rest';
import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const health = createHealth();
let fhir: TestApp;
beforeAll(async () => {
  fhir = await createTestApp({ health });
});
afterAll(() => fhir.close());

const get = async (url: string, app = fhir.app) => {
  const response = await app.inject({ method: 'GET', url });
  return { status: response.statusCode, json: response.json() };
};

describe('health', () => {
  test('both are 200 while all is well', async () => {
    expect(await get('/livez')).toEqual({ status: 200, json: { status: 'alive' } });
    expect(await get('/readyz')).toEqual({ status: 200, json: { status: 'ready' } });
  });

  test('/readyz is 503 with an OperationOutcome when no new connection can be had, /livez still 200', async () => {
    const lost = {
      ...fhir.store,
      ready: () => Promise.reject(new Error('connect ECONNREFUSED 127.0.0.1:5432')),
    };
    const app = await createTestApp({ store: lost });
    const ready = await get('/readyz', app.app);
    expect([ready.status, ready.json.resourceType]).toEqual([503, 'OperationOutcome']);
    expect(JSON.stringify(ready.json)).not.toContain('127.0.0.1');
    expect((await get('/livez', app.app)).status).toBe(200);
    await app.close();
  });

  test('/readyz is 503 once the process drains, /livez still 200', async () => {
    health.drain();
    expect((await get('/readyz')).status).toBe(503);
    expect((await get('/livez')).status).toBe(200);
  });
});
