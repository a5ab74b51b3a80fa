import { extensions, systems } from '@naravard/care';
import { afterAll, describe, expect, test } from 'vitest';
import type { parameters } from '../law/operations/world.ts';
import { all, contact, contactsOf, createContactWorld, named, one } from './contact-world.ts';

const { world, put, person, asPatient, appointed, hand, asked } = await createContactWorld();
afterAll(() => world.api.close());

const toLena = { to: { reference: 'PractitionerRole/lena-falk' }, reason: 'Omar slutar' };

describe('a fast kontakt is appointed, changed and handed over', () => {
  test('and is asked for by date', async () => {
    const patient = await person();
    const id = await appointed(contact(patient, 'omar-lind', '2'));
    const { json } = await world.api.ask('GET', `/CareTeam/${id}`, { as: 'lakare-vardcentral' });
    const telecom = [{ system: 'phone', value: '031-390 06 99' }];
    const changed = await world.api.ask('PUT', `/CareTeam/${id}`, {
      as: 'lakare-vardcentral',
      body: { ...json, telecom },
    });
    expect(changed.status).toBe(200);

    const done = await hand(id, {
      ...toLena,
      start: { date: '2026-06-01' },
      message: 'Ring henne i veckan.',
    });
    expect([done.status, done.text]).toEqual([200, done.text]);
    const [, next] = done.json.parameter as { valueReference: { reference: string } }[];
    const after = await world.api.ask('GET', `/${next?.valueReference.reference}`, {
      as: 'lakare-vardcentral',
    });
    expect(after.json).toMatchObject({
      status: 'active',
      name: 'Fast läkarkontakt i primärvård: Lena Falk',
      period: { start: '2026-06-01' },
      managingOrganization: [{ reference: 'Organization/vc-havsvinden' }],
      participant: [{ member: { reference: 'PractitionerRole/lena-falk', display: 'Lena Falk' } }],
    });
    expect(after.json.extension).toContainEqual({
      url: extensions.ersatter,
      valueReference: { reference: `CareTeam/${id}` },
    });
    const ended = await world.api.ask('GET', `/CareTeam/${id}`, { as: 'lakare-vardcentral' });
    expect(ended.json).toMatchObject({
      status: 'inactive',
      period: { start: '2026-01-12', end: '2026-05-31' },
      telecom,
    });

    expect(named(await asked(patient, '2025-12-31'))).toEqual([]);
    expect(named(await asked(patient, '2026-05-31'))).toEqual(['2 Omar Lind']);
    expect(named(await asked(patient, '2026-06-01'))).toEqual(['2 Lena Falk']);
    expect(named(await asked(patient))).toEqual(['2 Lena Falk']);
    expect(named(await asPatient(patient, `/Patient/${patient}/$fasta-kontakter`))).toEqual(['2 Lena Falk']);
  });

  test('with a message to both, which the patient is not shown', async () => {
    const patient = await person();
    const id = await appointed(contact(patient, 'omar-lind', '2'));
    const { json, status } = await hand(id, { ...toLena, message: 'Ring henne i veckan.' });
    expect(status).toBe(200);
    const message = json.parameter[2].valueReference.reference;
    const read = await world.api.ask('GET', `/${message}`, { as: 'lakare-vardcentral' });
    expect(read.json).toMatchObject({
      status: 'completed',
      category: [{ coding: [{ system: systems.communication, code: 'overlamning' }] }],
      recipient: [{ reference: 'PractitionerRole/omar-lind' }, { reference: 'PractitionerRole/lena-falk' }],
      sender: { identifier: { value: 'SE0000000002-2001' } },
      payload: [{ contentString: 'Skäl: Omar slutar' }, { contentString: 'Ring henne i veckan.' }],
    });
    expect((await asPatient(patient, `/${message}`)).status).toBe(404);
  });

  test('is told with unit, uppdrag, note and ways to reach it, without the numbers for the staff', async () => {
    const patient = await person();
    const staffOnly = { url: extensions.malgrupp, valueCode: 'personal' };
    await appointed(
      contact(patient, 'omar-lind', '2', {
        telecom: [
          { system: 'phone', value: '031-390 06 20' },
          { system: 'phone', value: '031-390 06 29', extension: [staffOnly] },
        ],
        note: [{ text: 'Ring helst på förmiddagen.' }],
      }),
    );
    const [told = []] = contactsOf((await asPatient(patient, `/Patient/${patient}/$fasta-kontakter`)).json);
    expect([one(told, 'unit'), one(told, 'uppdrag'), all(told, 'note')]).toEqual([
      'Vårdcentral Havsvinden',
      'Ansvarar för din medicinska behandling.',
      ['Ring helst på förmiddagen.'],
    ]);
    expect(all(told, 'contactPath')).toEqual(['Telefon 031-390 06 20.']);
    const [staff = []] = contactsOf((await asked(patient)).json);
    expect(all(staff, 'contactPath')).toEqual([
      'Telefon 031-390 06 20.',
      'Telefon 031-390 06 29. Bara för personal.',
    ]);
  });

  test('is reached through its team and through the services of its unit', async () => {
    const patient = await person();
    const team = await appointed(
      {
        resourceType: 'CareTeam',
        status: 'active',
        category: [{ coding: [{ system: systems.careTeamType, code: 'team' }] }],
        name: 'Hemsjukvårdens team',
        subject: { reference: `Patient/${patient}` },
        telecom: [{ system: 'phone', value: '031-390 06 24' }],
      },
      'ssk-hemsjukvard',
    );
    await put({
      resourceType: 'HealthcareService',
      id: `jour-${patient}`,
      name: 'Jouren',
      providedBy: { reference: 'Organization/hemsjukvarden-soder' },
      telecom: [{ system: 'phone', value: '031-390 06 26' }],
      availableTime: [{ daysOfWeek: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], allDay: true }],
    });
    const {
      participant: [participant],
    } = contact(patient, 'maja-berg', '1') as { participant: [object] };
    const via = { url: extensions.viaTeam, valueReference: { reference: `CareTeam/${team}` } };
    await appointed(
      contact(patient, 'maja-berg', '1', {
        telecom: undefined,
        participant: [{ ...participant, extension: [via] }],
      }),
      'ssk-hemsjukvard',
    );
    const [told = []] = contactsOf((await asked(patient, undefined, 'ssk-hemsjukvard')).json);
    expect(all(told, 'contactPath')).toEqual([
      'Hemsjukvårdens team, telefon 031-390 06 24.',
      'Jouren, telefon 031-390 06 26. Svarar dygnet runt.',
    ]);
  });
});

