import { createValidator, loadDefinitions } from '@naravard/fhir';
import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundle, careTeam, patient, post } from './resources.ts';

let fhir: TestApp;
/** A CareTeam with three versions, of the region's journal system. */
let team: string;
let subject: string;
beforeAll(async () => {
  fhir = await createTestApp();
  subject = (await fhir.ask('POST', '/Patient', { body: patient() })).json.id;
  team = await threeVersions(`Patient/${subject}`);
});
afterAll(() => fhir.close());

async function threeVersions(about: string): Promise<string> {
  const { json } = await fhir.ask('POST', '/CareTeam', { body: careTeam(about) });
  await fhir.ask('PUT', `/CareTeam/${json.id}`, {
    body: careTeam(about, { id: json.id, name: 'Nytt namn' }),
  });
  await fhir.ask('DELETE', `/CareTeam/${json.id}`);
  return json.id;
}

const search = (query: string, request = {}) => fhir.ask('GET', `/Provenance?${query}`, request);
// biome-ignore lint/suspicious/noExplicitAny: answers are of every type
const resources = (answer: { json: any }): any[] =>
  (answer.json.entry ?? [])
    // biome-ignore lint/suspicious/noExplicitAny: as above
    .map(({ resource }: any) => resource)
    // biome-ignore lint/suspicious/noExplicitAny: as above
    .filter(({ resourceType }: any) => resourceType === 'Provenance');
const targets = (answer: { json: unknown }): string[] =>
  resources(answer).map(({ target }) => target[0].reference);
const versions = (...numbers: number[]) => numbers.map((number) => `CareTeam/${team}/_history/${number}`);

const written = (reference: string, more: object = {}) => ({
  resourceType: 'Provenance',
  target: [{ reference }],
  recorded: '2026-11-23T10:00:00Z',
  agent: [{ who: { display: 'Arkivet' } }],
  ...more,
});

