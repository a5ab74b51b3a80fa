import { connect, type Socket } from 'node:net';
import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { patient } from '../conformance/resources.ts';

/** Milliseconds; the service has ten times these. */
const patience = { headersMs: 400, bodyMs: 400, bodyBytes: 8_192, checkMs: 50, idleMs: 1_500 };

describe('attack 75: sockets that do nothing, or nothing fast, are closed and slow nobody else down', () => {
  let fhir: TestApp;
  let port: number;
  let token: string;
  let open: Socket[] = [];
  beforeAll(async () => {
    fhir = await createTestApp({ hardening: { patience } });
    token = await fhir.issuer.token('journalsystem');
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

  /** The head of a request that creates a Patient of `length` bytes, or in chunks. */
  const create = (length?: number) =>
    `POST /fhir/Patient HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/fhir+json\r\n${length === undefined ? 'Transfer-Encoding: chunked' : `Content-Length: ${length}`}\r\n\r\n`;
  const stored = async () => (await fhir.ask('GET', '/Patient?_count=0')).json.total;

  test.each([
    ['a few bytes at a time', () => `${create(100_000)}{`, ' '],
    ['in chunks of one byte', () => create(), '1\r\n \r\n'],
    ['not at all', () => create(100_000), ''],
    ['fast at first and then not', () => `${create(100_000)}${' '.repeat(50_000)}`, ''],
    ['without its end', () => `${create(100_000)}${' '.repeat(99_999)}`, ''],
  ])('a body that comes %s is 408 in time, and nothing of it is stored', async (_how, first, piece) => {
    const before = await stored();
    const started = performance.now();
    const { socket, closed } = await dial(first());
    if (piece) drip(socket, piece);
    const said = await closed;
    expect(said).toMatch(/^HTTP\/1\.1 408 /);
    expect(said).toContain('OperationOutcome');
    expect(said.toLowerCase()).toContain('x-content-type-options: nosniff');
    expect(performance.now() - started, 'ms').toBeLessThan(1_000);
    expect(await stored()).toBe(before);
  });

  test('a body that goes on is stored, though it takes many times that', async () => {
    const text = JSON.stringify(patient());
    const padding = 10 * patience.bodyBytes;
    const { socket, closed } = await dial(
      create(padding + text.length).replace('Host: a', 'Host: a\r\nConnection: close'),
    );
    for (let at = 0; at < 10; at++) {
      socket.write(' '.repeat(patience.bodyBytes));
      await new Promise((done) => setTimeout(done, patience.bodyMs / 2));
    }
    socket.write(text);
    expect(await closed).toMatch(/^HTTP\/1\.1 201 /);
  });

  test('a slow body of a caller who has been refused keeps no socket', async () => {
    const { socket, closed } = await dial(create(100_000).replace(/Authorization[^\r]+\r\n/, ''));
    drip(socket, ' ');
    expect(await closed).toMatch(/^HTTP\/1\.1 401 /);
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

describe('attack 75: with the times of the service', () => {
  test('slow headers, slow bodies and silence end within 5 s', async () => {
    const fhir = await createTestApp();
    const port = Number(new URL(await fhir.app.listen({ host: '127.0.0.1', port: 0 })).port);
    const token = await fhir.issuer.token('journalsystem');
    const lasted = (first: string, piece: string) =>
      new Promise<{ seconds: number; said: string }>((resolve, reject) => {
        const started = performance.now();
        let said = '';
        const socket = connect(port, '127.0.0.1', () => first && socket.write(first));
        const timer = setInterval(() => piece && socket.writable && socket.write(piece), 100);
        socket.on('data', (chunk) => {
          said += chunk;
        });
        socket.on('error', (error: NodeJS.ErrnoException) => {
          if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') reject(error);
        });
        socket.on('close', () => {
          clearInterval(timer);
          resolve({ seconds: (performance.now() - started) / 1_000, said });
        });
      });
    const body = `POST /fhir/Patient HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/fhir+json\r\nContent-Length: 100000\r\n\r\n`;
    const answers = await Promise.all([
      lasted('GET /fhir/metadata HTTP/1.1\r\nHost: a\r\n', 'X-A: b\r\n'),
      lasted(body, ' '),
      lasted('GET /fhir/meta', ''),
      lasted('', ''),
    ]);
    expect(Math.max(...answers.map(({ seconds }) => seconds))).toBeLessThan(5);
    expect(Math.min(...answers.map(({ seconds }) => seconds))).toBeGreaterThan(3);
    for (const { said } of answers.slice(0, 2)) expect(said).toMatch(/^HTTP\/1\.1 408 /);
    await fhir.close();
  }, 20_000);
});
