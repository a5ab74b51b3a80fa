import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kindSet, kinds, own, tgz, unit, whole } from '../conformance/made-package.ts';
import { runToEnd, temporaryFolder } from './service-process.ts';

describe('npm run terminology -- load', () => {
  const folder = temporaryFolder();
  let api: TestApp;
  beforeAll(async () => {
    api = await createTestApp();
  });
  afterAll(async () => {
    await api.close();
    folder.remove();
  });
  const load = async (name: string, content: unknown, ...args: string[]) => {
    const file = join(folder.path, name);
    const isRaw = typeof content === 'string' || Buffer.isBuffer(content);
    writeFileSync(file, isRaw ? content : JSON.stringify(content));
    return runToEnd('terminology.ts', ['load', file, ...args], {
      DATABASE_URL: api.database.url,
      DATA_DIR: folder.path,
      PORT: '18998',
    });
  };
  const stored = async (resourceType: string, url: string) =>
    (await api.ask('GET', `/${resourceType}?url=${url}&_elements=url`)).json.entry?.length ?? 0;

  it('loads one resource as JSON, shows how far it is, and a running service knows it when it looks', async () => {
    const { code, stderr } = await load('kinds.json', JSON.stringify(kinds, null, 2));
    expect([code, stderr]).toEqual([0, expect.stringMatching(/1\/1 checked[\s\S]*1\/1 stored/)]);
    expect(stderr).toMatch(/1 created, 0 updated, 0 unchanged, 0 deleted\.\n$/);
    expect(
      (await load('sets.ndjson', `${JSON.stringify(kindSet)}\n${JSON.stringify(kinds)}\n`)).stderr,
    ).toContain('1 created, 0 updated, 1 unchanged');
    await api.app.reindexer.refresh();
    const { json } = await api.ask('GET', `/Organization?type:in=${kindSet.url}`);
    expect(json.resourceType).toBe('Bundle');
  }, 60_000);

  it('loads a Bundle, and tells what it leaves out', async () => {
    const map = {
      resourceType: 'ConceptMap',
      id: 'map',
      url: `${own}/ConceptMap/map`,
      status: 'active',
      group: [
        {
          source: kinds.url,
          target: 'urn:other',
          element: [{ code: 'ward', target: [{ code: 'w', equivalence: 'equal' }] }],
        },
      ],
    };
    const entry = [{ resource: map }, { resource: { resourceType: 'Patient' } }];
    const bundle = { resourceType: 'Bundle', type: 'collection', entry };
    const { code, stderr } = await load('bundle.json', bundle);
    expect([code, stderr]).toEqual([
      0,
      expect.stringContaining('bundle.json, entry 2: Patient is not loaded'),
    ]);
    expect(await stored('ConceptMap', map.url)).toBe(1);
  }, 60_000);

  it('loads an implementation guide', async () => {
    const { code, stderr } = await load('package.tgz', await tgz(whole));
    expect([code, stderr]).toEqual([
      0,
      expect.stringContaining('se.example.care#1.0.0: 4 created, 2 updated'),
    ]);
    expect(await stored('StructureDefinition', unit.url)).toBe(1);
  }, 60_000);

  it('loads a code system of 100,000 concepts, which is more than a request may have', async () => {
    const big = { ...kinds, id: 'big', url: `${own}/CodeSystem/big`, concept: concepts(100_000) };
    const { code, stderr } = await load('big.json', big);
    expect([code, stderr]).toEqual([0, expect.stringContaining('1 created')]);
    expect((await api.ask('GET', '/CodeSystem/big?_summary=true')).status).toBe(200);
    await api.app.reindexer.refresh();
    const { status } = await api.ask('GET', `/Organization?type:below=${big.url}|c99999`);
    expect(status).toBe(200);
  }, 120_000);

  it('says why it loads nothing', async () => {
    const wrong = await load('wrong.json', { ...kinds, status: 'new' });
    expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining('wrong.json: ')]);
    expect((await load('cut.tgz', (await tgz(whole)).subarray(0, 100))).stderr).toContain(
      'not a gzipped tar',
    );
    expect((await load('text.json', 'hello')).stderr).toContain('text.json is not JSON');
    const { code, stderr } = await runToEnd('terminology.ts', ['unload'], {});
    expect([code, stderr]).toEqual([1, expect.stringContaining('npm run terminology -- load FILE')]);
  }, 60_000);
});

const concepts = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    code: `c${n}`,
    display: `Begrepp ${n} om ${n % 977}`,
    designation: [{ language: 'en', value: `Concept ${n}` }],
  }));
