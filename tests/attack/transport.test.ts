import { createTestApp, type TestApp, type TestRequest } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { patient } from '../conformance/resources.ts';
import { raw } from './raw-socket.ts';

let fhir: TestApp;
let port: number;
let id: string;
let token: string;
beforeAll(async () => {
  fhir = await createTestApp();
  port = Number(new URL(await fhir.app.listen({ host: '127.0.0.1', port: 0 })).port);
  id = (await fhir.ask('POST', '/Patient', { body: patient() })).json.id;
  token = await fhir.issuer.token('journalsystem');
});
afterAll(() => fhir.close());

describe('attack 67: an address that names nothing is 400 or 404', () => {
  test.each([
    '/Patient/..%2f..%2fetc%2fpasswd',
    '/Patient/%2e%2e',
    '/Patient/..',
    '/../Patient/1',
    '/Patient/%00',
    '/Patient/a%00',
    `/Patient/${'x'.repeat(65)}`,
    '/Patient/a_b',
    '/Patient/a%20b',
    '/Patient/%ZZ',
    '/Patient/%C0%AE',
    '/Patient/å',
    '/Patient/1;DELETE',
    '/Patient/1/_history/0',
    '/Patient/1/_history/-1',
    '/Patient/1/_history/99999999999999999999',
    '/Patient/1/_history/1.0',
    '/constructor',
    '/toString/1',
    '/__proto__',
    '/hasOwnProperty/1/_history',
    '/patient/1',
    '/Patient//1',
    '//Patient/1',
    '/Resource/1',
    '/DomainResource',
    '/Element/1',
    '/Patient/1/constructor',
    '/$__proto__',
    '/Patient/$constructor',
    '/%50atient%2f1',
  ])('%s', async (path) => {
    for (const method of ['GET', 'DELETE', 'PUT', 'PATCH']) {
      const answer = await raw(
        port,
        `${method} /fhir${path} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${token}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
      );
      expect([400, 404, 405, 415], `${method} ${answer.text}`).toContain(answer.status);
      expect(answer.body.resourceType).toBe('OperationOutcome');
      expect(answer.text.toLowerCase(), 'every answer has the headers').toContain(
        'x-content-type-options: nosniff',
      );
    }
  });

  test.each([
    '/fhir/Patient/a%2Fb',
    '/fhir/Patient/a%2f_history%2f1',
    '/fhir/Patient%2F1',
    '/fhir/Patient/a%5Cb',
    '/fhir/Patient/a%00',
    '/fhir/Patient/%0d%0aX-A:%20b',
    '/fhir/Patient/a%1b%5B31m',
    '/fhir/Patient/a%7f',
    '/fhir/Patient/1/_history/1%00',
    '/fhir/Patient/%00/CareTeam',
    '/fhir/Patient/1/$everything%00',
    '/fhir/$reindex%2f',
    '/fhir/%2e%2e%2fPatient',
    '/fhir/Patient/%C0%AF',
    '/fhir/Patient/%E0%80%AF',
    '/fhir/Patient/%F0%80%80%AF',
    '/fhir/Patient/%ED%A0%80',
    '/fhir/%C0%AE%C0%AE/Patient',
    '/nothing%2f',
    '/nothing/%C0%AF',
  ])('%s has what no path has, and is 400', async (path) => {
    for (const method of ['GET', 'POST', 'DELETE', 'PUT', 'PATCH']) {
      const answer = await raw(
        port,
        `${method} ${path} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${token}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
      );
      expect([answer.status, answer.body.resourceType], `${method} ${answer.text}`).toEqual([
        400,
        'OperationOutcome',
      ]);
    }
  });
});

