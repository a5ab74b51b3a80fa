import { createGzip } from 'node:zlib';
import type { PersonaId, TestApp } from '@naravard/testkit';
import { createTestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { memory } from '../conformance/fuzz-watch.ts';
import { fileOf, imported, newId, outcomesOf, told, uploading } from '../conformance/imported-file.ts';
import { patient } from '../conformance/resources.ts';

// A file of any length is read from whoever has a token of a system: it must not fill memory, keep a connection for ever, or
// tell one what another has sent.

const MB = 1_000_000;
/** Milliseconds; the service has ten times these. */
const patience = { headersMs: 400, bodyMs: 400, bodyBytes: 8_192, checkMs: 50, idleMs: 15_000 };

let fhir: TestApp;
let port: number;
beforeAll(async () => {
  fhir = await createTestApp({ limits: { bodyBytes: 1 * MB }, hardening: { patience } });
  port = Number(new URL(await fhir.app.listen({ host: '127.0.0.1', port: 0 })).port);
  await imported(fhir, newId(), fileOf([patient()]));
});
afterAll(() => fhir.close());

/** Highest growth of the memory of this process while something is done, in bytes. */
async function grown(work: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage().rss;
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 10);
  await work().finally(() => clearInterval(timer));
  return most - before;
}

describe('a file', () => {
  test('of 50 MB leaves nothing in memory, and takes no more than 200 MB on its way', async () => {
    const id = newId();
    const note = 'x'.repeat(9_500);
    const line = (n: number) => {
      const text = n % 5 === 0 ? patient({ id: `big-${n}`, gender: 'none' }) : patient({ id: `big-${n}` });
      return JSON.stringify({ ...text, contact: [{ name: { text: note } }] });
    };
    const { heap } = memory();
    /** Of the second half of the file, between the lines that are just being written. */
    let held = Number.POSITIVE_INFINITY;
    const growth = await grown(async () => {
      const upload = await uploading(fhir, port, id);
      for (let n = 0; n < 5_200; n += 20) {
        await upload.write(fileOf(Array.from({ length: 20 }, (_, at) => line(n + at))));
        if (n > 2_600 && n % 200 === 0) held = Math.min(held, memory().heap - heap);
      }
      upload.request.end();
      const { status, text } = await upload.answer;
      expect([status, text.slice(0, 40)]).toEqual([200, expect.stringContaining('Parameters')]);
    });
    expect(growth).toBeLessThan(200 * MB);
    expect(held).toBeLessThan(20 * MB);
    expect(told(await fhir.ask('GET', `/$import/${id}`))).toMatchObject({ created: 4_160, refused: 1_040 });
    expect(await grown(() => outcomesOf(fhir, id))).toBeLessThan(60 * MB);
  }, 120_000);

  test('of a million empty lines is read at once and is no resource', async () => {
    const started = performance.now();
    const answer = await imported(fhir, newId(), '\n'.repeat(1_000_000));
    expect(told(answer)).toMatchObject({ lines: 0, line: 0 });
    expect(performance.now() - started, 'ms').toBeLessThan(2_000);
  });

  test.each([
    ['a line that never ends', Buffer.alloc(64 * 1024, 0x20)],
    ['empty lines that never end', Buffer.alloc(64 * 1024, 0x0a)],
    ['zeros that never end', Buffer.alloc(64 * 1024)],
  ])('of %s is 413 after some of it, in little memory', async (_name, piece) => {
    const id = newId();
    const growth = await grown(async () => {
      const upload = await uploading(fhir, port, id);
      let isAnswered = false;
      void upload.answer.then(() => {
        isAnswered = true;
      });
      while (!isAnswered) await upload.write(piece);
      const { status, text } = await upload.answer;
      expect([status, JSON.parse(text).issue[0].code]).toEqual([413, 'too-long']);
    });
    expect(growth).toBeLessThan(60 * MB);
    expect(told(await fhir.ask('GET', `/$import/${id}`)).state).toBe('interrupted');
  });

  test('whose lines are too long is passed over, and what stands between them is written', async () => {
    const long = `{"resourceType":"Patient","name":[{"text":"${'x'.repeat(2 * MB)}"}]}`;
    const id = newId();
    const answer = await imported(fhir, id, fileOf([long, patient(), long, patient(), long]));
    expect(told(answer)).toMatchObject({ created: 2, refused: 3 });
    expect((await outcomesOf(fhir, id)).map(({ line, status }) => [line, status])).toEqual([
      [1, 413],
      [3, 413],
      [5, 413],
    ]);
  });

  test.each([
    ['spaces', Buffer.alloc(MB, 0x20)],
    ['empty lines', Buffer.alloc(MB, 0x0a)],
  ])('that is a bomb of %s is 413 at once, in little memory', async (_name, piece) => {
    const gzip = createGzip();
    const parts: Buffer[] = [];
    gzip.on('data', (part) => parts.push(part));
    for (let n = 0; n < 300; n++)
      if (!gzip.write(piece)) await new Promise((resolve) => gzip.once('drain', resolve));
    await new Promise((resolve) => gzip.once('end', resolve).end());
    const started = performance.now();
    const growth = await grown(async () => {
      const headers = { 'content-encoding': 'gzip' };
      const { status } = await imported(fhir, newId(), Buffer.concat(parts), { headers });
      expect(status).toBe(413);
    });
    expect(performance.now() - started, 'ms').toBeLessThan(2_000);
    expect(growth).toBeLessThan(60 * MB);
  });

  test('of refusals is read as far as ten thousand, and no further', async () => {
    const id = newId();
    const { status, json } = await imported(fhir, id, '{}\n'.repeat(12_000));
    expect([status, json.issue[0].diagnostics]).toEqual([
      422,
      expect.stringMatching(/^10000 lines are refused/),
    ]);
    expect(told(await fhir.ask('GET', `/$import/${id}`))).toMatchObject({ refused: 10_000, line: 10_000 });
    expect((await imported(fhir, id, '{}\n'.repeat(12_000))).status).toBe(422);
    expect(told(await fhir.ask('GET', `/$import/${id}`))).toMatchObject({ refused: 10_000 });
  });

  test.each([
    ['not compressed', Buffer.from(fileOf([patient()]))],
    ['cut short', Buffer.from('1f8b0800', 'hex')],
  ])('that is %s where it says gzip is 400', async (_name, file) => {
    const { status, json } = await imported(fhir, newId(), file, { headers: { 'content-encoding': 'gzip' } });
    expect([status, json.issue[0].code]).toEqual([400, 'structure']);
  });

  test('of bytes that are no text, or nest without end, is refused line by line', async () => {
    const id = newId();
    const deep = `{"resourceType":"Patient","contained":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    const twice = '{"resourceType":"Patient","active":true,"active":false}';
    const lines = [
      Buffer.from([0x7b, 0xff, 0x7d]),
      deep,
      twice,
      '{"resourceType":"Patient","__proto__":{}}',
      '\u0000',
    ];
    const file = Buffer.concat(lines.flatMap((line) => [Buffer.from(line), Buffer.from('\n')]));
    const answer = await imported(fhir, id, file);
    expect(told(answer)).toMatchObject({ created: 0, refused: 5 });
    expect(new Set((await outcomesOf(fhir, id)).map(({ status }) => status))).toEqual(new Set([400]));
  });
});

describe('a connection', () => {
  test('that drips is 408, and the import can be gone on with', async () => {
    const id = newId();
    const upload = await uploading(fhir, port, id);
    const timer = setInterval(() => void upload.write(' '), 50);
    const { status } = await upload.answer;
    clearInterval(timer);
    expect(status).toBe(408);
    expect((await imported(fhir, id, fileOf([patient()]))).status).toBe(200);
  });

  test('is closed when its caller goes on sending after a refusal', async () => {
    const upload = await uploading(fhir, port, newId(), { as: 'ssk-hemsjukvard' });
    const closed = new Promise((resolve) => upload.request.on('close', resolve));
    const timer = setInterval(() => upload.request.write(' '.repeat(64 * 1024)), 50);
    await closed;
    clearInterval(timer);
    expect((await upload.answer).status).toBe(403);
  }, 20_000);
});

describe('an import', () => {
  test('is unknown to all but its owner, in the same bytes as one that is not', async () => {
    const id = newId();
    await imported(fhir, id, fileOf(['x', patient()]));
    const others: readonly PersonaId[] = [
      'journalsystem-kommun',
      'administrator',
      'ssk-hemsjukvard',
      'patient',
    ];
    for (const as of others) {
      for (const [method, path] of [
        ['GET', ''],
        ['GET', '/outcome'],
        ['DELETE', ''],
      ] as const) {
        const own = await fhir.ask(method, `/$import/${id}${path}`, { as });
        const unknown = await fhir.ask(method, `/$import/${newId()}${path}`, { as });
        expect([as, method, path, own.status, own.text]).toEqual([as, method, path, 404, unknown.text]);
      }
    }
    expect(told(await fhir.ask('GET', `/$import/${id}`))).toMatchObject({ created: 1, refused: 1 });
  });

  test('of an id that another has is one of its own', async () => {
    const id = newId();
    await imported(fhir, id, fileOf([patient()]));
    const answer = await imported(fhir, id, fileOf([patient(), patient()]), { as: 'journalsystem-kommun' });
    expect([answer.status, told(answer).created]).toEqual([200, 2]);
    expect(told(await fhir.ask('GET', `/$import/${id}`)).created).toBe(1);
  });

  test('is one of a hundred that a caller may keep', async () => {
    const as = 'journalsystem-hemtjanst';
    const first = newId();
    await imported(fhir, first, '', { as });
    const { rows } = await fhir.database.pool.query(`select holder from import where id = $1`, [first]);
    await fhir.database.pool.query(
      `insert into import (key, holder, id, state, expires) select gen_random_uuid(), $1, gen_random_uuid(), 'done', now() + interval '1 hour' from generate_series(1, 99)`,
      [rows[0].holder],
    );
    const { status, json } = await imported(fhir, newId(), '', { as });
    expect([status, json.issue[0].code]).toEqual([429, 'throttled']);
    expect((await imported(fhir, first, '', { as })).status).toBe(200);
  });
});

test('uploads end when the service stops, and are gone on with by the next', async () => {
  const stopping = await createTestApp();
  const at = Number(new URL(await stopping.app.listen({ host: '127.0.0.1', port: 0 })).port);
  const id = newId();
  const upload = await uploading(stopping, at, id);
  await upload.write(fileOf([patient()]));
  while ((await stopping.ask('GET', `/$import/${id}`)).status !== 200);
  const closed = stopping.close();
  const { status, text } = await upload.answer;
  expect([status, JSON.parse(text).issue[0].diagnostics]).toEqual([503, expect.stringContaining('same id')]);
  upload.request.destroy();
  await closed;
});
