import { afterAll, beforeAll, expect, test } from 'vitest';
import { linesIn } from '../conformance/exported-file.ts';
import { patient } from '../conformance/resources.ts';
import { type AccessWorld, createAccessWorld, keysIn, visit } from './access-world.ts';

// OSL (2009:400) 22 kap 1 §: what a person was found by does not tell where the person is, once the identity is protected.

let world: AccessWorld;
beforeAll(async () => {
  world = await createAccessWorld();
});
afterAll(() => world.api.close());

const label = {
  system: 'http://hl7.se/fhir/ig/base/CodeSystem/SecurityLabel',
  code: 'sekretessmarkering',
};

const living = (id: string, isProtected: boolean) =>
  patient({
    id,
    ...(isProtected && { meta: { security: [label] } }),
    address: [{ city: 'Undanby' }],
  });

async function started(path: string): Promise<string> {
  const { status, headers } = await world.ask('S_V', 'GET', path, { headers: { prefer: 'respond-async' } });
  expect([path, status]).toEqual([path, 202]);
  await world.api.app.jobs.finish();
  return String(headers['content-location']);
}

const shown = async (address: string): Promise<string[]> => {
  const { json } = await world.ask('S_V', 'GET', address);
  return keysIn(json.entry[0].resource);
};

const exported = async (address: string): Promise<string[]> => {
  const { json } = await world.ask('S_V', 'GET', address);
  const files = await Promise.all(
    json.output.map(async ({ url }: { url: string }) => linesIn((await world.ask('S_V', 'GET', url)).text)),
  );
  return files.flat().map(({ resourceType, id }) => `${resourceType}/${id}`);
};

test('a search that was made before does not find by the address who is protected since', async () => {
  await world.write('S_V', living('moved', false), living('stays', false));
  const address = await started('/Patient?address-city=Undanby&_sort=_id');
  expect(await shown(address)).toEqual(['Patient/moved', 'Patient/stays']);
  await world.write('S_V', living('moved', true));
  expect(await world.found('S_V', '/Patient?address-city=Undanby')).toEqual(['Patient/stays']);
  expect(await shown(address)).toEqual(['Patient/stays']);
});

test('nor does an export that was made by the address', async () => {
  await world.write('S_V', living('gone', false), living('here', false));
  const address = await started('/$export?_type=Patient&_typeFilter=Patient?address-city=Undanby');
  expect(await exported(address)).toEqual(expect.arrayContaining(['Patient/gone', 'Patient/here']));
  await world.write('S_V', living('gone', true));
  const now = await exported(address);
  expect(now).toContain('Patient/here');
  expect(now).not.toContain('Patient/gone');
});

test('who was shown masked when it was asked is shown masked when it is fetched', async () => {
  await world.write('S_V', living('hidden', true));
  const address = await started('/Patient?_id=hidden');
  expect(await shown(address)).toEqual(['Patient/hidden']);
  expect((await world.ask('S_V', 'GET', address)).text).not.toContain('Undanby');
});

test('what came with a resource that is masked since does not tell where the person was', async () => {
  await world.write('administrator', { resourceType: 'Location', id: 'ward', name: 'Avdelning 9' });
  await world.write('S_V', living('visitor', false));
  const at = { location: [{ location: { reference: 'Location/ward' } }] };
  await world.write('S_V', { ...(visit('visited', 'visitor') as object), ...at });
  const address = await started('/Encounter?patient=visitor&_include=Encounter:location');
  expect(await shown(address)).toEqual(['Encounter/visited', 'Location/ward']);
  await world.write('S_V', living('visitor', true));
  const { text } = await world.ask('S_V', 'GET', address);
  expect(text).not.toContain('ward');
});