describe('each version has a Provenance (PDL 3 kap 6 and 14 §§)', () => {
  test('found by the resource, newest first, with custodian and who wrote it', async () => {
    const found = await search(`target=CareTeam/${team}`);
    expect(targets(found)).toEqual(versions(3, 2, 1));
    const [deleted, updated, created] = resources(found);
    expect([deleted, updated, created].map(({ activity }) => activity.coding[0].code)).toEqual([
      'DELETE',
      'UPDATE',
      'CREATE',
    ]);
    expect(created.agent).toEqual([
      {
        type: { coding: [expect.objectContaining({ code: 'custodian' })] },
        role: [{ text: 'Vårdgivare' }],
        who: {
          type: 'Organization',
          identifier: { system: 'urn:oid:1.2.752.29.4.19', value: 'SE0000000002-A' },
        },
      },
      {
        type: { coding: [expect.objectContaining({ code: 'enterer' })] },
        who: {
          type: 'Device',
          identifier: { system: 'https://naravard.se/fhir/client', value: 'journalsystem' },
        },
      },
    ]);
    const version = await fhir.ask('GET', `/CareTeam/${team}/_history/1`);
    expect(created.recorded).toBe(version.json.meta.lastUpdated);
  });

  test('found by one version, by type and id apart, by an absolute URL and by several', async () => {
    expect(targets(await search(`target=CareTeam/${team}/_history/2`))).toEqual(versions(2));
    expect(targets(await search(`target:CareTeam=${team}`))).toEqual(versions(3, 2, 1));
    expect(targets(await search(`target=${team}`))).toEqual(versions(3, 2, 1));
    expect(targets(await search(`target=${fhir.base}/CareTeam/${team}`))).toEqual(versions(3, 2, 1));
    const both = `target=CareTeam/${team}/_history/1,CareTeam/${team}/_history/1,Patient/${subject}`;
    expect(targets(await search(both))).toEqual([versions(1)[0], `Patient/${subject}/_history/1`]);
    expect(targets(await search(`target=CareTeam/${team}/_history/9`))).toEqual([]);
    expect(targets(await search('target=CareTeam/unknown'))).toEqual([]);
  });

  test('valid by our own validator, and with the unit of staff as author', async () => {
    const validate = createValidator(loadDefinitions());
    const found = resources(await search(`target=CareTeam/${team},Patient/${subject}`));
    await fhir.database.pool.query(
      `update version v set author_unit = 'SE0000000002-A1', author = 'SE0000000002-2001' from resource r where r.rid = v.rid and r.id = $1 and v.version = 1`,
      [team],
    );
    const [staff] = resources(await search(`target=CareTeam/${team}/_history/1`));
    for (const each of [...found, staff]) expect(validate(each, { base: fhir.base })).toEqual([]);
    expect(staff.agent[1]).toMatchObject({
      type: { coding: [{ code: 'author' }] },
      who: { identifier: { value: 'SE0000000002-A1' } },
    });
    expect(staff.agent[2]).toMatchObject({
      who: { type: 'Practitioner', identifier: { value: 'SE0000000002-2001' } },
      onBehalfOf: { identifier: { value: 'SE0000000002-A1' } },
    });
  });

  test('read by its id, which is the same each time, tells nothing and is at most 64 characters', async () => {
    const [one] = resources(await search(`target=CareTeam/${team}/_history/2`));
    const [again] = resources(await search(`target=CareTeam/${team}/_history/2`));
    expect(again).toEqual(one);
    expect(one.id).toMatch(/^[0-9a-f]{64}$/);
    const { rows } = await fhir.database.pool.query('select rid from resource where id = $1', [team]);
    expect(one.id).not.toContain(rows[0].rid.replaceAll('-', ''));
    const read = await fhir.ask('GET', `/Provenance/${one.id}`);
    expect([read.status, read.headers.etag, read.json]).toEqual([200, 'W/"1"', one]);
    expect((await fhir.ask('GET', `/Provenance/${one.id}/_history/1`)).json).toEqual(one);
    expect((await fhir.ask('GET', `/Provenance/${one.id}/_history/2`)).status).toBe(404);
    const same = await fhir.ask('GET', `/Provenance/${one.id}`, { headers: { 'if-none-match': 'W/"1"' } });
    expect(same.status).toBe(304);
  });

  test('found by its id, beside one that was written, and by nobody who may not read it', async () => {
    const all = resources(await search(`target=CareTeam/${team}`)).map(({ id }) => id);
    const { json: own } = await fhir.ask('POST', '/Provenance', { body: written(`Patient/${subject}`) });
    const idsIn = async (query: string, request = {}) =>
      resources(await search(query, request)).map(({ id }) => id);
    expect(await idsIn(`_id=${all[1]}`)).toEqual([all[1]]);
    expect(await idsIn(`_id=${all[2]},${own.id},${all[0]},${all[0]},unknown`)).toEqual([
      all[2],
      all[0],
      own.id,
    ]);
    expect((await search(`_id=${all.join()},${own.id}&_summary=count`)).json.total).toBe(4);
    const as = 'journalsystem-kommun';
    expect(await idsIn(`_id=${all.join()}`, { as })).toEqual([]);
    expect((await search(`_id=${all.join()}&_summary=count`, { as })).json.total).toBe(0);
    const walked: string[] = [];
    let url: string | undefined = `/Provenance?_id=${all.join()},${own.id}&_count=2&_total=accurate`;
    for (let page = 0; url && page < 4; page++) {
      const answer = await fhir.ask('GET', url);
      expect(answer.json.total).toBe(4);
      walked.push(...resources(answer).map(({ id }) => id));
      // biome-ignore lint/suspicious/noExplicitAny: as above
      url = answer.json.link.find(({ relation }: any) => relation === 'next')?.url;
    }
    expect(walked).toEqual([...all, own.id]);
  });

  test('by its id and more than that, it is said that only what was written is found', async () => {
    const [one] = resources(await search(`target=CareTeam/${team}`));
    const { json } = await search(`_id=${one.id}&patient=${subject}`);
    expect(json.entry[0].resource.issue[0].diagnostics).toContain('by _id alone');
    await search(`_id=${one.id}`, { headers: { 'x-request-id': 'by-id' } });
    const { rows } = await fhir.database.pool.query(
      `select targets from audit where request = 'by-id' and cardinality(targets) > 0`,
    );
    expect(rows).toEqual([{ targets: versions(3) }]);
  });

  test('has a history of its one version', async () => {
    const [one] = resources(await search(`target=CareTeam/${team}`));
    const history = async (query = '', request = {}) =>
      fhir.ask('GET', `/Provenance/${one.id}/_history${query}`, request);
    const { status, json } = await history();
    expect([status, json.total, json.entry.map(({ resource }: { resource: object }) => resource)]).toEqual([
      200,
      1,
      [one],
    ]);
    expect((await history('?_since=2200-01-01')).json.total).toBe(0);
    expect((await history('?_at=2000-01-01')).json.total).toBe(0);
    expect((await history('', { as: 'journalsystem-kommun' })).status).toBe(404);
  });

  test('cannot be written over or removed', async () => {
    const [one] = resources(await search(`target=CareTeam/${team}/_history/2`));
    const put = await fhir.ask('PUT', `/Provenance/${one.id}`, { body: one });
    expect(put.status).toBe(403);
    expect((await fhir.ask('DELETE', `/Provenance/${one.id}`)).status).toBe(403);
    const entry = { resource: one, request: { method: 'PUT', url: `Provenance/${one.id}` } };
    const sent = await fhir.ask('POST', '/', { body: bundle('transaction', [entry]) });
    expect(sent.status).toBe(403);
    expect((await fhir.ask('GET', `/Provenance/${one.id}`)).json).toEqual(one);
  });

  test('given in parts and in batches', async () => {
    const some = await search(`target=CareTeam/${team}/_history/1&_elements=recorded`);
    expect(Object.keys(resources(some)[0]).sort()).toEqual(
      expect.arrayContaining(['id', 'meta', 'recorded', 'resourceType']),
    );
    expect(resources(some)[0].activity).toBeUndefined();
    const url = `Provenance?target=CareTeam/${team}`;
    const batch = await fhir.ask('POST', '/', {
      body: bundle('batch', [{ request: { method: 'GET', url } } as object]),
    });
    expect(batch.json.entry[0].resource.entry).toHaveLength(3);
  });
});

