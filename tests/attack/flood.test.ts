import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { patient } from '../conformance/resources.ts';

const LIMIT = 20;

let fhir: TestApp;
let proxied: TestApp;
beforeAll(async () => {
  fhir = await createTestApp({ hardening: { requestsPerMinute: LIMIT } });
  proxied = await createTestApp({ hardening: { requestsPerMinute: LIMIT, trustedProxies: ['10.9.9.0/24'] } });
});
afterAll(async () => {
  await proxied.close();
  await fhir.close();
});
// Each test begins in a minute of its own; all have passed, since tokens of the future are not valid.
let minute = Date.now() - 50 * 60_000;
beforeEach(() => {
  minute += 61_000;
  vi.useFakeTimers({ toFake: ['Date'], now: minute });
});
afterEach(() => {
  vi.useRealTimers();
});

const stranger = {
  kind: 'patient',
  sub: 'stranger',
  employeeHsaId: undefined,
  personalIdentityNumber: '194103149805',
  scope: 'patient/*.rs',
};

interface Refusal {
  path?: string;
  claims?: Record<string, unknown>;
}

interface Asked {
  token?: string | undefined;
  from?: string;
  path?: string;
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
}

const ask = (
  { token, from = '192.0.2.1', path = '/fhir/Patient?_count=0', method = 'GET', headers }: Asked,
  to = fhir,
) =>
  to.app.inject({
    method,
    url: path,
    remoteAddress: from,
    headers: { ...(token && { authorization: `Bearer ${token}` }), ...headers },
    ...(method === 'POST' && { payload: JSON.stringify(patient()) }),
  });

async function flood(asked: Asked, to = fhir, times = LIMIT): Promise<number[]> {
  const statuses = new Set<number>();
  for (let at = 0; at < times; at++) statuses.add((await ask(asked, to)).statusCode);
  return [...statuses];
}

