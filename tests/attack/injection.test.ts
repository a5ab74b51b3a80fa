import { createTestApp, type TestApp, type TestResponse } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { careTeam, patient } from '../conformance/resources.ts';

let fhir: TestApp;
let id: string;
beforeAll(async () => {
  fhir = await createTestApp();
  id = (await fhir.ask('POST', '/Patient', { body: patient() })).json.id;
});
afterAll(() => fhir.close());

const all = async (type: string) =>
  Number(
    (await fhir.database.pool.query('select count(*) from resource where type = $1 and not deleted', [type]))
      .rows[0].count,
  );

/** 4xx with an OperationOutcome, or a search that took its value literally and so found nothing. */
function expectLiteral(answer: TestResponse, found = 0): void {
  expect(answer.status, answer.text).toBeLessThan(500);
  if (answer.status >= 400) {
    expect(answer.json.resourceType).toBe('OperationOutcome');
    expect(answer.text).not.toMatch(/syntax error|pg_|select /i);
  } else expect(answer.json?.total ?? answer.json?.entry?.length ?? 0).toBe(found);
}

const payloads = [
  `'`,
  `''`,
  `' or '1'='1`,
  `x') or ('1'='1`,
  `'; drop table resource; --`,
  `x'/**/union/**/select/**/null--`,
  `\\`,
  `\\'`,
  `$1`,
  `$$;select pg_sleep(5);$$`,
  `"`,
  `%27 or 1=1`,
  `1; select 1`,
  `x|' or true --`,
  `' || pg_sleep(5) || '`,
];

describe('attack 59: SQL in any part of a request is text or refused', () => {
  const places: [string, (payload: string) => string][] = [
    ['a string', (x) => `/Patient?name=${x}`],
    ['a part of a string', (x) => `/Patient?name:contains=${x}`],
    ['a token', (x) => `/Patient?identifier=${x}`],
    ['a token with its system', (x) => `/Patient?identifier=http://a.test|${x}`],
    ['the text of a token', (x) => `/CareTeam?category:text=${x}`],
    ['a date', (x) => `/Patient?birthdate=${x}`],
    ['the prefix of a date', (x) => `/Patient?birthdate=${x}2020-01-01`],
    ['a reference', (x) => `/CareTeam?subject=${x}`],
    ['the id of a reference', (x) => `/CareTeam?subject=Patient/${x}`],
    ['an identifier of a reference', (x) => `/CareTeam?subject:identifier=${x}`],
    ['a quantity', (x) => `/Observation?value-quantity=5|${x}|kg`],
    ['a number', (x) => `/RiskAssessment?probability=${x}`],
    ['a URI', (x) => `/ValueSet?url:below=${x}`],
    ['a composite', (x) => `/Observation?code-value-quantity=${x}$${x}`],
    ['a list', (x) => `/Patient?name=${x},${x}`],
    ['the name of a parameter', (x) => `/Patient?${x}=1`],
    ['a modifier', (x) => `/Patient?name:${x}=1`],
    ['a chain', (x) => `/CareTeam?subject:Patient.name=${x}`],
    ['a link of a chain', (x) => `/CareTeam?subject.${x}=1`],
    ['_has', (x) => `/Patient?_has:CareTeam:subject:name=${x}`],
    ['_filter', (x) => `/Patient?_filter=name eq "${x}"`],
    ['_text', (x) => `/Patient?_text=${x}`],
    ['_content', (x) => `/Patient?_content=${x}`],
    ['_id', (x) => `/Patient?_id=${x}`],
    ['_lastUpdated', (x) => `/Patient?_lastUpdated=${x}`],
    ['_tag', (x) => `/Patient?_tag=${x}`],
    ['_list', (x) => `/Patient?_list=${x}`],
    ['_type', (x) => `/?_type=${x}`],
    ['_since of a history', (x) => `/Patient/_history?_since=${x}`],
  ];

  test.each(places)('%s', async (_name, path) => {
    for (const payload of payloads) {
      const address = path(encodeURIComponent(payload)).replaceAll(' ', '%20').replaceAll('"', '%22');
      expectLiteral(await fhir.ask('GET', address));
    }
    expect(await all('Patient')).toBe(1);
  });

  test.each([
    ['_sort', (x: string) => `/Patient?_sort=${x}`],
    ['_count', (x: string) => `/Patient?_count=${x}`],
    ['_total', (x: string) => `/Patient?_total=${x}`],
    ['_include', (x: string) => `/Patient?_include=${x}`],
    ['_revinclude', (x: string) => `/Patient?_revinclude=CareTeam:${x}`],
    ['_elements', (x: string) => `/Patient?_elements=${x}`],
    ['_summary', (x: string) => `/Patient?_summary=${x}`],
    ['_page', (x: string) => `/Patient?_page=${x}`],
    ['an id', (x: string) => `/Patient/${x}`],
    ['a version', (x: string) => `/Patient/${id}/_history/${x}`],
    ['a compartment', (x: string) => `/Patient/${x}/CareTeam`],
  ])('%s is refused', async (_name, path) => {
    for (const payload of payloads) {
      const answer = await fhir.ask('GET', path(encodeURIComponent(payload)));
      expect([400, 404], `${payload}: ${answer.text}`).toContain(answer.status);
    }
  });

  test('conditions and bodies', async () => {
    for (const payload of payloads) {
      const condition = `identifier=${encodeURIComponent(payload)}`;
      expectLiteral(await fhir.ask('DELETE', `/CareTeam?${condition}`));
      const created = await fhir.ask('POST', '/Patient', {
        body: patient({
          name: [{ family: payload }],
          identifier: [{ system: 'http://a.test', value: payload }],
        }),
        headers: { 'if-none-exist': condition },
      });
      expect([201, 400], created.text).toContain(created.status);
      if (created.status !== 201) continue;
      expect((await fhir.ask('GET', `/Patient/${created.json.id}`)).json.name[0].family).toBe(payload);
      const form = `identifier=http://a.test%7C${encodeURIComponent(payload.replaceAll(/[\\,|$]/g, '\\$&'))}`;
      const found = await fhir.ask('POST', '/Patient/_search', {
        body: form,
        type: 'application/x-www-form-urlencoded',
      });
      expect(found.json.entry.map((entry: { resource: { id: string } }) => entry.resource.id)).toEqual([
        created.json.id,
      ]);
    }
  });
});

