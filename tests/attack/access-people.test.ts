import { careRelation, representativeOf } from '@naravard/access';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AccessWorld, createAccessWorld, type Persona, plan, visit } from './access-world.ts';

let world: AccessWorld;
beforeAll(async () => {
  world = await createAccessWorld();
  await world.write('S_V', ...protectedPerson);
  await world.write('S_V', protectedLabel);
});
afterAll(() => world.api.close());

const security = [
  { system: 'http://hl7.se/fhir/ig/base/CodeSystem/SecurityLabel', code: 'sekretessmarkering' },
];
const hidden = {
  resourceType: 'Patient',
  id: 'hidden',
  identifier: [{ system: 'urn:test', value: 'hidden' }],
  name: [{ family: 'Dolding', given: ['Karin'] }],
  telecom: [{ system: 'phone', value: '0709999999' }],
  address: [{ line: ['Gömstigen 5'], city: 'Undanby' }],
  birthDate: '2018-05-01',
};
const protectedLabel = { ...hidden, meta: { security } };
const known = /Dolding|Gömstigen|Undanby|0709999999|Hemlige/;
const protectedPerson = [
  hidden,
  plan('hidden-plan', 'hidden', { subject: { reference: 'Patient/hidden', display: 'Karin Dolding' } }),
  visit('hidden-visit', 'hidden', { location: [{ location: { display: 'Gömstigen 5' } }] }),
  {
    resourceType: 'RelatedPerson',
    id: 'hidden-kin',
    patient: { reference: 'Patient/hidden' },
    name: [{ family: 'Hemlige' }],
    address: [{ city: 'Undanby' }],
  },
  careRelation({ id: 'hidden-care', patient: 'hidden', unit: 'SE0000000002-A1', start: '2026-01-01' }),
  representativeOf({ id: 'hidden-guardian', patient: 'hidden', person: 'hanna', as: 'vardnadshavare' }),
];

/** Every way by which anything about the patient comes out. */
const routes = (id: string): string[] => [
  `/Patient/${id}`,
  `/Patient/${id}/_history`,
  `/Patient/${id}/_history/1`,
  `/Patient?_id=${id}&_revinclude=*`,
  `/Patient?_id=${id}&_elements=name,address,telecom`,
  `/Patient?_id=${id}&_summary=true`,
  `/Patient/${id}/*?_count=100`,
  `/CarePlan?patient=${id}&_include=*`,
  `/CarePlan/${id}-plan`,
  `/CarePlan/${id}-plan/_history/1`,
  `/Encounter?patient=${id}`,
  `/Encounter/${id}-visit`,
  `/RelatedPerson?patient=${id}`,
  `/Provenance?target=Patient/${id}`,
  '/Patient/_history?_count=100',
  '/_history?_count=1000',
];

const guardianship = (change: object) =>
  world.write('S_V', {
    ...representativeOf({
      id: 'child-guardian',
      patient: 'child',
      person: 'hanna',
      as: 'vardnadshavare',
      start: '2026-01-01',
    }),
    ...change,
  });

async function seen(as: Persona, id: string, claims = {}): Promise<string[]> {
  const all = new Set<string>();
  for (const route of routes(id)) {
    const { text } = await world.ask(as, 'GET', route, { claims });
    for (const [key] of text.matchAll(new RegExp(`(CarePlan|Encounter|RelatedPerson)/${id}-[a-z]+`, 'g')))
      all.add(key);
    if (text.includes(`"id":"${id}"`)) all.add(`Patient/${id}`);
  }
  return [...all].sort();
}

describe('who acts for a person', () => {
  test('attack 52: sees a child under 13 by every route as long as it lasts, and nothing after', async () => {
    expect(await seen('G', 'child')).toEqual(
      expect.arrayContaining(['CarePlan/child-plan', 'Patient/child']),
    );
    const endings = [
      { period: { start: '2026-01-01', end: '2026-11-22' } },
      { active: false },
      {
        relationship: [
          { coding: [{ system: 'https://naravard.se/fhir/CodeSystem/representative', code: 'ombud' }] },
        ],
      },
    ];
    for (const ending of endings) {
      await guardianship(ending);
      expect([ending, await seen('G', 'child')]).toEqual([ending, []]);
    }
    await guardianship({});
    expect(await seen('G', 'child', { sub: 'somebody-else' })).toEqual([]);
    expect(await seen('G', 'child', { act_for: 'p1' })).toEqual([]);
  });

  test('attack 52: sees nothing from the day on which the child is 13, nor a page that was begun before', async () => {
    const { json } = await world.ask('G', 'GET', '/Encounter?patient=child&_count=1');
    const self = json.link.find(({ relation }: { relation: string }) => relation === 'self').url;
    world.clock.at = '2031-04-30T21:59:59.999Z';
    expect(await seen('G', 'child')).not.toEqual([]);
    world.clock.at = '2031-04-30T22:00:00.000Z';
    expect(await seen('G', 'child')).toEqual([]);
    expect((await world.ask('G', 'GET', self)).json.entry).toBeUndefined();
    world.clock.at = '2026-11-23T10:00:00.000Z';
  });

  test('attack 52: sees nothing of a child with protected identity', async () => {
    expect(await seen('G', 'hidden', { act_for: 'hidden' })).toEqual([]);
  });

  test('attack 52: a child sees itself from 16, not before', async () => {
    expect(await seen('C', 'child')).toEqual([]);
    world.clock.at = '2034-04-30T22:00:00.000Z';
    expect(await seen('C', 'child')).toContain('CarePlan/child-plan');
    world.clock.at = '2026-11-23T10:00:00.000Z';
  });
});

describe('protected identity', () => {
  test('attack 52: hides name, address, next of kin and places on every route from who takes no part in the care', async () => {
    await world.write('S_V', {
      resourceType: 'EpisodeOfCare',
      id: 'hidden-need',
      status: 'active',
      type: [{ coding: [{ system: 'https://naravard.se/fhir/CodeSystem/relation', code: 'need' }] }],
      patient: { reference: 'Patient/hidden' },
      managingOrganization: { identifier: { system: 'urn:oid:1.2.752.29.4.19', value: 'SE0000000002-A7' } },
      period: { start: '2026-01-01', end: '2027-01-01' },
    });
    for (const as of ['S_V', 'R'] as const) {
      for (const route of routes('hidden')) {
        const { status, text } = await world.ask(as, 'GET', route);
        expect([as, route, status]).toEqual([as, route, 200]);
        expect(text, `${as} ${route}`).not.toMatch(known);
      }
    }
  });

  test('attack 52: warns who takes part in the care, and shows what is needed', async () => {
    const { json } = await world.ask('V', 'GET', '/Patient/hidden');
    expect(json.name[0].family).toBe('Dolding');
    expect(json.meta.security.map(({ code }: { code: string }) => code)).toContain('sekretessmarkering');
  });
});
