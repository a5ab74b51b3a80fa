import { createTestApp, type TestApp, type TestResponse } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { careTeam, encounter, patient } from './resources.ts';

let fhir: TestApp;
beforeAll(async () => {
  fhir = await createTestApp();
  for (let day = 10; day < 35; day++) {
    const start = new Date(Date.UTC(2026, 0, day, 9)).toISOString();
    await fhir.ask('POST', '/Encounter', { body: encounter('Patient/walker', start) });
  }
  await fhir.ask('POST', '/CareTeam', { body: careTeam('Patient/walker') });
  await fhir.ask('POST', '/CareTeam', { body: careTeam('Patient/walker', { status: 'inactive' }) });
  const identifier = [
    { system: 'http://electronichealth.se/identifier/personnummer', value: '194103149805' },
  ];
  await fhir.ask('POST', '/Patient', { body: patient({ identifier }) });
  await fhir.ask('POST', '/Patient', { body: patient({ identifier }) });
});
afterAll(() => fhir.close());

const links = ({ json }: TestResponse): Record<string, string> =>
  Object.fromEntries(
    json.link.map(({ relation, url }: { relation: string; url: string }) => [relation, url]),
  );

const form = (path: string, body: string) =>
  fhir.ask('POST', path, { body, type: 'application/x-www-form-urlencoded' });

