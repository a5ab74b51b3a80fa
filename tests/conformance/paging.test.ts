import { createTestApp, type TestApp, type TestResponse } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundle, encounter, patient } from './resources.ts';

let fhir: TestApp;
const days = 40;
const dated = (n: number) => `2026-${n % 2 ? '10' : '11'}-${String((n % 13) + 1).padStart(2, '0')}T08:00:00Z`;
const visit = (id: string, n: number) => ({ ...encounter('Patient/walker', dated(n)), id });
const put = (resource: { resourceType: string; id?: string }) => ({
  resource,
  request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` },
});

beforeAll(async () => {
  fhir = await createTestApp();
  const entries = [
    put(patient({ id: 'walker' }) as never),
    ...Array.from({ length: days }, (_, n) => put(visit(`v${n}`, n))),
  ];
  expect((await fhir.ask('POST', '', { body: bundle('transaction', entries) })).status).toBe(200);
});
afterAll(() => fhir.close());

const link = ({ json }: TestResponse, relation: string): string | undefined =>
  json.link.find((each: { relation: string }) => each.relation === relation)?.url;
const ids = ({ json }: TestResponse): string[] =>
  (json.entry ?? []).map(({ resource }: { resource: { id: string } }) => resource.id);

/** The pages from a first address on, in one direction. */
async function pages(path: string, relation = 'next', between?: (page: number) => Promise<unknown>) {
  const found: TestResponse[] = [];
  for (let url: string | undefined = path; url; url = link(found.at(-1) as TestResponse, relation)) {
    if (found.length) await between?.(found.length);
    found.push(await fhir.ask('GET', url));
    expect(found.at(-1)?.status).toBe(200);
    expect(found.length).toBeLessThan(100);
  }
  return found;
}

const orders = [
  '',
  '&_sort=date',
  '&_sort=-date',
  '&_sort=status,-date',
  '&_sort=-_lastUpdated,date',
  '&_sort=length',
];

describe.each(['patient=walker', 'class=HH'])('the pages of Encounter?%s', (where) => {
  test.each(orders)(
    'in the order "%s" give every match once, forwards and backwards alike',
    async (order) => {
      const forwards = await pages(`/Encounter?${where}${order}&_count=7`);
      const walked = forwards.map(ids);
      expect(walked.map((page) => page.length)).toEqual([7, 7, 7, 7, 7, 5]);
      expect(new Set(walked.flat()).size).toBe(days);
      const whole = await fhir.ask('GET', `/Encounter?${where}${order}&_count=100`);
      expect(walked.flat()).toEqual(ids(whole));
      const last = forwards.at(-1) as TestResponse;
      const backwards = await pages(link(last, 'prev') ?? '', 'prev');
      expect(backwards.map(ids).reverse()).toEqual(walked.slice(0, -1));
      expect(link(backwards.at(-1) as TestResponse, 'first')).toBe(
        link(whole, 'first')?.replace('=100', '=7'),
      );
    },
  );
});

describe('while others write', () => {
  test('a resource that matches throughout with unchanged sort keys appears exactly once', async () => {
    for (const order of ['&_sort=date', '&_sort=-date', '']) {
      const write = async (page: number) => {
        const extra = `extra${order}${page}`.replace(/\W/g, '');
        await fhir.ask('PUT', `/Encounter/${extra}`, { body: visit(extra, page * 5) });
        await fhir.ask('DELETE', `/Encounter/${`extra${order}${page - 1}`.replace(/\W/g, '')}`);
        // Changes that leave the sort keys alone do not move a row.
        const touched = `v${(page * 11) % days}`;
        const { json } = await fhir.ask('GET', `/Encounter/${touched}`);
        await fhir.ask('PUT', `/Encounter/${touched}`, {
          body: { ...json, reasonCode: [{ text: `${page}` }] },
        });
      };
      const walked = (await pages(`/Encounter?patient=walker${order}&_count=3`, 'next', write)).flatMap(ids);
      const stayed = walked.filter((id) => id.startsWith('v'));
      expect(stayed).toHaveLength(days);
      expect(new Set(walked).size).toBe(walked.length);
    }
  });

  test('the total is that of the page and its snapshot', async () => {
    const writing = Array.from({ length: 20 }, (_, n) =>
      fhir.ask('PUT', `/Encounter/t${n}`, { body: visit(`t${n}`, n) }),
    );
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        fhir.ask('GET', '/Encounter?patient=walker&_count=1000&_total=accurate'),
      ),
    );
    await Promise.all(writing);
    for (const { json } of answers) expect(json.total).toBe(json.entry.length);
  });
});

test('a page link can be followed at any process behind the same base, after any time', async () => {
  const other = await createTestApp({ store: fhir.store });
  const first = await fhir.ask('GET', '/Encounter?patient=walker&_count=5&_sort=date');
  const next = link(first, 'next') ?? '';
  expect(ids(await other.ask('GET', next))).toEqual(ids(await fhir.ask('GET', next)));
  await other.close();
});

test('of several types pages keep one order, and rows that share an id stay apart', async () => {
  const basic = { resourceType: 'Basic', id: 'v1', code: { text: 'Anteckning' } };
  expect((await fhir.ask('PUT', '/Basic/v1', { body: basic })).status).toBe(201);
  const walked = await pages('/?_type=Basic,Encounter,Patient&_sort=_id&_count=4');
  const names = walked.flatMap(({ json }) =>
    json.entry.map(
      ({ resource }: { resource: { resourceType: string; id: string } }) =>
        `${resource.resourceType}/${resource.id}`,
    ),
  );
  expect(new Set(names).size).toBe(names.length);
  expect(names).toEqual(expect.arrayContaining(['Basic/v1', 'Encounter/v1', 'Patient/walker']));
  const back = await pages(link(walked.at(-1) as TestResponse, 'prev') ?? '', 'prev');
  expect(back.flatMap((page) => ids(page).length).reduce((a, b) => a + b, 0)).toBe(
    names.length - (walked.at(-1)?.json.entry.length ?? 0),
  );
});