describe('whoever may see the version sees its Provenance, and nobody else', () => {
  test('another organisation finds none, and reads none', async () => {
    const as = 'journalsystem-kommun';
    const [one] = resources(await search(`target=CareTeam/${team}/_history/1`));
    expect(targets(await search(`target=CareTeam/${team}`, { as }))).toEqual([]);
    expect((await search(`target=CareTeam/${team}&_summary=count`, { as })).json.total).toBe(0);
    const denied = await fhir.ask('GET', `/Provenance/${one.id}`, { as });
    const other = `${one.id.slice(0, 63)}${one.id.endsWith('0') ? '1' : '0'}`;
    const unknown = await fhir.ask('GET', `/Provenance/${other}`, { as });
    expect([denied.status, denied.text]).toEqual([404, unknown.text]);
  });

  test('each answer is audited: the versions shown, by patient, and what was not found', async () => {
    const ask = (
      path: string,
      request: string,
      as: 'journalsystem' | 'journalsystem-kommun' = 'journalsystem',
    ) => fhir.ask('GET', path, { as, headers: { 'x-request-id': request } });
    const [one] = resources(await search(`target=CareTeam/${team}/_history/1`));
    await ask(`/Provenance?target=CareTeam/${team}`, 'found');
    await ask(`/Provenance/${one.id}`, 'read');
    await ask(`/Provenance/${one.id}`, 'denied', 'journalsystem-kommun');
    const { rows } = await fhir.database.pool.query(
      `select request, interaction, outcome, type, patient, targets, custodians from audit
       where request in ('found', 'read', 'denied') and cardinality(targets) + outcome > 0 order by request`,
    );
    const custodians = ['vg:SE0000000002-A'];
    const found = { type: 'Provenance', patient: subject, custodians, outcome: 0 };
    expect(rows).toEqual([
      {
        request: 'denied',
        interaction: 'read',
        outcome: 4,
        type: 'Provenance',
        patient: null,
        targets: [],
        custodians: [],
      },
      { ...found, request: 'found', interaction: 'search-type', targets: versions(3, 2, 1) },
      { ...found, request: 'read', interaction: 'read', targets: versions(1) },
    ]);
  });
});