describe('search', () => {
  test('gives a searchset of whole resources with fullUrl and mode', async () => {
    const { status, json } = await fhir.ask('GET', '/CareTeam?patient=Patient/walker&status=active');
    expect([status, json.type, json.entry.length, json.total]).toEqual([200, 'searchset', 1, undefined]);
    const [entry] = json.entry;
    expect(entry.fullUrl).toBe(`${fhir.base}/CareTeam/${entry.resource.id}`);
    expect(entry.search).toEqual({ mode: 'match' });
    expect(entry.resource).toEqual((await fhir.ask('GET', `/CareTeam/${entry.resource.id}`)).json);
  });

  test('that finds nothing is an empty searchset', async () => {
    const { status, json } = await fhir.ask('GET', '/CareTeam?patient=nobody&_total=accurate');
    expect([status, json.total, json.entry]).toEqual([200, 0, undefined]);
  });

  test('by POST gives the same, parameters of URL and body together', async () => {
    const get = await fhir.ask('GET', '/CareTeam?patient=walker&status=active');
    const post = await form('/CareTeam/_search', 'patient=walker&status=active');
    const both = await form('/CareTeam/_search?patient=walker', 'status=active');
    for (const { json } of [post, both]) expect({ ...json, link: 0 }).toEqual({ ...get.json, link: 0 });
  });

  test('is walked page by page: every match once, in order', async () => {
    const first = await fhir.ask(
      'GET',
      '/Encounter?patient=walker&date=ge2026-01-12&_sort=-date&_count=4&_total=accurate',
    );
    expect(first.json.total).toBe(23);
    expect(links(first).self).toBe(
      `${fhir.base}/Encounter?patient=walker&date=ge2026-01-12&_sort=-date&_count=4&_total=accurate`,
    );
    const starts: string[] = [];
    for (let page: TestResponse | undefined = first; page; ) {
      starts.push(
        ...page.json.entry.map(
          (entry: { resource: { period: { start: string } } }) => entry.resource.period.start,
        ),
      );
      const { next } = links(page);
      page = next ? await fhir.ask('GET', next) : undefined;
    }
    expect(starts).toHaveLength(23);
    expect(starts).toEqual([...new Set(starts)].sort().reverse());
  });

  test('hides what was searched for from the next link', async () => {
    const page = await form('/Patient/_search', 'identifier=194103149805&_count=1');
    const { next } = links(page);
    expect(page.json.entry).toHaveLength(1);
    expect(next).toMatch(/\/Patient\?_page=[\w-]+$/);
    expect(next).not.toContain('194103149805');
    expect((await fhir.ask('GET', next ?? '')).json.entry).toHaveLength(1);
  });

  test('by POST keeps what was searched for out of every link, and each can be followed', async () => {
    const page = await form('/Patient/_search', 'identifier=194103149805&_count=1');
    const second = await fhir.ask('GET', links(page).next ?? '');
    expect([Object.keys(links(page)), Object.keys(links(second))]).toEqual([
      ['self', 'first', 'next'],
      ['self', 'first', 'prev', 'previous'],
    ]);
    for (const url of [...Object.values(links(page)), ...Object.values(links(second))])
      expect(url).toMatch(/\/Patient\?_page=[\w-]+$/);
    for (const url of [links(page).self, links(page).first, links(second).first])
      expect((await fhir.ask('GET', url ?? '')).json.entry).toEqual(page.json.entry);
    expect((await fhir.ask('GET', links(second).self ?? '')).json.entry).toEqual(second.json.entry);
  });

  test('says that a page link is used unchanged', async () => {
    const { next = '' } = links(await fhir.ask('GET', '/Encounter?patient=walker&_count=1'));
    for (const url of [
      `${next}&status=finished`,
      next.replace('_page', '_sort=date&_page'),
      `${next}&_page=x`,
    ]) {
      const { status, json } = await fhir.ask('GET', url);
      expect([status, json.issue[0].diagnostics]).toEqual([400, expect.stringContaining('unchanged')]);
    }
    expect((await fhir.ask('GET', '/_history?_page=x&_since=2026')).json.issue[0].expression).toEqual([
      '_page',
    ]);
  });

  test('passes over a _count beside a page link, which some clients put there', async () => {
    const { next = '' } = links(await fhir.ask('GET', '/Encounter?patient=walker&_count=1'));
    const [kept, added] = [await fhir.ask('GET', next), await fhir.ask('GET', `${next}&_count=1000`)];
    expect([added.status, added.json.entry]).toEqual([200, kept.json.entry]);
    expect(added.json.entry).toHaveLength(1);
  });

  test.each(['19410314-9805', '198001012384', 'Astrid%20Testberg'])(
    'does not repeat the parameter name %s, only its place',
    async (name) => {
      const strict = await fhir.ask('GET', `/Patient?active=true&${name}=1`);
      expect([strict.status, strict.json.issue[0].expression]).toEqual([400, ['parameter-2']]);
      const lenient = await fhir.ask('GET', `/Patient?active=true&${name}=1`, {
        headers: { prefer: 'handling=lenient' },
      });
      expect(lenient.status).toBe(200);
      const history = await fhir.ask('GET', `/_history?${name}=1`);
      for (const { text } of [strict, lenient, history]) expect(text).not.toContain(decodeURIComponent(name));
    },
  );

  test('refuses a page link that was altered, or that another caller was given, or of another address', async () => {
    const { next = '' } = links(await fhir.ask('GET', '/Encounter?patient=walker&_count=1'));
    const altered = next.slice(0, -2) + (next.endsWith('AA') ? 'BB' : 'AA');
    expect((await fhir.ask('GET', altered)).status).toBe(400);
    expect((await fhir.ask('GET', next, { as: 'ssk-hemsjukvard' })).status).toBe(400);
    expect((await fhir.ask('GET', next.replace('/Encounter', '/CareTeam'))).status).toBe(400);
    expect((await fhir.ask('GET', `${next}&status=finished`)).status).toBe(400);
    expect((await fhir.ask('GET', '/Encounter?_page=x')).status).toBe(400);
  });

  test('with _count=0 gives the total alone', async () => {
    const { json } = await fhir.ask('GET', '/Encounter?patient=walker&_count=0');
    expect([json.total, json.entry]).toEqual([25, undefined]);
  });

  test('refuses an unknown parameter and names it', async () => {
    const { status, json } = await fhir.ask('GET', '/CareTeam?patient=walker&colour=red');
    expect([status, json.issue[0].expression]).toEqual([400, ['colour']]);
    expect(json.issue[0].diagnostics).toContain('colour');
  });

  test('with handling=lenient leaves it out, says so and keeps it out of self', async () => {
    const page = await fhir.ask('GET', '/CareTeam?patient=walker&colour=red', {
      headers: { prefer: 'handling=lenient' },
    });
    const modes = page.json.entry.map((entry: { search: { mode: string } }) => entry.search.mode);
    expect([page.status, modes]).toEqual([200, ['match', 'match', 'outcome']]);
    expect(page.json.entry[2].resource.issue[0]).toMatchObject({
      severity: 'warning',
      expression: ['colour'],
    });
    expect(links(page).self).toBe(`${fhir.base}/CareTeam?patient=walker`);
  });

  test.each([
    'date=2026-13-01',
    'date=igår',
    '_count=-1',
    '_count=x',
    '_sort=colour',
    'status:fuzzy=active',
    'name=%00',
    'name=%ZZ',
    'name=%C3%28',
  ])('refuses %s', async (query) => {
    const { status, json } = await fhir.ask('GET', `/Encounter?${query}`);
    expect([status, json.resourceType]).toEqual([400, 'OperationOutcome']);
  });

  test.each(['', '&_type=', '&_sort=', '&colour='])('ignores a parameter without value: %s', async (more) => {
    const page = await fhir.ask('GET', `/CareTeam?name=&patient=walker&status=active${more}`);
    expect([page.status, page.json.entry.length]).toEqual([200, 1]);
    expect(links(page).self).toBe(`${fhir.base}/CareTeam?patient=walker&status=active`);
  });

  test('ignores none in the condition of a write', async () => {
    const asked = { body: careTeam('Patient/walker'), headers: { 'if-none-exist': 'patient=walker&name=' } };
    const { status, json } = await fhir.ask('POST', '/CareTeam', asked);
    expect([status, json.issue[0].expression]).toEqual([400, ['name']]);
    expect((await fhir.ask('DELETE', '/CareTeam?patient=walker&status=')).status).toBe(400);
  });

  test('audits what it disclosed, per patient, with the query', async () => {
    await fhir.ask('GET', '/CareTeam?patient=walker', { headers: { 'x-request-id': 'searched' } });
    const { rows } = await fhir.database.pool.query(
      `select patient, query, outcome from audit where request = 'searched'`,
    );
    expect(rows).toEqual([{ patient: 'walker', query: 'patient=walker', outcome: 0 }]);
  });
});

