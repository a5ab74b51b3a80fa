import { careRelation } from '@naravard/access';
import { extensions, systems } from '@naravard/care';
import { audienceExtension } from '@naravard/fhir';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contact } from '../flows/contact-world.ts';
import { astrid, parameters, value } from '../law/operations/world.ts';
import { createCareWorld, doctor, draft, NIGHT_DOCTOR, nurse, OFFICE, withLabels } from './care-world.ts';

let contacts: Awaited<ReturnType<typeof createCareWorld>>;
let team: string;
let plan: string;
beforeAll(async () => {
  contacts = await createCareWorld();
  ({ team, plan } = contacts);
});
afterAll(() => contacts.world.api.close());

describe('what is made of something that is kept has its labels', () => {
  test('a contact that the patient is not shown is not shown when it has been handed over', async () => {
    const patient = await contacts.person();
    const hidden = await contacts.appointed(contact(patient, 'omar-lind', '2', withLabels('NOPAT')));
    const handed = await contacts.hand(hidden, {
      to: { reference: 'PractitionerRole/lena-falk' },
      reason: 'Byte',
    });
    const next = value(handed.json.parameter, 'contact') as { reference: string };
    expect((await contacts.asPatient(patient, `/${next.reference}`)).status).toBe(404);
    expect((await contacts.asPatient(patient, `/Patient/${patient}/$fasta-kontakter`)).text).not.toMatch(
      /Lena/,
    );
  });

  test('what stays outside SVOD is not told of by its signature or its message', async () => {
    const { world } = contacts;
    const secret = await world.send(draft(withLabels('outside-svod')), doctor);
    const signed = await world.api.ask('POST', `/${secret}/$sign`, {
      as: doctor,
      body: parameters({ version: 1 }),
    });
    const { reference } = value(signed.json.parameter, 'signature') as { reference: string };
    expect([await world.sees(doctor, reference), await world.sees(nurse, reference)]).toEqual([true, false]);
    const open = await world.api.ask('POST', `/CarePlan/${plan}/$sign`, {
      as: doctor,
      body: parameters({ version: 1 }),
    });
    const other = value(open.json.parameter, 'signature') as { reference: string };
    expect(await world.sees(nurse, other.reference)).toBe(true);
  });
});

test('PDL 4:4: of a contact behind an inner spärr no operation tells the other units', async () => {
  const { world } = contacts;
  const patient = await contacts.person();
  await world.send(careRelation({ patient, unit: 'SE0000000002-A3' }));
  const blocked = await contacts.appointed(contact(patient, 'maja-berg', '4'), 'psykiatri');
  const said = await world.operate('$sparra', { reach: 'inre' }, 'psykiatri', patient);
  expect([said.status, said.text]).toEqual([200, said.text]);
  expect(await world.sees('psykiatri', `CareTeam/${blocked}`)).toBe(true);
  for (const path of [
    `/CareTeam/${blocked}/$to-inera`,
    `/Patient/${patient}/$fasta-kontakter`,
    `/Patient/${patient}/$vem-ringer-jag`,
    `/Patient/${patient}/$samordnad-plan?since=2026-01-01`,
  ]) {
    const { text } = await world.api.ask('GET', path, { as: doctor });
    expect([path, /Maja|031-390/.test(text), text.includes(`CareTeam/${blocked}`)]).toEqual([
      path,
      false,
      false,
    ]);
  }
  const to = { reference: 'PractitionerRole/lena-falk' };
  const handed = await contacts.hand(blocked, { to, reason: 'Byte' }, doctor);
  const unknown = await contacts.hand('none', { to, reason: 'Byte' }, doctor);
  expect([handed.status, handed.text]).toEqual([404, unknown.text]);
});

describe('numbers for the staff alone', () => {
  test('are in nothing that the patient reads, nor is the narrative that says them', async () => {
    expect(audienceExtension).toBe(extensions.malgrupp);
    for (const path of [
      `/CareTeam/${team}`,
      `/CareTeam/${team}/_history/1`,
      `/CareTeam/${team}/_history`,
      `/CareTeam?patient=${astrid}`,
      `/CareTeam/${team}/$to-inera`,
      `/Patient/${astrid}/$fasta-kontakter`,
      `/Patient/${astrid}/$vem-ringer-jag`,
      `/Patient/${astrid}/$samordnad-plan`,
    ]) {
      const { status, text } = await contacts.world.api.ask('GET', path, { as: 'patient' });
      expect([path, status, text.includes(NIGHT_DOCTOR)]).toEqual([path, 200, false]);
      expect(text).toContain(OFFICE);
    }
    const { text } = await contacts.world.api.ask('GET', `/CareTeam/${team}`, { as: nurse });
    expect(text).toContain(NIGHT_DOCTOR);
  });
});

