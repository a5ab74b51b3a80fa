import { careRelation } from '@naravard/access';
import { createTestApp, type PersonaId, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { careTeam, patient } from '../conformance/resources.ts';

const astrid = 'astrid-testberg';
const region = 'SE0000000002-A';
const unit = 'SE0000000002-A1';
const doctor = 'SE0000000002-2001';
const identifier = (value: string) => [{ system: 'urn:oid:1.2.752.29.4.19', value }];
const label = [{ system: 'http://hl7.se/fhir/ig/base/CodeSystem/SecurityLabel', code: 'sekretessmarkering' }];

let api: TestApp;
const put = async (as: PersonaId, resource: object) => {
  const { resourceType, id } = resource as { resourceType: string; id: string };
  const { status, text } = await api.ask('PUT', `/${resourceType}/${id}`, { as, body: resource });
  expect([status < 300, status < 300 ? '' : text]).toEqual([true, '']);
};
const organization = (id: string, hsaId: string, name: string) => ({
  resourceType: 'Organization',
  id,
  identifier: identifier(hsaId),
  name,
});
const practitioner = (id: string, hsaId: string, security?: object[]) => ({
  resourceType: 'Practitioner',
  id,
  ...(security && { meta: { security } }),
  identifier: identifier(hsaId),
  name: [{ family: 'Holm' }],
});
const team = (id: string) =>
  careTeam(`Patient/${astrid}`, {
    id,
    participant: [
      { member: { type: 'Practitioner', identifier: identifier(doctor)[0], display: 'Karin Holm' } },
    ],
  });
const displayIn = async (as: PersonaId, id: string): Promise<string> =>
  (await api.ask('GET', `/CareTeam/${id}`, { as })).json.participant[0].member.display;

beforeAll(async () => {
  api = await createTestApp();
  await put('journalsystem', patient({ id: astrid, birthDate: '1941-03-14' }));
  await put('journalsystem', careRelation({ id: 'care', patient: astrid, unit }));
  await put('journalsystem', team('of-the-region'));
  await put('journalsystem-kommun', team('of-the-kommun'));
});
afterAll(() => api.close());

describe('who an organisation is, is not said by another', () => {
  const logged = async () => {
    await api.ask('GET', `/Patient/${astrid}`, { as: 'lakare-vardcentral' });
    const { json } = await api.ask('GET', `/Patient/${astrid}/$atkomstlogg?_count=1`, { as: 'patient' });
    return JSON.stringify(json);
  };

  test('an entry by another organisation names nobody, whatever its id and however alone it is', async () => {
    await put('journalsystem-kommun', organization('0', region, 'FALSKT NAMN'));
    await put('journalsystem-kommun', organization('1', unit, 'FALSK ENHET'));
    const text = await logged();
    expect(text).toContain(region);
    expect(text).not.toContain('FALSK');
  });

  test('an administrator names it, and the organisation itself before that', async () => {
    await put('administrator', organization('admin', region, 'Regionen enligt katalogen'));
    expect(await logged()).toContain('Regionen enligt katalogen');
    await put('journalsystem', organization('own', region, 'Region Testland'));
    await put('journalsystem', organization('own-unit', unit, 'Vårdcentralen Ängen'));
    const text = await logged();
    expect(text).toContain('Region Testland');
    expect(text).toContain('Vårdcentralen Ängen');
    expect(text).not.toContain('FALSK');
  });

  test('what an administrator has registered is not told to come from an organisation or a relative', async () => {
    const { json } = await api.ask('GET', '/Provenance?target=Organization/admin', { as: 'administrator' });
    expect(json.entry[0].resource.agent).toEqual([
      expect.objectContaining({ who: { identifier: { value: 'administrator' } } }),
    ]);
  });

  test('systems do not change what administrators have registered', async () => {
    const body = organization('admin', region, 'FALSKT NAMN');
    for (const as of ['journalsystem', 'journalsystem-kommun'] as const)
      expect((await api.ask('PUT', '/Organization/admin', { as, body })).status).toBe(403);
  });
});

describe('who of the staff is protected, is said of another organisation by nobody but administrators', () => {
  test('a label by another organisation hides nobody outside of what that one wrote', async () => {
    await put('journalsystem-kommun', practitioner('0', doctor, label));
    expect(await displayIn('journalsystem', 'of-the-region')).toBe('Karin Holm');
    expect(await displayIn('journalsystem-kommun', 'of-the-kommun')).toBe('Skyddad uppgift');
  });

  test('a label by an administrator hides everywhere', async () => {
    await put('administrator', practitioner('admin', doctor, label));
    expect(await displayIn('journalsystem', 'of-the-region')).toBe('Skyddad uppgift');
  });
});