describe('a long search', () => {
  const put = (resourceType: string, id: string, elements: object) =>
    fhir.ask('PUT', `/${resourceType}/${id}`, { body: { resourceType, id, ...elements } });
  const subject = { reference: 'Patient/chained' };
  const found = async (path: string) => {
    const { json, text } = await fhir.ask('GET', path);
    expect(json.resourceType, text).toBe('Bundle');
    return (json.entry ?? []).map(({ resource }: { resource: { id: string } }) => resource.id);
  };
  beforeAll(async () => {
    await fhir.ask('PUT', '/Patient/chained', { body: patient({ id: 'chained', birthDate: '1941-03-14' }) });
    for (let step = 0; step < 5; step++) {
      const partOf = step > 0 && { partOf: [{ reference: `CarePlan/step${step - 1}` }] };
      await put('CarePlan', `step${step}`, { status: 'active', intent: 'plan', subject, ...partOf });
    }
    await put('Practitioner', 'nurse', {});
    await put('PractitionerRole', 'role', { practitioner: { reference: 'Practitioner/nurse' } });
    await put('CareTeam', 'team', {
      status: 'active',
      subject,
      participant: [{ member: { reference: 'PractitionerRole/role' } }],
    });
  });

  test('may be a chain of five links with a long name', async () => {
    const chain = `${'part-of:CarePlan.'.repeat(4)}subject:Patient.birthdate`;
    expect(await found(`/CarePlan?${chain}=1941-03-14`)).toEqual(['step4']);
    const { status, json } = await fhir.ask('GET', `/CarePlan?${chain}=igår`);
    expect([status, json.issue[0].expression]).toEqual([400, [chain]]);
  });

  test('may be a _has within a _has', async () => {
    const has = '_has:PractitionerRole:practitioner:_has:CareTeam:participant:status';
    expect(await found(`/Practitioner?${has}=active`)).toEqual(['nurse']);
    expect(await found(`/Practitioner?${has}=inactive`)).toEqual([]);
  });

  test('is not repeated where its name holds a number or is longer than any', async () => {
    for (const name of [`${'part-of.'.repeat(70)}status`, 'subject:Patient.194103149805']) {
      const { status, json } = await fhir.ask('GET', `/CarePlan?active=true&${name}=1`);
      expect([status, json.issue[0].expression]).toEqual([400, ['active']]);
      expect((await fhir.ask('GET', `/CarePlan?status=active&${name}=1`)).json.issue[0].expression).toEqual([
        'parameter-2',
      ]);
    }
    const { text } = await fhir.ask('GET', `/_history?${'a'.repeat(500)}=1`);
    expect(text).not.toContain('a'.repeat(129));
  });

  const ids = Array.from({ length: 199 }, () => crypto.randomUUID());

  test('may ask for 200 ids by POST, and its links can be followed', async () => {
    const page = await form('/CarePlan/_search', `_id=step0,step1,${ids.slice(1).join(',')}&_count=1`);
    expect([page.status, page.json.entry.length]).toEqual([200, 1]);
    const next = await fhir.ask('GET', links(page).next ?? '');
    expect([next.status, next.json.entry[0].resource.id]).toEqual([200, 'step1']);
    const again = await fhir.ask('GET', links(next).self ?? '');
    expect(again.json.entry[0].resource.id).toBe('step1');
  });

  test('is refused when its links would be longer than a request may be', async () => {
    const random = Array.from({ length: 4 }, () => Array.from({ length: 199 }, () => crypto.randomUUID()));
    const alike = Array.from({ length: 30 }, () => Array.from({ length: 199 }, () => 'a'.repeat(300)));
    for (const lists of [random, alike]) {
      const { status, json } = await form('/CarePlan/_search', lists.map((ids) => `_id=${ids}`).join('&'));
      expect([status, json.issue[0].code]).toEqual([422, 'too-costly']);
      expect(json.issue[0].diagnostics).toContain('split the search');
    }
  });
});
