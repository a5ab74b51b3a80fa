import { careRelation } from '@naravard/access';
import { extensions, systems } from '@naravard/care';
import { loadDefinitions } from '@naravard/fhir';
import type { createTestApp, PersonaId, TestResponse } from '@naravard/testkit';
import { expect } from 'vitest';
import { allModules, ownGuide } from '../../services/all-in-one/src/modules.ts';
import { createWorld, parameters } from '../law/operations/world.ts';

const modules = allModules(loadDefinitions());

export const people = {
  'omar-lind': ['Omar Lind', 'Specialistläkare', 'vc-havsvinden', '031-390 06 20'],
  'lena-falk': ['Lena Falk', 'Specialistläkare', 'vc-havsvinden', '031-390 06 25'],
  'petra-sund': ['Petra Sund', 'Specialistläkare', 'vc-kusten', '031-390 06 30'],
  'maja-berg': ['Maja Berg', 'Sjuksköterska', 'hemsjukvarden-soder', undefined],
} as const;
const units = {
  'vc-havsvinden': ['Vårdcentral Havsvinden', 'SE0000000002-A1'],
  'vc-kusten': ['Vårdcentralen Kusten', 'SE0000000003-A1'],
  'hemsjukvarden-soder': ['Hemsjukvården Söder', 'SE0000000001-A1'],
} as const;

export const contact = (
  patient: string,
  who: keyof typeof people,
  code: string,
  over: object = {},
): object => ({
  resourceType: 'CareTeam',
  extension: [{ url: extensions.uppdrag, valueString: 'Ansvarar för din medicinska behandling.' }],
  status: 'active',
  category: [{ coding: [{ system: systems.careTeamType, code: 'fast-kontakt' }] }],
  subject: { reference: `Patient/${patient}` },
  period: { start: '2026-01-12' },
  participant: [
    {
      role: [{ coding: [{ system: systems.fastKontakt, code }] }],
      member: { reference: `PractitionerRole/${who}`, display: people[who][0] },
    },
  ],
  managingOrganization: [{ reference: `Organization/${people[who][2]}` }],
  telecom: [{ system: 'phone', value: people[who][3] ?? '031-390 06 22' }],
  ...over,
});

/** The contacts of an answer, as `code name`. */
export const named = ({ json, text, status }: TestResponse): string[] => {
  expect([status, text]).toEqual([200, text]);
  return contactsOf(json).map((parts) => `${one(parts, 'type')?.code} ${one(parts, 'name')}`);
};

export type Parts = Record<string, unknown>[];
export const contactsOf = (json: { parameter: { name: string; part: Parts }[] }): Parts[] =>
  json.parameter.filter(({ name }) => name === 'contact').map(({ part }) => part);

// biome-ignore lint/suspicious/noExplicitAny: values are of every type
export const all = (parts: Parts, name: string): any[] =>
  parts
    .filter((part) => part.name === name)
    .map((part) => Object.entries(part).find(([key]) => key !== 'name')?.[1]);
// biome-ignore lint/suspicious/noExplicitAny: values are of every type
export const one = (parts: Parts, name: string): any => all(parts, name)[0];

/**
 * A directory of three vårdgivare, and what tests ask of them; every `person` is somebody new, whom the region, the kommun and a
 * private vårdgivare take care of.
 */
export async function createContactWorld(options: Parameters<typeof createTestApp>[0] = {}) {
  const world = await createWorld({ modules, guide: ownGuide(), ...options });
  let count = 0;

  async function put(
    resource: { resourceType: string; id: string; [element: string]: unknown },
    as: PersonaId = 'administrator',
  ) {
    const { status, text } = await world.api.ask('PUT', `/${resource.resourceType}/${resource.id}`, {
      as,
      body: resource,
    });
    expect([status, text]).toEqual([201, text]);
  }

  async function person(): Promise<string> {
    count += 1;
    const id = `person-${count}`;
    await put({ resourceType: 'Patient', id, birthDate: '1941-03-14' }, 'journalsystem');
    await world.send(careRelation({ patient: id, unit: 'SE0000000002-A1' }));
    await world.send(careRelation({ patient: id, unit: 'SE0000000001-A1' }), 'journalsystem-kommun');
    const token = await world.api.issuer.token('journalsystem', {
      healthCareProviderHsaId: 'SE0000000003-A',
    });
    const { status, text } = await asToken(token, 'POST', '/EpisodeOfCare', {
      ...careRelation({ patient: id, unit: 'SE0000000003-A1' }),
    });
    expect([status, text]).toEqual([201, text]);
    return id;
  }

  const asToken = (token: string, method: string, path: string, body?: object) =>
    world.api.ask(method, path, {
      as: null,
      headers: { authorization: `Bearer ${token}` },
      ...(body && { body }),
    });

  /** What the person is answered. */
  const asPatient = async (patient: string, path: string) =>
    asToken(await world.api.issuer.token('patient', { patient, sub: patient }), 'GET', path);

  const create = (resource: object, as: PersonaId = 'lakare-vardcentral') =>
    world.api.ask('POST', '/CareTeam', { as, body: resource });

  async function appointed(resource: object, as: PersonaId = 'lakare-vardcentral'): Promise<string> {
    const { status, text, json } = await create(resource, as);
    expect([status, text]).toEqual([201, text]);
    return json.id;
  }

  const hand = (
    id: string,
    sent: Parameters<typeof parameters>[0],
    as: PersonaId = 'lakare-vardcentral',
    headers: Record<string, string> = {},
  ) => world.api.ask('POST', `/CareTeam/${id}/$handover`, { as, body: parameters(sent), headers });

  const asked = (patient: string, date?: string, as: PersonaId = 'lakare-vardcentral') =>
    world.api.ask('GET', `/Patient/${patient}/$fasta-kontakter${date ? `?date=${date}` : ''}`, { as });

  for (const [id, [name, hsaId]] of Object.entries(units)) {
    await put({
      resourceType: 'Organization',
      id,
      name,
      identifier: [{ system: 'urn:oid:1.2.752.29.4.19', value: hsaId }],
    });
  }
  for (const [id, [name, post, unit, phone]] of Object.entries(people)) {
    const [given, family] = name.split(' ');
    await put({ resourceType: 'Practitioner', id, name: [{ family, given: [given] }] });
    await put({
      resourceType: 'PractitionerRole',
      id,
      practitioner: { reference: `Practitioner/${id}`, display: name },
      organization: { reference: `Organization/${unit}` },
      code: [{ text: post }],
      ...(phone && { telecom: [{ system: 'phone', value: phone }] }),
    });
  }

  return { world, put, person, asPatient, create, appointed, hand, asked };
}
