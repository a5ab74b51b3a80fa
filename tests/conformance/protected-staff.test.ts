import { careRelation } from '@naravard/access';
import { createTestApp, type PersonaId, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { knownStaff } from '../../libs/rest/src/redaction/protected-staff.ts';
import { careTeam, encounter, patient } from './resources.ts';

const security = [
  { system: 'http://hl7.se/fhir/ig/base/CodeSystem/SecurityLabel', code: 'sekretessmarkering' },
];
const hsaId = (value: string) => ({ system: 'urn:oid:1.2.752.29.4.19', value });
const narrative = (text: string) => ({
  status: 'generated',
  div: `<div xmlns="http://www.w3.org/1999/xhtml">${text}</div>`,
});
const nurse = (over: object = {}) => ({
  resourceType: 'Practitioner',
  id: 'holm',
  identifier: [hsaId('SE0000000002-9001')],
  name: [{ family: 'Holm', given: ['Karin'] }],
  ...over,
});

let fhir: TestApp;
const put = async (resource: { resourceType: string }, as: PersonaId = 'journalsystem') => {
  const { resourceType, id } = resource as { resourceType: string; id?: string };
  const { status, text } = await fhir.ask('PUT', `/${resourceType}/${id}`, { body: resource, as });
  expect([status < 300, status < 300 ? '' : text]).toEqual([true, '']);
};

beforeAll(async () => {
  fhir = await createTestApp();
  const admin = 'administrator';
  await put(nurse(), admin);
  await put({ resourceType: 'Practitioner', id: 'berg', name: [{ family: 'Berg' }] } as never, admin);
  await put(
    {
      resourceType: 'PractitionerRole',
      id: 'role',
      practitioner: { reference: 'Practitioner/holm' },
      organization: { display: 'Vårdcentralen Ängen' },
    } as never,
    admin,
  );
  await put(patient({ id: 'astrid-testberg', birthDate: '1941-03-14' }) as never);
  await put(careRelation({ id: 'care', patient: 'astrid-testberg', unit: 'SE0000000002-A1' }));
  await put(
    careTeam('Patient/astrid-testberg', {
      id: 'team',
      participant: [
        { member: { reference: 'Practitioner/holm', display: 'Karin Holm' } },
        { member: { reference: 'PractitionerRole/role', display: 'Sjuksköterska Holm' } },
        { member: { identifier: hsaId('se0000000002-9001'), display: 'Karin Holm' } },
        { member: { reference: 'Practitioner/berg', display: 'Läkare Berg' } },
      ],
      note: [
        {
          text: 'Ring på förmiddagen',
          authorReference: { reference: 'Practitioner/holm', display: 'K Holm' },
        },
      ],
    }) as never,
  );
  await put(
    encounter('Patient/astrid-testberg', '2026-11-01T08:00:00Z', {
      id: 'visit',
      text: narrative('Besök av Karin Holm'),
      participant: [{ individual: { reference: 'Practitioner/holm' } }],
    }) as never,
  );
});
afterAll(() => fhir.close());

const callers = ['journalsystem', 'lakare-vardcentral', 'patient'] as const;
const paths = [
  '/CareTeam/team',
  '/CareTeam/team/_history',
  '/CareTeam/team/_history/1',
  '/CareTeam?patient=astrid-testberg',
  '/CareTeam?patient=astrid-testberg&_elements=participant',
  '/Patient?_id=astrid-testberg&_revinclude=CareTeam:patient&_revinclude=Encounter:patient',
  '/Encounter/visit',
  '/Encounter?patient=astrid-testberg&_summary=text',
];

const found = async (query: string, as: PersonaId = 'lakare-vardcentral') => {
  const { status, json } = await fhir.ask('GET', `${query}&_summary=count`, { as });
  expect(status).toBe(200);
  return json.total as number;
};

describe('a member of staff', () => {
  test('is named to those who may read what refers to them', async () => {
    for (const as of callers)
      expect((await fhir.ask('GET', '/CareTeam/team', { as })).text).toContain('Karin Holm');
    expect(await found('/Encounter?_text=Holm')).toBe(1);
  });

  test('is found in texts by no name that stands in a reference', async () => {
    expect(await found('/CareTeam?_content=Holm')).toBe(0);
    expect(await found('/CareTeam?participant:Practitioner.name=Holm')).toBe(1);
  });
});

describe('a member of staff with protected identity', () => {
  beforeAll(() => put(nurse({ meta: { security } }), 'administrator'));

  test.each(callers)(
    'is named by no reference and no narrative to %s, at once in this process',
    async (as) => {
      for (const path of paths) {
        const { status, text } = await fhir.ask('GET', path, { as });
        expect([path, status]).toEqual([path, 200]);
        expect(text).not.toContain('Holm');
      }
      const { json } = await fhir.ask('GET', '/CareTeam/team', { as });
      expect(json.participant.map(({ member }: { member: object }) => member)).toEqual([
        { reference: 'Practitioner/holm', display: 'Skyddad uppgift' },
        { reference: 'PractitionerRole/role', display: 'Skyddad uppgift' },
        { identifier: hsaId('se0000000002-9001'), display: 'Skyddad uppgift' },
        { reference: 'Practitioner/berg', display: 'Läkare Berg' },
      ]);
    },
  );

  test('is shown by their unit', async () => {
    const { json } = await fhir.ask('GET', '/PractitionerRole/role', { as: 'lakare-vardcentral' });
    expect(json.organization.display).toBe('Vårdcentralen Ängen');
  });

  test('is not named in a bundle', async () => {
    const asked = paths.filter((path) => !path.includes('_history'));
    const entry = asked.map((url) => ({ request: { method: 'GET', url } }));
    for (const type of ['batch', 'transaction']) {
      const body = { resourceType: 'Bundle', type, entry };
      const { status, text } = await fhir.ask('POST', '/', { body, as: 'lakare-vardcentral' });
      expect(status).toBe(200);
      expect(text).not.toContain('Holm');
    }
  });

  test('is not found by the words of a narrative', async () => {
    for (const as of callers) {
      expect(await found('/Encounter?patient=astrid-testberg&_text=Holm', as)).toBe(0);
      expect(await found('/Encounter?patient=astrid-testberg&_content=Holm', as)).toBe(0);
    }
    expect(await found('/CareTeam?participant:Practitioner.name=Holm')).toBe(0);
    expect(await found('/CareTeam?participant=Practitioner/holm')).toBe(1);
  });

  test('is not named where the reference is written with escapes', async () => {
    const body = JSON.stringify(
      encounter('Patient/astrid-testberg', '2026-11-02T08:00:00Z', {
        id: 'escaped',
        participant: [{ individual: { reference: 'Practitioner/holm', display: 'Karin Holm' } }],
      }),
    ).replace('Practitioner/holm', 'Practitioner\\/\\u0068olm');
    expect((await fhir.ask('PUT', '/Encounter/escaped', { body })).status).toBe(201);
    const { text } = await fhir.ask('GET', '/Encounter/escaped');
    expect(text).toContain('Skyddad uppgift');
    expect(text).not.toContain('Karin');
  });

  test('does not keep others from changing what refers to them', async () => {
    const as = 'journalsystem';
    const { json } = await fhir.ask('GET', '/CareTeam/team', { as });
    const { status, text } = await fhir.ask('PUT', '/CareTeam/team', {
      body: { ...json, name: 'Nytt namn' },
      as,
    });
    expect([status, status === 200 ? '' : text]).toEqual([200, '']);
  });

  test('is named again when the label is gone', async () => {
    await put(nurse(), 'administrator');
    expect((await fhir.ask('GET', '/CareTeam/team/_history/1')).text).toContain('Karin Holm');
  });
});

describe('who of the staff is protected', () => {
  const staff = (...keys: string[]) => ({
    keys: new Set(keys),
    hsaIds: new Map<string, Set<string | null>>(),
  });

  test('is asked again after some seconds, and at once after a change of the own', async () => {
    vi.useFakeTimers();
    try {
      const protectedStaff = vi.fn<() => Promise<ReturnType<typeof staff>>>(async () => staff());
      const known = knownStaff({ protectedStaff }, 3_000);
      await Promise.all([known.current(), known.current()]);
      expect(protectedStaff).toHaveBeenCalledTimes(1);
      vi.advanceTimersByTime(2_999);
      await known.current();
      expect(protectedStaff).toHaveBeenCalledTimes(1);
      vi.advanceTimersByTime(1);
      await known.current();
      expect(protectedStaff).toHaveBeenCalledTimes(2);
      known.forget();
      await known.current();
      expect(protectedStaff).toHaveBeenCalledTimes(3);
    } finally {
      vi.useRealTimers();
    }
  });

  test('is asked again after a failure, which shows nothing', async () => {
    const protectedStaff = vi.fn<() => Promise<ReturnType<typeof staff>>>();
    protectedStaff.mockRejectedValueOnce(new Error('down')).mockResolvedValueOnce(staff('Practitioner/a'));
    const known = knownStaff({ protectedStaff });
    await expect(known.current()).rejects.toThrow('down');
    expect((await known.current()).keys).toEqual(new Set(['Practitioner/a']));
  });
});
