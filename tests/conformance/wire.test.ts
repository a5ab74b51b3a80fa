import { connect } from 'node:net';
import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** What arrives on the socket itself, which inject goes around. */
let fhir: TestApp;
let port: number;
const lines: string[] = [];
beforeAll(async () => {
  fhir = await createTestApp({
    logger: { level: 'info', stream: { write: (line: string) => lines.push(line) } },
  });
  port = Number(new URL(await fhir.app.listen({ host: '127.0.0.1', port: 0 })).port);
});
afterAll(() => fhir.close());

function raw(
  text: string,
): Promise<{ status: number; body: { resourceType?: string; issue?: { code: string }[] } }> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('error', reject);
    socket.on('close', () => {
      const body = answer.slice(answer.indexOf('\r\n\r\n') + 4);
      resolve({ status: Number(answer.slice(9, 12)), body: JSON.parse(body || '{}') });
    });
  });
}

describe('on the wire', () => {
  test.each([
    [400, 'NONSENSE\r\n\r\n'],
    [400, 'GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n'],
    [400, 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n'],
    [431, `GET / HTTP/1.1\r\nHost: a\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`],
    [404, 'GET /nothing HTTP/1.1\r\nConnection: close\r\n\r\n'],
    [401, 'GET /fhir/Patient HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'],
    [404, 'TRACE / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'],
    [404, 'GET /nothing HTTP/1.1\r\nHost: a\r\nExpect: wonders\r\nConnection: close\r\n\r\n'],
  ])('%i, with an OperationOutcome, for %j', async (status, text) => {
    const answer = await raw(text);
    expect([answer.status, answer.body.resourceType]).toEqual([status, 'OperationOutcome']);
  });

  test('a request that does not arrive is 408', async () => {
    fhir.app.server.headersTimeout = 200;
    const answer = await raw('GET /fhir/Patient HTTP/1.1\r\nHost: a\r\n');
    expect([answer.status, answer.body.issue?.[0]?.code]).toEqual([408, 'timeout']);
  });

  test('a Host header decides nothing', async () => {
    const token = await fhir.issuer.token('journalsystem');
    const { body } = await raw(
      `GET /fhir/Patient HTTP/1.1\r\nHost: evil.test\r\nAuthorization: Bearer ${token}\r\nConnection: close\r\n\r\n`,
    );
    expect(JSON.stringify(body)).not.toContain('evil.test');
  });

  test('the log has one line per request with route, status and id, and neither address nor personnummer', async () => {
    const token = await fhir.issuer.token('journalsystem');
    lines.length = 0;
    for (const path of [
      '/fhir/Patient?identifier=194103149805',
      '/fhir/Patient/194103149805',
      '/194103149805?x=19410314-9805',
    ]) {
      await fetch(`http://127.0.0.1:${port}${path}`, { headers: { authorization: `Bearer ${token}` } });
    }
    const logged = lines.map((line) => JSON.parse(line));
    expect(logged.map(({ route, status, method }) => [method, route, status])).toEqual([
      ['GET', '/fhir/:type', 200],
      ['GET', '/fhir/:type/:id', 404],
      ['GET', 'unknown', 404],
    ]);
    expect(logged.every(({ reqId, ms }) => /^[0-9a-f-]{36}$/.test(reqId) && ms >= 0)).toBe(true);
    expect(lines.join('')).not.toMatch(/19410314|9805/);
  });
});
