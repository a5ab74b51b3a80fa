import { gzipSync } from 'node:zlib';
import { loadDefinitions } from '@naravard/fhir';
import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allModules, ownGuide } from '../../services/all-in-one/src/modules.ts';
import {
  type File,
  files,
  kindSet,
  kinds,
  manifest,
  organization,
  own,
  structure,
  tarOf,
  tgz,
  unit,
  ward,
  whole,
} from './made-package.ts';

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp({ modules: allModules(loadDefinitions()), guide: ownGuide() });
});
afterAll(() => api.close());

async function load(bytes: Buffer, { as = 'administrator', ...headers }: Record<string, string> = {}) {
  const token = await api.issuer.token(as as 'administrator');
  const { statusCode, body } = await api.app.inject({
    method: 'POST',
    url: '/fhir/ImplementationGuide/$load',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/gzip', ...headers },
    payload: bytes,
  });
  return { status: statusCode, json: JSON.parse(body) };
}

interface Parameter {
  name: string;
  valueInteger?: number;
  valueString?: string;
  part?: { valueString: string }[];
}

const counts = ({ parameter }: { parameter: Parameter[] }) =>
  Object.fromEntries(
    parameter.flatMap(({ name, valueInteger }) => (valueInteger === undefined ? [] : [[name, valueInteger]])),
  );

const said = ({ parameter }: { parameter: Parameter[] }, name: string): string[] =>
  parameter.flatMap((each) =>
    each.name === name
      ? (each.part?.map(({ valueString }) => valueString).join(': ') ?? each.valueString ?? '')
      : [],
  );

const write = async (resource: object) => {
  const { status, json } = await api.ask('POST', '/Organization', { as: 'administrator', body: resource });
  return [status, json.issue?.[0]?.expression?.[0]];
};

describe('a package that an administrator loads', () => {
  test('is stored without its examples, and says what else it needs', async () => {
    const { status, json } = await load(await tgz(whole));
    expect([status, counts(json)]).toEqual([200, { created: 6, updated: 0, unchanged: 0, deleted: 0 }]);
    expect(said(json, 'package')).toEqual(['se.example.care#1.0.0']);
    expect(said(json, 'leftOut').join()).toContain('package/example/: 1 file');
    expect(said(json, 'warning').join()).toContain('hl7.fhir.other#2.1.0');
    const { json: found } = await api.ask('GET', `/StructureDefinition?url=${unit.url}`, { as: 'patient' });
    expect(found.entry[0].resource.meta.tag).toEqual([
      { system: 'https://naravard.se/fhir/package', version: '1.0.0', code: 'se.example.care' },
    ]);
  });

  test('is what resources that name its profiles are checked by from then on', async () => {
    expect(await write(organization())).toEqual([201, undefined]);
    expect(await write(organization({ identifier: [{ value: '1' }] }))).toEqual([
      400,
      'Organization.identifier',
    ]);
    const strange = { type: [{ coding: [{ system: kinds.url, code: 'bakery' }] }] };
    expect(await write(organization(strange))).toEqual([400, 'Organization.type[0]']);
    const extension = [{ url: `${own}/StructureDefinition/size`, valueString: 'big' }];
    expect(await write(organization({ extension }))).toEqual([
      400,
      'Organization.extension[0].value.ofType(string)',
    ]);
  });

  test('may have profiles on its own profiles, and profiles that are whole by their snapshot', async () => {
    const as = (name: string, over: object = {}) =>
      organization({ meta: { profile: [`${own}/StructureDefinition/${name}`] }, ...over });
    expect(await write(as('ward'))).toEqual([400, 'Organization.name']);
    expect(await write(as('ward', { name: 'A', type: undefined }))).toEqual([400, 'Organization.type']);
    expect(await write(as('ward', { name: 'A' }))).toEqual([201, undefined]);
    expect(await write(as('clinic'))).toEqual([400, 'Organization.telecom']);
  });

  test('changes nothing when it is loaded again', async () => {
    const before = (await api.ask('GET', `/StructureDefinition?url=${unit.url}`)).json.entry[0].resource.meta;
    const { json } = await load(await tgz(whole));
    expect(counts(json)).toEqual({ created: 0, updated: 0, unchanged: 6, deleted: 0 });
    const after = (await api.ask('GET', `/StructureDefinition?url=${unit.url}`)).json.entry[0].resource.meta;
    expect(after).toEqual(before);
  });

  test('takes the place of its earlier version, and takes along what it no longer has', async () => {
    const version = '1.1.0';
    const later: readonly File[] = [
      ['package/package.json', manifest({ version })],
      ...files({ ...unit, version }, { ...ward, version }, { ...kinds, version }, { ...kindSet, version }),
    ];
    const { json } = await load(await tgz(later));
    expect(counts(json)).toEqual({ created: 0, updated: 4, unchanged: 0, deleted: 2 });
    const size = await api.ask('GET', `/StructureDefinition?url=${own}/StructureDefinition/size`);
    expect(size.json.entry ?? []).toEqual([]);
    const extension = [{ url: `${own}/StructureDefinition/size`, valueString: 'big' }];
    expect(await write(organization({ extension }))).toEqual([201, undefined]);
  });
});