describe('attack 68: the method is the one of the request line', () => {
  test.each(['x-http-method-override', 'x-http-method', 'x-method-override', '_method'])(
    'whatever %s says',
    async (header) => {
      const created = (await fhir.ask('POST', '/Patient', { body: patient() })).json.id;
      for (const [method, path] of [
        ['GET', `/Patient/${created}`],
        ['GET', `/Patient/${created}?_method=DELETE`],
        ['POST', '/Patient/_search'],
      ] as const) {
        const request: TestRequest = { headers: { [header]: 'DELETE' } };
        if (method === 'POST')
          Object.assign(request, { body: '_method=DELETE', type: 'application/x-www-form-urlencoded' });
        await fhir.ask(method, path, request);
      }
      expect((await fhir.ask('GET', `/Patient/${created}`)).status).toBe(200);
    },
  );

  test.each(['TRACE', 'CONNECT', 'PROPFIND', 'PURGE', 'LOCK', 'SEARCH', 'QUERY', 'NONSENSE', 'get'])(
    '%s does nothing',
    async (method) => {
      const answer = await raw(
        port,
        `${method} /fhir/Patient/${id} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${token}\r\nX-Secret: reflected\r\nConnection: close\r\n\r\n`,
        1_000,
      );
      expect([0, 400, 404, 405], answer.text).toContain(answer.status);
      expect(answer.text).not.toContain('reflected');
    },
  );

  test('HEAD is GET without a body: same status and headers, same right, same audit', async () => {
    for (const path of [
      `/Patient/${id}`,
      '/Patient/unknown',
      '/Patient?name=Testberg',
      '/Banana',
      '/metadata',
      `/Patient/${id}/_history`,
    ]) {
      const [head, get] = [await fhir.ask('HEAD', path), await fhir.ask('GET', path)];
      const comparable = ({
        headers: { date, 'x-request-id': _, 'content-length': __, ...rest },
      }: typeof get) => rest;
      expect([head.status, head.text, comparable(head)]).toEqual([get.status, '', comparable(get)]);
    }
    expect((await fhir.ask('HEAD', `/Patient/${id}`, { as: null })).status).toBe(401);
    await fhir.ask('HEAD', `/Patient/${id}`, { headers: { 'x-request-id': 'head-68' } });
    const { rows } = await fhir.database.pool.query(
      `select interaction from audit where request = 'head-68'`,
    );
    expect(rows).toEqual([{ interaction: 'read' }]);
  });
});

