import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { openStore, type Store } from '@naravard/store';
import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { bundle, careTeam, patient, post } from '../conformance/resources.ts';
import { raw } from './raw-socket.ts';

const form = 'application/x-www-form-urlencoded';

describe('attack 73: what one request may ask for has an end', () => {
  let fhir: TestApp;
  beforeAll(async () => {
    fhir = await createTestApp({ limits: { included: 5 } });
    for (let at = 0; at < 12; at++) {
      const partOf = { reference: `Organization/unit-${at === 0 ? 11 : at - 1}` };
      const body = { resourceType: 'Organization', id: `unit-${at}`, name: `unit ${at}`, partOf };
      expect((await fhir.ask('PUT', `/Organization/unit-${at}`, { body })).status).toBe(201);
    }
  });
  afterAll(() => fhir.close());

  test('a _count beyond the page size is cut to it, none below 0 is taken', async () => {
    const self = async (count: string) => {
      const { status, json } = await fhir.ask('GET', `/Organization?_count=${count}`);
      return [status, json.link?.[0].url.split('_count=')[1], json.entry?.length];
    };
    expect(await self('1000000')).toEqual([200, '1000', 12]);
    expect(await self('999999999')).toEqual([200, '1000', 12]);
    expect(await self('0')).toEqual([200, '0', undefined]);
    for (const count of ['-1', '1e6', '0x10', '1.5', 'all', ''])
      expect((await fhir.ask('GET', `/Organization?_count=${count}`)).status, count).toBeLessThan(500);
    for (const count of ['-1', '9'.repeat(30)]) expect((await self(count))[0]).toBe(400);
  });

  test('references that go round are followed no further than the limit', async () => {
    for (const include of [
      '_include:iterate=Organization:partof',
      '_revinclude:iterate=Organization:partof',
      '_include:iterate=*',
      '_revinclude:iterate=*',
    ]) {
      const { status, json } = await fhir.ask('GET', `/Organization?_id=unit-6&${include}`);
      expect([200, 400, 422]).toContain(status);
      const included = (json.entry ?? []).filter(
        (entry: { search: { mode: string } }) => entry.search.mode === 'include',
      );
      expect(included.length, include).toBeLessThanOrEqual(5);
    }
  });

  const links = (count: number) => Array.from({ length: count }, () => 'partof').join('.');
  test.each([
    ['a chain of 10 links', `/Organization?${links(10)}.name=x`],
    ['a chain of 500 links', `/Organization?${links(500)}.name=x`],
    ['_has within _has ten times', `/Organization?${'_has:Organization:partof:'.repeat(10)}name=x`],
    ['a filter of 200 levels', `/Organization?_filter=${'('.repeat(200)}name eq x${')'.repeat(200)}`],
    ['40 sort keys', `/Organization?_sort=${'name,'.repeat(39)}name`],
  ])('%s: 400 or 422', async (_name, path) => {
    const { status, json } = await fhir.ask('GET', path.replaceAll(' ', '%20'));
    expect([400, 422], JSON.stringify(json).slice(0, 300)).toContain(status);
    expect(json.issue[0].diagnostics.length).toBeGreaterThan(10);
  });

  test.each([
    ['5,000 values joined by or', `name=${Array.from({ length: 5_000 }, (_, at) => `n${at}`)}`],
    ['5,000 parameters', Array.from({ length: 5_000 }, (_, at) => `name=n${at}`).join('&')],
    ['200,000 ids', `_id=${Array.from({ length: 200_000 }, (_, at) => at)}`],
    ['a million separators', `name=${','.repeat(1_000_000)}`],
    ['a million ampersands and one', `${'&'.repeat(1_000_000)}name=${'x,'.repeat(5_000)}`],
  ])('%s: 400, 413 or 422, soon', async (_name, body) => {
    const started = performance.now();
    const { status } = await fhir.ask('POST', '/Organization/_search', { body, type: form });
    expect([400, 413, 422]).toContain(status);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  test('Bundles of too many entries, and Bundles in Bundles, do nothing', async () => {
    const entries = Array.from({ length: 10_000 }, () => post(patient()));
    for (const type of ['batch', 'transaction'] as const) {
      const { status } = await fhir.ask('POST', '', { body: bundle(type, entries) });
      expect([400, 413, 422]).toContain(status);
    }
    const inner = bundle('batch', [post(patient())]);
    const nested = { resource: inner, request: { method: 'POST', url: '' } };
    const { status, json } = await fhir.ask('POST', '', { body: bundle('batch', [nested]) });
    expect(status === 400 || json.entry[0].response.status.startsWith('4')).toBe(true);
    expect((await fhir.ask('GET', '/Patient?_count=0')).json.total).toBe(0);
  });

  test('10,000 operations of a patch are refused or done soon', async () => {
    const { json } = await fhir.ask('POST', '/Patient', { body: patient() });
    const started = performance.now();
    const body = Array.from({ length: 10_000 }, () => ({ op: 'add', path: '/name/0/given/0', value: 'x' }));
    const answer = await fhir.ask('PATCH', `/Patient/${json.id}`, {
      body,
      type: 'application/json-patch+json',
    });
    expect([400, 413, 422], answer.text.slice(0, 200)).toContain(answer.status);
    const copies = Array.from({ length: 40 }, () => ({ op: 'copy', from: '/name', path: '/name/-' }));
    const grown = await fhir.ask('PATCH', `/Patient/${json.id}`, {
      body: copies,
      type: 'application/json-patch+json',
    });
    expect(grown.status).toBeLessThan(500);
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});

describe('attack 74: nothing is decompressed', () => {
  let fhir: TestApp;
  let port: number;
  beforeAll(async () => {
    fhir = await createTestApp();
    port = Number(new URL(await fhir.app.listen({ host: '127.0.0.1', port: 0 })).port);
  });
  afterAll(() => fhir.close());

  test.each(['gzip', 'GZIP', 'deflate', 'br', 'zstd', 'compress', 'gzip, gzip', 'identity, gzip', 'x-gzip'])(
    'a bomb of Content-Encoding %s is 415 at once',
    async (encoding) => {
      const bomb = gzipSync(Buffer.alloc(50_000_000, 0x20)).toString('latin1');
      const token = await fhir.issuer.token('journalsystem');
      const before = process.memoryUsage().rss;
      const answer = await raw(
        port,
        `POST /fhir/Patient HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/fhir+json\r\nContent-Encoding: ${encoding}\r\nContent-Length: ${bomb.length}\r\nConnection: close\r\n\r\n${bomb}`,
      );
      expect([answer.status, answer.body.resourceType]).toEqual([415, 'OperationOutcome']);
      expect(process.memoryUsage().rss - before).toBeLessThan(40_000_000);
    },
  );

  test('nor as a transfer coding', async () => {
    const token = await fhir.issuer.token('journalsystem');
    const bomb = gzipSync(Buffer.alloc(1_000_000, 0x20)).toString('latin1');
    const answer = await raw(
      port,
      `POST /fhir/Patient HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/fhir+json\r\nTransfer-Encoding: gzip, chunked\r\nConnection: close\r\n\r\n${bomb.length.toString(16)}\r\n${bomb}\r\n0\r\n\r\n`,
    );
    expect([400, 415, 501], answer.text).toContain(answer.status);
  });
});

describe('attack 75: sockets that do nothing, or nothing fast, are closed and slow nobody else down', () => {
  let fhir: TestApp;
  let port: number;
  let open: Socket[] = [];
  beforeAll(async () => {
    fhir = await createTestApp();
    const { server } = fhir.app;
    server.headersTimeout = 400;
    server.requestTimeout = 800;
    server.timeout = 1_500;
    port = Number(new URL(await fhir.app.listen({ host: '127.0.0.1', port: 0 })).port);
  });
  afterEach(() => {
    for (const socket of open) socket.destroy();
    open = [];
  });
  afterAll(() => fhir.close());

  /** A socket, what the server said on it, and when it was closed. */
  const dial = (first: string, read = true) =>
    new Promise<{ socket: Socket; closed: Promise<string> }>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      let said = '';
      const closed = new Promise<string>((done) => socket.on('close', () => done(said)));
      if (read)
        socket.on('data', (chunk) => {
          said += chunk;
        });
      socket.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') reject(error);
      });
      socket.on('connect', () => {
        open.push(socket);
        if (first) socket.write(first);
        resolve({ socket, closed });
      });
    });

  /** A piece every 50 ms until the server has enough. */
  const drip = (socket: Socket, piece: string) => {
    const timer = setInterval(() => socket.writable && socket.write(piece), 50);
    socket.on('close', () => clearInterval(timer));
  };

  test('headers that come a few bytes at a time are 408', async () => {
    const { socket, closed } = await dial('GET /fhir/metadata HTTP/1.1\r\nHost: a\r\n');
    drip(socket, 'X-A: b\r\n');
    expect(await closed).toMatch(/^HTTP\/1\.1 408 /);
  });

  test('a body that comes a few bytes at a time is 408, and nothing of it is stored', async () => {
    const token = await fhir.issuer.token('journalsystem');
    const { socket, closed } = await dial(
      `POST /fhir/Patient HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/fhir+json\r\nContent-Length: 100000\r\n\r\n{`,
    );
    drip(socket, ' ');
    expect(await closed).toMatch(/^HTTP\/1\.1 408 /);
    expect((await fhir.ask('GET', '/Patient?_count=0')).json.total).toBe(0);
  });

  test('a TLS handshake, a proxy preface and silence are closed', async () => {
    for (const first of ['\u0016\u0003\u0001', 'PROXY TCP4 1.1.1.1 2.2.2.2 1 2\r\n', '']) {
      const { closed } = await dial(first);
      await closed;
    }
  });

  test('who asks for much and reads nothing is cut off', async () => {
    const { closed, socket } = await dial('', false);
    socket.pause();
    const gone = new Promise((done) =>
      fhir.app.server.once('request', (request) => request.socket.once('close', done)),
    );
    socket.write('GET /fhir/metadata HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(100));
    await gone;
    socket.resume();
    await closed;
  });

  test('5,000 idle sockets are closed within the time for headers, and others are answered meanwhile', async () => {
    const token = await fhir.issuer.token('journalsystem');
    const { json } = await fhir.ask('POST', '/Patient', { body: patient() });
    const idle: Awaited<ReturnType<typeof dial>>[] = [];
    // No more at once than the queue of the listening socket holds.
    while (idle.length < 5_000) {
      const some = Array.from({ length: 250 }, (_, at) => dial(at % 2 ? '' : 'GET /fhir/Pat'));
      idle.push(...(await Promise.all(some)));
    }
    const times: number[] = [];
    for (let at = 0; at < 50; at++) {
      const started = performance.now();
      const answer = await fetch(`http://127.0.0.1:${port}/fhir/Patient/${json.id}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      expect(answer.status).toBe(200);
      await answer.text();
      times.push(performance.now() - started);
    }
    times.sort((a, b) => a - b);
    expect(times[25], 'median, ms').toBeLessThan(50);
    await Promise.all(idle.map(({ closed }) => closed));
  }, 60_000);
});

describe('attack 77: what runs too long in the database is cancelled there', () => {
  let fhir: TestApp;
  let hasty: TestApp;
  let store: Store;
  beforeAll(async () => {
    fhir = await createTestApp();
    store = await openStore({ url: fhir.database.url, statementTimeout: 200 });
    hasty = await createTestApp({ store });
    const { json } = await fhir.ask('POST', '/Patient', { body: patient() });
    await fhir.ask('POST', '/CareTeam', { body: careTeam(`Patient/${json.id}`) });
    // Rows that are slow to read stand in for a great deal of them.
    await fhir.database.pool.query(`
      create function slowly() returns boolean language plpgsql volatile as $$ begin perform pg_sleep(30); return true; end $$;
      alter table text_value rename to text_value_kept;
      create view text_value as select * from text_value_kept where slowly();
      grant all on text_value to naravard_service`);
  });
  afterAll(async () => {
    await hasty.close();
    await store.close();
    await fhir.close();
  });

  test.each([
    '/Patient?name:contains=estber',
    '/Patient?_sort=family',
    '/Patient?name=x&_total=accurate',
    '/CareTeam?subject:Patient.name:contains=x',
    '/CareTeam?subject:Patient.name=x',
    '/Patient?name:missing=true',
    '/Patient?_filter=name%20co%20x',
  ])('%s', async (path) => {
    const started = performance.now();
    const { status, json } = await hasty.ask('GET', path);
    expect([422, 503]).toContain(status);
    expect(json.issue[0].code).toMatch(/^(too-costly|transient)$/);
    expect(performance.now() - started).toBeLessThan(3_000);
    const { rows } = await fhir.database.pool.query(
      `select query from pg_stat_activity where application_name = 'naravard' and datname = current_database() and state = 'active'`,
    );
    expect(rows, 'no backend goes on').toEqual([]);
  });

  test('conditions of writes too, and nothing is written', async () => {
    for (const request of [
      hasty.ask('POST', '/Patient', {
        body: patient(),
        headers: { 'if-none-exist': 'name:contains=estber' },
      }),
      hasty.ask('DELETE', '/Patient?name:contains=estber'),
      hasty.ask('POST', '', {
        body: bundle('transaction', [post(patient(), undefined, { ifNoneExist: 'name:contains=estber' })]),
      }),
    ]) {
      const { status, json } = await request;
      expect([422, 503], JSON.stringify(json)).toContain(status);
    }
    expect((await fhir.ask('GET', '/Patient?_count=0')).json.total).toBe(1);
  });
});