test('OSL 22:1: where a meeting is held is masked with a protected identity', async () => {
  const { put, world } = contacts;
  const label = { system: 'http://hl7.se/fhir/ig/base/CodeSystem/SecurityLabel', code: 'sekretessmarkering' };
  const id = 'skyddad';
  await put(
    { resourceType: 'Patient', id, meta: { security: [label] }, birthDate: '1970-01-01' },
    'journalsystem',
  );
  const meeting = await world.send({
    resourceType: 'Appointment',
    status: 'booked',
    start: '2026-12-01T10:00:00Z',
    end: '2026-12-01T11:00:00Z',
    comment: 'Hemma på Strandgatan 1',
    participant: [{ actor: { reference: `Patient/${id}` }, status: 'accepted' }],
  });
  const { status, text } = await world.api.ask('GET', `/${meeting}`, { as: 'journalsystem' });
  expect([status, text.includes('Strandgatan')]).toEqual([200, false]);
});

describe('OSL 22:1: a protected identity in what is composed', () => {
  const label = { system: 'http://hl7.se/fhir/ig/base/CodeSystem/SecurityLabel', code: 'sekretessmarkering' };
  const meta = { security: [label] };
  const id = 'hemlig';
  beforeAll(async () => {
    const { put, world } = contacts;
    const name = [{ family: 'Hemlig', given: ['Stina'] }];
    await put({ resourceType: 'Patient', id, meta, name, birthDate: '1970-01-01' }, 'journalsystem');
    await world.send(careRelation({ patient: id, unit: 'SE0000000002-A1' }));
    await put({
      resourceType: 'Practitioner',
      id: 'dold',
      meta,
      name: [{ family: 'Dold', given: ['Disa'] }],
    });
    await put({
      resourceType: 'PractitionerRole',
      id: 'dold',
      practitioner: { reference: 'Practitioner/dold', display: 'Disa Dold' },
      organization: { reference: 'Organization/vc-havsvinden' },
    });
    const member = { reference: 'PractitionerRole/dold', display: 'Disa Dold' };
    const role = [{ coding: [{ system: systems.fastKontakt, code: '2' }] }];
    const over = { name: 'Fast läkarkontakt: Disa Dold', participant: [{ role, member }] };
    await contacts.appointed(contact(id, 'omar-lind', '2', over));
  });

  test.each(['', '?_format=compact', '?_format=html'])(
    'is warned of to who takes part in the care, and masked for others: $samordnad-plan%s',
    async (query) => {
      const path = `/Patient/${id}/$samordnad-plan${query}`;
      const shown = await contacts.world.api.ask('GET', path, { as: doctor });
      expect(shown.text).toContain('Stina Hemlig');
      expect(shown.text).toMatch(/sekretessmarkering|"protectedIdentity":true|Skyddade personuppgifter/);
      const masked = await contacts.world.api.ask('GET', path, { as: 'journalsystem' });
      expect([masked.status, /Stina|Hemlig/.test(masked.text)]).toEqual([200, false]);
    },
  );

  test('of the staff is named nowhere, also where a contact is named after the person', async () => {
    const found = await contacts.world.api.ask('GET', `/CareTeam?patient=${id}`, { as: doctor });
    expect(found.json.entry).toHaveLength(1);
    const [{ resource }] = found.json.entry;
    for (const path of [
      `/CareTeam/${resource.id}`,
      `/CareTeam/${resource.id}/$to-inera`,
      `/Patient/${id}/$fasta-kontakter`,
      `/Patient/${id}/$vem-ringer-jag`,
      `/Patient/${id}/$samordnad-plan?since=2026-01-01`,
      `/Patient/${id}/$samordnad-plan?since=2026-01-01&_format=html`,
    ]) {
      const { status, text } = await contacts.world.api.ask('GET', path, { as: doctor });
      expect([path, status, /Disa|Dold/.test(text)]).toEqual([path, 200, false]);
    }
  });
});
