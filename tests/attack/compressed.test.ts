import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { patient } from '../conformance/resources.ts';
import { raw } from './raw-socket.ts';

describe('attack 74: what is compressed is read as far as the limit and no further', () => {
  let fhir: TestApp;
  let port: number;
  let token: string;
  beforeAll(async () => {
    fhir = await createTestApp();
    port = Number(new URL(await fhir.app.listen({ host: '127.0.0.1', port: 0 })).port);
    token = await fhir.issuer.token('journalsystem');
  });
  afterAll(() => fhir.close());

  const post = (payload: Buffer, encoding: string, path = 'Patient', type = 'application/fhir+json') =>
    raw(
      port,
      `POST /fhir/${path} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${token}\r\nContent-Type: ${type}\r\nContent-Encoding: ${encoding}\r\nContent-Length: ${payload.length}\r\nConnection: close\r\n\r\n${payload.toString('latin1')}`,
    );
  const family = 'Öhman-Ångström';
  const sent = Buffer.from(JSON.stringify(patient({ name: [{ family }] })));
  /** Each member of a gzip file is 10 MB of spaces in 10 kB: 500 of them are 5 GB in 5 MB. */
  const member = gzipSync(Buffer.alloc(10_000_000, 0x20));
  const bomb = Buffer.concat(Array.from({ length: 500 }, () => member));

  test.each([
    ['gzip', gzipSync],
    ['GZIP', gzipSync],
    ['x-gzip', gzipSync],
    ['deflate', deflateSync],
    ['identity', (body: Buffer) => body],
  ] as const)('an honest body of Content-Encoding %s is read', async (encoding, compress) => {
    const { status, text } = await post(compress(sent), encoding);
    expect(status, text).toBe(201);
    expect(Buffer.from(text, 'utf8').toString()).toContain(family);
  });

  test('so is an honest form', async () => {
    const type = 'application/x-www-form-urlencoded';
    const { body } = await post(gzipSync(Buffer.from('_count=0')), 'gzip', 'Patient/_search', type);
    expect(body).toMatchObject({ resourceType: 'Bundle', total: expect.any(Number) });
  });

  test.each([
    ['gzip', bomb],
    ['x-gzip', bomb],
    ['deflate', deflateSync(Buffer.alloc(100_000_000, 0x20))],
  ])('a bomb of Content-Encoding %s is 413 at once, in little memory', async (encoding, payload) => {
    const before = process.memoryUsage().rss;
    const started = performance.now();
    const answer = await post(payload, encoding);
    expect([answer.status, answer.body.resourceType], answer.text).toEqual([413, 'OperationOutcome']);
    expect(performance.now() - started, 'ms').toBeLessThan(2_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(60_000_000);
  });

  test.each([
    ['not compressed', sent],
    ['empty', Buffer.alloc(0)],
    ['cut short', gzipSync(sent).subarray(0, -12)],
    ['with a wrong checksum', Buffer.concat([gzipSync(sent).subarray(0, -8), Buffer.alloc(8)])],
    ['of another format', deflateSync(sent)],
    ['of no format', deflateRawSync(sent)],
    ['not UTF-8', gzipSync(Buffer.from([0x7b, 0xff, 0x7d]))],
    ['of gzip once more', gzipSync(gzipSync(sent))],
  ])('what is %s is 400', async (_name, payload) => {
    const answer = await post(payload, 'gzip');
    expect([answer.status, answer.body.resourceType], answer.text).toEqual([400, 'OperationOutcome']);
  });

  test.each(['br', 'zstd', 'compress', 'gzip, gzip', 'identity, gzip', 'gzip;q=1', '*', ''])(
    'Content-Encoding %s is 415',
    async (encoding) => {
      const payload = encoding === 'br' ? brotliCompressSync(sent) : member;
      const answer = await post(payload, encoding);
      expect([answer.status, answer.body.resourceType], answer.text).toEqual([415, 'OperationOutcome']);
    },
  );

  test('without a token, or where nothing is, nothing is decompressed', async () => {
    for (const [path, status] of [
      ['fhir/Patient', 401],
      ['fhir/nothing/at/all', 401],
      ['nothing', 404],
    ] as const) {
      const before = process.cpuUsage();
      const answer = await raw(
        port,
        `POST /${path} HTTP/1.1\r\nHost: a\r\nContent-Type: application/fhir+json\r\nContent-Encoding: gzip\r\nContent-Length: ${member.length}\r\nConnection: close\r\n\r\n${member.toString('latin1')}`,
      );
      expect(answer.status).toBe(status);
      expect(process.cpuUsage(before).user / 1_000, 'ms').toBeLessThan(50);
    }
  });

  test('nor as a transfer coding', async () => {
    const answer = await raw(
      port,
      `POST /fhir/Patient HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/fhir+json\r\nTransfer-Encoding: gzip, chunked\r\nConnection: close\r\n\r\n${member.length.toString(16)}\r\n${member.toString('latin1')}\r\n0\r\n\r\n`,
    );
    expect([400, 415, 501], answer.text).toContain(answer.status);
  });
});