describe('a handover is refused', () => {
  test('of what has ended, to the same person, to nobody, and before the contact began', async () => {
    const patient = await person();
    const id = await appointed(contact(patient, 'omar-lind', '2'));
    const status = async (sent: Parameters<typeof parameters>[0]) => (await hand(id, sent)).status;
    expect(await status({ ...toLena, to: { reference: 'PractitionerRole/omar-lind' } })).toBe(422);
    expect(await status({ ...toLena, to: { reference: 'PractitionerRole/nobody-here' } })).toBe(422);
    expect(await status({ ...toLena, start: { date: '2026-01-12' } })).toBe(422);
    expect(await status({ ...toLena, reason: undefined })).toBe(400);
    expect(await status(toLena)).toBe(200);
    expect(await status(toLena)).toBe(409);
  });

  test('to another organisation, and stores nothing', async () => {
    const patient = await person();
    const id = await appointed(contact(patient, 'omar-lind', '2'));
    const { status } = await hand(id, toLena, 'lakare-privat');
    expect([403, 404]).toContain(status);
    expect(named(await asked(patient))).toEqual(['2 Omar Lind']);
  });

  test('when If-Match names another version', async () => {
    const id = await appointed(contact(await person(), 'omar-lind', '2'));
    const { status } = await hand(id, toLena, 'lakare-vardcentral', { 'if-match': 'W/"7"' });
    expect(status).toBe(412);
  });

  test('to one of two who hand over at once: nothing is half done', async () => {
    const patient = await person();
    const id = await appointed(contact(patient, 'omar-lind', '2'));
    const answers = await Promise.all([hand(id, toLena), hand(id, toLena), hand(id, toLena)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect(named(await asked(patient))).toEqual(['2 Lena Falk']);
    const { rows } = await world.api.database.pool.query(
      "select type, count(*)::int from resource where patient = $1 and type in ('CareTeam', 'Communication') group by 1 order by 1",
      [patient],
    );
    expect(rows).toEqual([
      { type: 'CareTeam', count: 2 },
      { type: 'Communication', count: 1 },
    ]);
  });

  test('when the next one cannot be reached, unless with a number of the own; the old one goes on', async () => {
    const patient = await person();
    await put({
      resourceType: 'PractitionerRole',
      id: `ny-${patient}`,
      practitioner: { display: 'Ny Person' },
    });
    const id = await appointed(contact(patient, 'omar-lind', '2'));
    const to = { reference: `PractitionerRole/ny-${patient}` };
    const { status, text } = await hand(id, { ...toLena, to });
    expect([status, text.includes('careteam-kontaktvag')]).toEqual([422, true]);
    expect(named(await asked(patient))).toEqual(['2 Omar Lind']);
    expect((await hand(id, { ...toLena, to, phone: '031-390 06 27' })).status).toBe(200);
    expect(named(await asked(patient))).toEqual(['2 Ny Person']);
  });
});

test('a contact that is handed over in the time to come stays until then', async () => {
  const patient = await person();
  const id = await appointed(contact(patient, 'omar-lind', '2'));
  expect((await hand(id, { ...toLena, start: { date: '2099-02-01' } })).status).toBe(200);
  expect(named(await asked(patient))).toEqual(['2 Omar Lind']);
  expect(named(await asked(patient, '2099-01-31'))).toEqual(['2 Omar Lind']);
  expect(named(await asked(patient, '2099-02-01'))).toEqual(['2 Lena Falk']);
});

test('who is a fast kontakt is told to nobody without a relation, and to no other patient', async () => {
  const patient = await person();
  await appointed(contact(patient, 'omar-lind', '2'));
  const absent = await asked('no-such-patient');
  for (const as of ['psykiatri', 'patient'] as const) {
    const hidden = await asked(patient, undefined, as);
    expect([as, hidden.status, hidden.text]).toEqual([as, 404, absent.text]);
  }
  expect((await asked(patient, 'igår')).status).toBe(400);
});