describe('Provenance that was written', () => {
  let about: string;
  beforeAll(async () => {
    about = `CareTeam/${await threeVersions(`Patient/${subject}`)}`;
    for (let number = 0; number < 4; number++)
      await fhir.ask('POST', '/Provenance', { body: written(about) });
  });

  test('comes after that of the versions, each once in a walk of pages of any size, with the total of both', async () => {
    for (const count of [1, 2, 3, 4, 5, 7, 20]) {
      const ids: string[] = [];
      let url: string | undefined = `/Provenance?target=${about}&_count=${count}&_total=accurate`;
      for (let page = 0; url && page < 10; page++) {
        const answer = await fhir.ask('GET', url);
        expect(answer.json.total).toBe(7);
        expect(resources(answer).length).toBeLessThanOrEqual(count);
        ids.push(...resources(answer).map(({ id }) => id));
        // biome-ignore lint/suspicious/noExplicitAny: as above
        url = answer.json.link.find(({ relation }: any) => relation === 'next')?.url;
      }
      expect([ids.length, new Set(ids).size]).toEqual([7, 7]);
      expect(ids.map((id) => id.length === 64)).toEqual([true, true, true, false, false, false, false]);
    }
    expect((await search(`target=${about}&_summary=count`)).json.total).toBe(7);
  });

  test('is all that other searches find, which say so', async () => {
    const sorted = await search(`target=${about}&_sort=recorded`);
    expect(resources(sorted)).toHaveLength(4);
    const notice = sorted.json.entry.at(-1);
    expect(notice.search.mode).toBe('outcome');
    expect(notice.resource.issue[0].diagnostics).toContain('by target alone');
    expect((await search(`patient=${subject}`)).json.entry ?? []).toEqual(
      expect.not.arrayContaining([expect.objectContaining({ search: { mode: 'outcome' } })]),
    );
  });

  test('has a Provenance itself', async () => {
    const { json } = await fhir.ask('POST', '/Provenance', { body: written(`Patient/${subject}`) });
    expect(targets(await search(`target=Provenance/${json.id}`))).toEqual([
      `Provenance/${json.id}/_history/1`,
    ]);
  });
});

test('_revinclude=Provenance:target brings the Provenance of all versions of the matches', async () => {
  const { json } = await fhir.ask('POST', '/Patient', { body: patient() });
  await fhir.ask('PUT', `/Patient/${json.id}`, { body: patient({ id: json.id, active: false }) });
  await fhir.ask('POST', '/Provenance', { body: written(`Patient/${json.id}`) });
  const found = await fhir.ask('GET', `/Patient?_id=${json.id}&_revinclude=Provenance:target`);
  // biome-ignore lint/suspicious/noExplicitAny: as above
  expect(found.json.entry.map(({ search, resource }: any) => [search.mode, resource.resourceType])).toEqual([
    ['match', 'Patient'],
    ['include', 'Provenance'],
    ['include', 'Provenance'],
    ['include', 'Provenance'],
  ]);
  const without = await fhir.ask('GET', `/Patient?_id=${json.id}`);
  expect(without.json.entry).toHaveLength(1);
});

test('a person with protected identity is not found by where the own data were written', async () => {
  const hidden = { meta: { security: [{ code: 'sekretessmarkering' }] } };
  const { json } = await fhir.ask('POST', '/Patient', { body: patient(hidden) });
  const plan = await fhir.ask('POST', '/CareTeam', { body: careTeam(`Patient/${json.id}`) });
  const [about] = resources(await search(`target=Patient/${json.id}`));
  expect(about.agent).toEqual([{ who: { extension: [expect.objectContaining({ valueCode: 'masked' })] } }]);
  const [written] = resources(await search(`target=CareTeam/${plan.json.id}`));
  // biome-ignore lint/suspicious/noExplicitAny: as above
  expect(written.agent.map(({ type }: any) => type.coding[0].code)).toEqual(['custodian']);
});

test('a transaction makes the Provenance of what it writes', async () => {
  const team = careTeam(`Patient/${subject}`);
  const sent = await fhir.ask('POST', '/', { body: bundle('transaction', [post(team)]) });
  const [, location] = /(CareTeam\/[^/]+)\//.exec(sent.json.entry[0].response.location) ?? [];
  expect(targets(await search(`target=${location}`))).toEqual([`${location}/_history/1`]);
});