describe('attack 63: __proto__ changes nothing but the answer', () => {
  afterAll(() => {
    expect(({} as Record<string, unknown>).x).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  test.each([
    ['a member', '{"resourceType":"Patient","__proto__":{"x":1}}'],
    ['a member deep inside', '{"resourceType":"Patient","name":[{"__proto__":{"x":1}}]}'],
    ['an escaped member', '{"resourceType":"Patient","\\u005f_proto__":{"x":1}}'],
    ['a constructor', '{"resourceType":"Patient","constructor":{"prototype":{"x":1}}}'],
    ['a type', '{"resourceType":"__proto__"}'],
    ['a contained type', '{"resourceType":"Patient","contained":[{"resourceType":"constructor","id":"a"}]}'],
  ])('as %s of a body', async (_name, body) => {
    expect((await fhir.ask('POST', '/Patient', { body })).status).toBe(400);
  });

  test.each([
    '/Patient?__proto__=1',
    '/Patient?__proto__[x]=1',
    '/Patient?constructor.prototype.x=1',
    '/Patient?_sort=__proto__',
    '/Patient?_include=__proto__:constructor',
    '/Patient?_elements=__proto__',
    '/Patient?_has:__proto__:constructor:toString=1',
    '/?_type=__proto__',
    '/constructor?name=x',
    '/Patient/1/constructor',
    '/__proto__/1/CareTeam',
  ])('in the address %s', async (path) => {
    expect([400, 404]).toContain((await fhir.ask('GET', path)).status);
  });

  test.each([
    [{ op: 'add', path: '/__proto__/x', value: 1 }],
    [{ op: 'add', path: '/constructor/prototype/x', value: 1 }],
    [{ op: 'add', path: '/name/__proto__', value: { x: 1 } }],
    [{ op: 'replace', path: '/__proto__', value: { x: 1 } }],
    [{ op: 'copy', from: '/__proto__', path: '/name' }],
    [{ op: 'move', from: '/name', path: '/__proto__' }],
    [{ op: 'test', path: '/__proto__/toString', value: null }],
    [{ op: 'add', path: '/name/length', value: 0 }],
  ])('in the JSON Patch %j', async (operation) => {
    const answer = await fhir.ask('PATCH', `/Patient/${id}`, {
      body: [operation],
      type: 'application/json-patch+json',
    });
    expect([400, 422], answer.text).toContain(answer.status);
  });

  test.each(['Patient.__proto__', 'Patient.constructor', 'Patient.name.__proto__', 'Patient.`__proto__`'])(
    'in a FHIRPath Patch of %s',
    async (path) => {
      for (const name of ['x', '__proto__', 'constructor']) {
        const answer = await fhir.ask('PATCH', `/Patient/${id}`, { body: fhirPatch('add', path, { name }) });
        expect([400, 422], answer.text).toContain(answer.status);
      }
    },
  );
});

const fhirPatch = (type: string, path: string, { name = '', value = 'x' }) => ({
  resourceType: 'Parameters',
  parameter: [
    {
      name: 'operation',
      part: [
        { name: 'type', valueCode: type },
        { name: 'path', valueString: path },
        ...(name ? [{ name: 'name', valueString: name }] : []),
        { name: 'value', valueString: value },
      ],
    },
  ],
});

describe('attack 64: a patch does not reach what a body may not set', () => {
  const patch = async (operations: object[]) => {
    const team = await fhir.ask('POST', '/CareTeam', { body: careTeam(`Patient/${id}`) });
    const answer = await fhir.ask('PATCH', `/CareTeam/${team.json.id}`, {
      body: operations,
      type: 'application/json-patch+json',
    });
    return { answer, after: (await fhir.ask('GET', `/CareTeam/${team.json.id}`)).json, before: team.json };
  };

  const elsewhere = async () => (await fhir.ask('POST', '/Patient', { body: patient() })).json.id as string;

  test.each([
    ['another id', async () => ({ op: 'replace', path: '/id', value: 'mine' })],
    ['no id', async () => ({ op: 'remove', path: '/id' })],
    ['another type', async () => ({ op: 'replace', path: '/resourceType', value: 'CarePlan' })],
    [
      'another patient',
      async () => ({ op: 'replace', path: '/subject', value: { reference: `Patient/${await elsewhere()}` } }),
    ],
    [
      'another reference',
      async () => ({ op: 'replace', path: '/subject/reference', value: `Patient/${await elsewhere()}` }),
    ],
    ['no patient', async () => ({ op: 'remove', path: '/subject' })],
    ['a version', async () => ({ op: 'add', path: '/meta/versionId', value: '7' })],
    ['a time', async () => ({ op: 'replace', path: '/meta/lastUpdated', value: '2001-01-01T00:00:00Z' })],
    ...['shows-block', 'several-patients'].map((code) => [
      `the label ${code}`,
      async () => ({
        op: 'add',
        path: '/meta/security',
        value: [{ system: 'https://naravard.se/fhir/CodeSystem/access', code }],
      }),
    ]),
  ] as [string, () => Promise<object>][])('%s', async (_name, operation) => {
    const { answer, after, before } = await patch([await operation()]);
    expect([400, 403, 422], answer.text).toContain(answer.status);
    expect(after).toEqual(before);
  });

  test('nor do the same by FHIRPath', async () => {
    const team = (await fhir.ask('POST', '/CareTeam', { body: careTeam(`Patient/${id}`) })).json;
    for (const path of [
      'CareTeam.id',
      'CareTeam.subject.reference',
      'CareTeam.meta.versionId',
      'CareTeam.resourceType',
    ]) {
      const answer = await fhir.ask('PATCH', `/CareTeam/${team.id}`, {
        body: fhirPatch('replace', path, { value: `Patient/${await elsewhere()}` }),
      });
      expect([400, 403, 422], answer.text).toContain(answer.status);
    }
    expect((await fhir.ask('GET', `/CareTeam/${team.id}`)).json).toEqual(team);
  });

  test('another organisation patches neither the labels nor anything else', async () => {
    const label = { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'NOPAT' };
    const body = careTeam(`Patient/${id}`, { meta: { security: [label] } });
    const team = (await fhir.ask('POST', '/CareTeam', { body })).json;
    for (const as of ['ssk-hemsjukvard', 'usk-hemtjanst', 'patient'] as const) {
      for (const [type, patched] of [
        ['application/json-patch+json', [{ op: 'remove', path: '/meta/security' }]],
        ['application/json-patch+json', [{ op: 'test', path: '/name', value: 'x' }]],
        ['application/fhir+json', fhirPatch('delete', 'CareTeam.meta.security', {})],
      ] as const) {
        const answer = await fhir.ask('PATCH', `/CareTeam/${team.id}`, { as, body: patched, type });
        expect([403, 404], `${as}: ${answer.text}`).toContain(answer.status);
      }
    }
    expect((await fhir.ask('GET', `/CareTeam/${team.id}`)).json).toEqual(team);
  });
});

describe('attack 70: active content is refused in narratives and plain text elsewhere', () => {
  const div = (inner: string) => ({
    text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${inner}</div>` },
  });

  test.each([
    '<script>alert(1)</script>',
    '<SCRIPT>alert(1)</SCRIPT>',
    '<p onclick="alert(1)">x</p>',
    '<img src="x" onerror="alert(1)"/>',
    '<a href="javascript:alert(1)">x</a>',
    '<a href=" jAvAscript:alert(1)">x</a>',
    '<a href="java&#115;cript:alert(1)">x</a>',
    '<a href="data:text/html,x">x</a>',
    '<svg/onload=alert(1)>',
    '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    '<style>p { background: url(http://evil.test/x) }</style>',
    '<p style="background:url(http://evil.test/x)">x</p>',
    '<p style="width: expression(alert(1))">x</p>',
    '<iframe src="http://evil.test"/>',
    '<object data="x"/>',
    '<form action="http://evil.test"><input name="a"/></form>',
    '<link rel="stylesheet" href="http://evil.test/x.css"/>',
    '<meta http-equiv="refresh" content="0"/>',
    '<base href="http://evil.test"/>',
    '<![CDATA[<script>alert(1)</script>]]>',
    '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><p>&e;</p>',
  ])('%s', async (inner) => {
    const answer = await fhir.ask('POST', '/Patient', { body: patient(div(inner)) });
    expect([answer.status, answer.json.resourceType], answer.text).toEqual([400, 'OperationOutcome']);
    expect(answer.text, 'nor is it echoed').not.toContain('alert(1)');
    const contained = { resourceType: 'Patient', id: 'c', ...div(inner) };
    expect(
      (await fhir.ask('POST', '/CareTeam', { body: careTeam('#c', { contained: [contained] }) })).status,
    ).toBe(400);
  });

  test('what a script would be in a page is only text in names and notes, and no browser takes it for a page', async () => {
    const script = '<script>alert(1)</script><img src=x onerror=alert(1)>';
    const plan = {
      resourceType: 'CarePlan',
      status: 'active',
      intent: 'plan',
      subject: { reference: `Patient/${id}` },
      title: script,
      note: [{ text: script }],
    };
    const created = await fhir.ask('POST', '/CarePlan', { body: plan });
    expect(created.status, created.text).toBe(201);
    const headers = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'sec-fetch-dest': 'document' };
    for (const path of [
      `/CarePlan/${created.json.id}`,
      `/CarePlan?subject=Patient/${id}`,
      `/CarePlan/${created.json.id}/_history`,
    ]) {
      const read = await fhir.ask('GET', path, { headers });
      expect([read.status, read.json.note ?? read.json.entry[0].resource.note]).toEqual([200, plan.note]);
      expect(read.headers).toMatchObject(inert);
    }
    const refused = await fhir.ask('GET', `/CarePlan?${encodeURIComponent(script)}=1`, { headers });
    expect(refused.text).not.toContain('<script>');
    expect(refused.headers).toMatchObject(inert);
  });

  const inert = {
    'content-type': 'application/fhir+json; charset=utf-8',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  };
});