describe('attack 76: who floods is told to wait, and nobody else', () => {
  test('a system client is one caller, whichever end users it names', async () => {
    const naming = (employeeHsaId: string) =>
      fhir.issuer.token('journalsystem', {
        on_behalf_of: {
          employeeHsaId,
          commissionHsaId: `${employeeHsaId}U`,
          commissionPurpose: 'Vård och behandling',
          healthCareProviderHsaId: 'SE0000000002-A',
          healthCareUnitHsaId: 'SE0000000002-A1',
        },
      });
    expect(await flood({ token: await naming('SE0000000002-2001') })).toEqual([200]);
    expect((await ask({ token: await naming('SE0000000002-2009') })).statusCode).toBe(429);
  });

  test('one caller is answered 429 with Retry-After; others at the same address are not', async () => {
    const nurse = await fhir.issuer.token('ssk-hemsjukvard');
    expect(await flood({ token: nurse })).toEqual([200]);
    const refused = await ask({ token: nurse });
    expect([refused.statusCode, refused.json().issue[0].code]).toEqual([429, 'throttled']);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(60);
    expect(refused.headers['x-content-type-options']).toBe('nosniff');
    for (const other of ['usk-hemtjanst', 'journalsystem'] as const)
      expect((await ask({ token: await fhir.issuer.token(other) })).statusCode).toBe(200);
  });

  test('a new token or another address changes nothing, another client of the same person is another', async () => {
    const renewed = (claims = {}) => fhir.issuer.token('ssk-hemsjukvard', claims);
    await flood({ token: await renewed() });
    expect((await ask({ token: await renewed({ jti: 'new' }), from: '192.0.2.99' })).statusCode).toBe(429);
    expect((await ask({ token: await renewed({ client_id: 'another-app' }) })).statusCode).toBe(200);
  });

  test('after the minute it is answered again', async () => {
    const token = await fhir.issuer.token('journalsystem');
    await flood({ token });
    const wait = Number((await ask({ token })).headers['retry-after']);
    vi.setSystemTime(Date.now() + wait * 1000);
    expect((await ask({ token })).statusCode).toBe(200);
  });

  test('a refused write is not done, and a flood is no flood of audit rows', async () => {
    const token = await fhir.issuer.token('journalsystem');
    await flood({ token });
    const counts = async () =>
      (
        await fhir.database.pool.query(
          'select (select count(*) from audit) audited, (select count(*) from resource) stored',
        )
      ).rows[0];
    const before = await counts();
    const headers = { 'content-type': 'application/fhir+json' };
    expect(await flood({ token, path: '/fhir/Patient', method: 'POST', headers })).toEqual([429]);
    expect(await counts()).toEqual(before);
  });

  test.each<[string, number, Refusal]>([
    ['a format that there is none of', 406, { path: '/fhir/Patient?_format=ttl' }],
    ['a type that there is none of', 404, { path: '/fhir/Nonsense/1' }],
    [
      'a type that the token is not for',
      403,
      { path: '/fhir/Patient/1', claims: { scope: 'user/CarePlan.rs' } },
    ],
    ['a caller without a commission', 403, { claims: { commissionHsaId: undefined } }],
    ['a number that nobody here has', 403, { claims: stranger }],
  ])(
    'so is who asks for %s, and there is an end to the rows of it',
    async (_what, status, { path, claims }) => {
      const token = await fhir.issuer.token('lakare-privat', { jti: 'refused', ...claims });
      const rows = async () => (await fhir.database.pool.query('select count(*) from audit')).rows[0].count;
      const asked = { token, from: '192.0.2.77', ...(path && { path }) };
      expect(await flood(asked, fhir, LIMIT + 1)).toEqual(expect.arrayContaining([status]));
      const before = await rows();
      const verified = vi.spyOn(fhir.issuer.identity, 'actorOf');
      expect(await flood(asked)).toEqual([429]);
      if (!path) expect(verified).not.toHaveBeenCalled();
      verified.mockRestore();
      expect(await rows()).toBe(before);
    },
  );

  test('probes are always answered, and tell the truth during a flood', async () => {
    for (const path of ['/livez', '/readyz']) expect(await flood({ path }, fhir, 3 * LIMIT)).toEqual([200]);
  });

  test('what needs no token is counted by address', async () => {
    expect(await flood({ path: '/fhir/metadata' })).toEqual([200]);
    expect((await ask({ path: '/fhir/metadata' })).statusCode).toBe(429);
    expect((await ask({ path: '/openapi.json' })).statusCode).toBe(429);
    expect((await ask({ path: '/fhir/metadata', from: '192.0.2.2' })).statusCode).toBe(200);
    expect((await ask({ token: await fhir.issuer.token('journalsystem') })).statusCode).toBe(200);
  });

  test('failed logins are counted by address and refused before a token is looked at; callers at work are not', async () => {
    const working = await fhir.issuer.token('ssk-hemsjukvard');
    expect((await ask({ token: working })).statusCode).toBe(200);
    const other = await createTestApp();
    const forged = await other.issuer.token('ssk-hemsjukvard');
    await other.close();
    expect(await flood({ token: forged }, fhir, LIMIT + 1)).toEqual([401]);
    const verified = vi.spyOn(fhir.issuer.identity, 'actorOf');
    expect(await flood({ token: forged })).toEqual([429]);
    expect(await flood({})).toEqual([429]);
    expect(verified).not.toHaveBeenCalled();
    verified.mockRestore();
    expect((await ask({ token: working })).statusCode, 'known already').toBe(200);
    const fresh = await fhir.issuer.token('usk-hemtjanst', { jti: 'fresh' });
    expect((await ask({ token: fresh })).statusCode, 'not known yet').toBe(429);
    expect((await ask({ token: fresh, from: '192.0.2.3' })).statusCode, 'from elsewhere').toBe(200);
  });

  test('X-Forwarded-For is believed of proxies that are configured, and of nobody else', async () => {
    const forwarded = (address: string) => ({
      path: '/fhir/metadata',
      headers: { 'x-forwarded-for': address },
    });
    await flood({ ...forwarded('203.0.113.1') });
    expect((await ask(forwarded('203.0.113.2'))).statusCode).toBe(429);
    await flood({ ...forwarded('203.0.113.1'), from: '10.9.9.1' }, proxied);
    expect((await ask({ ...forwarded('203.0.113.1'), from: '10.9.9.2' }, proxied)).statusCode).toBe(429);
    expect((await ask({ ...forwarded('203.0.113.2'), from: '10.9.9.2' }, proxied)).statusCode).toBe(200);
    expect((await ask({ ...forwarded('evil, 203.0.113.1'), from: '10.9.9.1' }, proxied)).statusCode).toBe(
      429,
    );
  });

  test('an IPv6 customer counts as one, whichever of its addresses it takes', async () => {
    for (let at = 0; at < LIMIT; at++) await ask({ path: '/fhir/metadata', from: `2001:db8:1:2::${at + 1}` });
    expect((await ask({ path: '/fhir/metadata', from: '2001:db8:1:2:ffff::1' })).statusCode).toBe(429);
    expect((await ask({ path: '/fhir/metadata', from: '2001:db8:1:3::1' })).statusCode).toBe(200);
  });
});