describe('attack 69: a request whose end is doubtful is refused and its socket closed', () => {
  const post = (headers: string, body: string) =>
    `POST /fhir/Patient HTTP/1.1\r\nHost: a\r\nContent-Type: application/fhir+json\r\n${headers}\r\n\r\n${body}`;
  const smuggled = 'GET /fhir/metadata HTTP/1.1\r\nHost: a\r\n\r\n';

  test.each([
    [
      'Content-Length and Transfer-Encoding',
      post('Content-Length: 4\r\nTransfer-Encoding: chunked', `0\r\n\r\n${smuggled}`),
    ],
    [
      'Transfer-Encoding and Content-Length',
      post('Transfer-Encoding: chunked\r\nContent-Length: 4', `0\r\n\r\n${smuggled}`),
    ],
    ['two different lengths', post('Content-Length: 0\r\nContent-Length: 40', smuggled)],
    ['a list of lengths', post('Content-Length: 0, 40', smuggled)],
    ['a negative length', post('Content-Length: -1', smuggled)],
    ['a length with a plus sign', post('Content-Length: +0', smuggled)],
    ['a space before the colon', post('Transfer-Encoding : chunked', `0\r\n\r\n${smuggled}`)],
    ['an unknown coding', post('Transfer-Encoding: xchunked', `0\r\n\r\n${smuggled}`)],
    ['chunked twice, first', post('Transfer-Encoding: chunked, identity', `0\r\n\r\n${smuggled}`)],
    ['a header folded', post('X-A: b\r\n Transfer-Encoding: chunked\r\nContent-Length: x', smuggled)],
    ['bare line feeds', `GET /fhir/metadata HTTP/1.1\nHost: a\n\n${smuggled}`],
    ['a bare carriage return', `GET /fhir/metadata HTTP/1.1\r\nHost: a\rX: b\r\n\r\n${smuggled}`],
    ['a NUL in a header', `GET /fhir/metadata HTTP/1.1\r\nHost: a\r\nX-A: b\u0000c\r\n\r\n${smuggled}`],
    ['a chunk of no size', post('Transfer-Encoding: chunked', `zz\r\n\r\n${smuggled}`)],
    ['a chunk of a huge size', post('Transfer-Encoding: chunked', `fffffffffffffffff\r\n\r\n${smuggled}`)],
    ['HTTP/2 without asking', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    [
      '17 kB of headers',
      `GET /fhir/metadata HTTP/1.1\r\nHost: a\r\nX-A: ${'x'.repeat(17_000)}\r\n\r\n${smuggled}`,
    ],
    ['17 kB of address', `GET /fhir/metadata?${'x'.repeat(17_000)} HTTP/1.1\r\nHost: a\r\n\r\n${smuggled}`],
  ])('%s', async (_name, text) => {
    const answer = await raw(port, text, 2_000);
    expect([400, 431], answer.text).toContain(answer.status);
    expect(answer.body.resourceType, 'one answer, and nothing after it').toBe('OperationOutcome');
    expect(answer.text.match(/HTTP\/1\.1 \d/g)).toHaveLength(1);
    expect(answer.text.toLowerCase()).toContain('x-content-type-options: nosniff');
  });

  test('a hundred thousand headers are cut or refused', async () => {
    const answer = await raw(
      port,
      `GET /fhir/metadata HTTP/1.1\r\nHost: a\r\n${'a: b\r\n'.repeat(100_000)}\r\n`,
      3_000,
    );
    expect(answer.status).toBe(431);
  });

  const head = (lines: string, path = '/fhir/Patient?_count=0') =>
    `GET ${path} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${token}\r\nConnection: close\r\n${lines}\r\n`;

  test('a hundred headers are read and more are 431, before one of them is passed over', async () => {
    const some = (count: number) => Array.from({ length: count }, (_, at) => `X-${at}: b\r\n`).join('');
    expect((await raw(port, head(some(97)))).status).toBe(200);
    for (const count of [98, 1_000]) {
      const answer = await raw(port, head(some(count)));
      expect([answer.status, answer.body.resourceType]).toEqual([431, 'OperationOutcome']);
    }
  });

  test('a long address is read, and one too long is 414', async () => {
    const path = (length: number) =>
      `/fhir/Patient?_count=0${`&name=${'x'.repeat(494)}`.repeat(length / 500)}`;
    expect((await raw(port, head('', path(10_000)))).status).toBe(200);
    const answer = await raw(port, head('', path(14_000)));
    expect([answer.status, answer.body.issue?.[0]?.code]).toEqual([414, 'too-long']);
  });

  test.each([
    ['Content-Type', 'application/fhir+json', 'text/plain', 415],
    ['Content-Type', 'text/plain', 'application/fhir+json', 415],
    ['content-type', 'application/fhir+json', 'application/fhir+json', 415],
    ['Content-Encoding', 'identity', 'gzip', 415],
    ['If-None-Exist', 'identifier=a|b', 'identifier=c|d', 400],
    ['Authorization', 'Bearer x', 'Bearer y', 400],
    ['DPoP', 'x', 'y', 400],
  ])('%s said twice, as %s and as %s, is %i', async (name, one, other, status) => {
    const body = JSON.stringify(patient());
    const type = name.toLowerCase() === 'content-type' ? '' : 'Content-Type: application/fhir+json\r\n';
    const answer = await raw(
      port,
      `POST /fhir/Patient HTTP/1.1\r\nHost: a\r\n${name === 'Authorization' ? '' : `Authorization: Bearer ${token}\r\n`}${type}${name}: ${one}\r\n${name.toUpperCase()}: ${other}\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    expect([answer.status, answer.body.resourceType], answer.text).toEqual([status, 'OperationOutcome']);
  });
});