describe('a package is refused', () => {
  const broken = structure('broken', 'Organization', {
    differential: { element: [{ id: 'Organization.noSuch', path: 'Organization.noSuch', min: 1 }] },
  });
  const fine = structure('fine', 'Organization', {
    differential: { element: [{ id: 'Organization', path: 'Organization' }] },
  });
  const named = ['package/package.json', manifest({ name: 'se.example.broken' })] as const;

  test('whole when one of its profiles cannot be kept, which is named; leniently, the rest is loaded', async () => {
    const bytes = await tgz([named, ...files(broken, fine)]);
    const { status, json } = await load(bytes);
    expect(status).toBe(422);
    expect(json.issue[0].diagnostics).toContain('element Organization.noSuch');
    const { json: none } = await api.ask('GET', `/StructureDefinition?url=${fine.url}`);
    expect(none.entry ?? []).toEqual([]);
    const lenient = await load(bytes, { prefer: 'handling=lenient' });
    expect([lenient.status, counts(lenient.json).created]).toEqual([200, 1]);
    expect(said(lenient.json, 'leftOut').join()).toContain('StructureDefinition-broken.json');
  });

  test('whole when a resource is not valid R4, and the file is named', async () => {
    const { status, json } = await load(await tgz([named, ...files(fine, { ...kindSet, status: 'new' })]));
    expect([status, json.issue[0].diagnostics]).toEqual([
      400,
      expect.stringContaining('ValueSet-kinds.json'),
    ]);
  });

  test.each<[string, number, () => Buffer | Promise<Buffer>]>([
    ['that names places outside of itself', 400, () => tgz([named, ['package/../../x.json', {}]])],
    ['with an absolute path', 400, () => tgz([named, ['/etc/cron.d/x.json', {}]])],
    [
      'with a link',
      400,
      () =>
        tgz([
          named,
          ['package/x.json', '', { name: 'package/x.json', type: 'symlink', linkname: '/etc/passwd' }],
        ]),
    ],
    ['without package.json', 400, () => tgz(files(fine))],
    ['of another FHIR', 422, () => tgz([['package/package.json', manifest({ fhirVersions: ['5.0.0'] })]])],
    ['that is no gzip', 400, () => Buffer.from('{"resourceType":"Bundle"}')],
    ['that is no tar', 400, () => gzipSync('x'.repeat(5000))],
    ['that is cut off', 400, async () => (await tgz([named, ...files(fine)])).subarray(0, 200)],
    ['with a file that is no JSON', 400, () => tgz([named, ['package/x.json', '{']])],
    ['that is a bomb', 413, () => gzipSync(Buffer.alloc(160 * 1024 * 1024), { level: 1 })],
    [
      'with a bomb in it',
      413,
      async () =>
        gzipSync(await tarOf([named, ['package/x.json', Buffer.alloc(140 * 1024 * 1024)]]), { level: 1 }),
    ],
  ])('%s', async (_what, expected, bytes) => {
    const { status, json } = await load(await bytes());
    expect([status, json.resourceType]).toEqual([expected, 'OperationOutcome']);
    expect(json.issue[0].diagnostics).toMatch(/\.$/);
  });

  test('from anybody but an administrator, and sent as anything but a package', async () => {
    for (const as of ['journalsystem', 'ssk-hemsjukvard', 'patient']) {
      expect((await load(await tgz(whole), { as })).status).toBe(403);
    }
    expect((await load(await tgz(whole), { 'content-type': 'application/fhir+json' })).status).toBe(415);
    expect((await load(Buffer.alloc(9 * 1024 * 1024))).status).toBe(413);
  });
});
