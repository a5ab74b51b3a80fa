import { careRelation, svodInformationGiven } from '@naravard/access';
import type { PersonaId } from '@naravard/testkit';
import { afterAll, describe, expect, test } from 'vitest';
import { astrid, parameters } from '../law/operations/world.ts';
import { contact, contactsOf, createContactWorld, named, one, type people } from './contact-world.ts';

const { world, person, asPatient, create, appointed, asked } = await createContactWorld({
  reindexer: { grace: 0, batch: 10 },
});
afterAll(() => world.api.close());

const rule = 'careteam-en-fast-lakarkontakt';

describe('rule careteam-en-fast-lakarkontakt: one fast läkarkontakt at a time within a vårdgivare', () => {
  test('a second one is refused with what to do', async () => {
    const patient = await person();
    await appointed(contact(patient, 'omar-lind', '2'));
    const { status, json } = await create(contact(patient, 'lena-falk', '2'));
    const [issue] = json.issue;
    expect([status, issue.code, issue.expression]).toEqual([422, 'business-rule', ['CareTeam']]);
    expect(issue.details.coding).toContainEqual({
      system: 'https://naravard.se/fhir/CodeSystem/regel',
      code: rule,
    });
    expect(issue.diagnostics).toContain('$handover');
    expect(issue.details.text).toContain('Lämna över');
    expect(named(await asked(patient))).toEqual(['2 Omar Lind']);
  });

  test('of concurrent writers exactly one wins', async () => {
    const patient = await person();
    const writers = ['omar-lind', 'lena-falk', 'omar-lind', 'lena-falk'] as const;
    const answers = await Promise.all(writers.map((who) => create(contact(patient, who, '2'))));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422, 422]);
    expect(named(await asked(patient))).toHaveLength(1);
  });

  test('in a transaction it is refused alike, and nothing of it is stored', async () => {
    const patient = await person();
    const entry = (who: keyof typeof people) => ({
      resource: contact(patient, who, '2'),
      request: { method: 'POST', url: 'CareTeam' },
    });
    const { status, text } = await world.api.ask('POST', '', {
      as: 'lakare-vardcentral',
      body: { resourceType: 'Bundle', type: 'transaction', entry: [entry('omar-lind'), entry('lena-falk')] },
    });
    expect([status, text.includes(rule)]).toEqual([422, true]);
    expect(named(await asked(patient))).toEqual([]);
  });

  test('another type, another time and one that has ended stand beside it', async () => {
    const patient = await person();
    await appointed(
      contact(patient, 'omar-lind', '2', { period: { start: '2026-01-12', end: '2026-05-31' } }),
    );
    await appointed(contact(patient, 'lena-falk', '2', { period: { start: '2026-06-01' } }));
    await appointed(contact(patient, 'omar-lind', '4'));
    await appointed(
      contact(patient, 'omar-lind', '2', {
        status: 'inactive',
        period: { start: '2026-07-01', end: '2026-07-31' },
      }),
    );
    expect(named(await asked(patient, '2026-11-01'))).toEqual(['2 Lena Falk', '4 Omar Lind']);
  });

  test('by another vårdgivare it is accepted, and both are marked, the newest first; a hidden one is not told of', async () => {
    const patient = await person();
    await appointed(contact(patient, 'omar-lind', '2'));
    await appointed(
      contact(patient, 'petra-sund', '2', { period: { start: '2026-10-01' } }),
      'lakare-privat',
    );
    const answer = await asPatient(patient, `/Patient/${patient}/$fasta-kontakter`);
    expect(named(answer)).toEqual(['2 Petra Sund', '2 Omar Lind']);
    expect(contactsOf(answer.json).map((parts) => one(parts, 'flerLakarkontakter'))).toEqual([true, true]);
    expect(answer.text).toContain('mer än en fast läkarkontakt');
    const own = await asked(patient);
    expect(named(own)).toEqual(['2 Omar Lind']);
    expect(contactsOf(own.json).map((parts) => one(parts, 'flerLakarkontakter'))).toEqual([false]);
  });
});

test('rule careteam-flera-fasta-lakarkontakter: who may see the one at another vårdgivare is told of it, nobody else', async () => {
  const patient = await person();
  await world.send(svodInformationGiven({ patient, at: '2026-01-02' }), 'journalsystem-kommun');
  await appointed(contact(patient, 'maja-berg', '2'), 'ssk-hemsjukvard');
  const warned = async (period: object) => {
    const id = await appointed(contact(patient, 'omar-lind', '2', { period }));
    const { json } = await world.api.ask('GET', `/CareTeam/${id}`, { as: 'lakare-vardcentral' });
    const { status, text } = await world.api.ask('PUT', `/CareTeam/${id}`, {
      as: 'lakare-vardcentral',
      body: { ...json, note: [{ text: 'Ring helst på förmiddagen.' }] },
      headers: { prefer: 'return=OperationOutcome' },
    });
    expect([status, text]).toEqual([200, text]);
    return text.includes('careteam-flera-fasta-lakarkontakter');
  };
  expect(await warned({ start: '2026-02-01', end: '2026-02-28' })).toBe(false);
  const said = await world.operate('$samtycke', { answer: 'ja' }, 'lakare-vardcentral', patient);
  expect(said.status).toBe(200);
  expect(await warned({ start: '2026-03-01', end: '2026-03-31' })).toBe(true);
  expect(await warned({ start: '2025-03-01', end: '2025-03-31' })).toBe(false);
});

test('rule careteam-lakarkontakt-i-kommun: who appoints one for a municipality of the directory is told that regions do', async () => {
  const noted = async (as: PersonaId, who: Parameters<typeof contact>[1]) => {
    const { status, text } = await world.api.ask('POST', '/CareTeam', {
      as,
      body: contact(await person(), who, '2'),
      headers: { prefer: 'return=OperationOutcome' },
    });
    expect([status, text]).toEqual([201, text]);
    return text.includes('careteam-lakarkontakt-i-kommun');
  };
  expect(await noted('ssk-hemsjukvard', 'maja-berg')).toBe(false);
  const identifier = [
    { system: 'urn:oid:1.2.752.29.4.19', value: 'SE0000000001-A' },
    { system: 'urn:oid:2.5.4.97', value: '212000-1231' },
  ];
  await world.send({ resourceType: 'Organization', name: 'Testby kommun', identifier }, 'administrator');
  expect(await noted('ssk-hemsjukvard', 'maja-berg')).toBe(true);
  expect(await noted('lakare-vardcentral', 'omar-lind')).toBe(false);
});

describe('what holds the place of the one fast läkarkontakt', () => {
  test('is the vårdgivare that wrote it, also after who is two Patients is made one by another', async () => {
    const patient = astrid;
    const twin = 'astrid-twin';
    const identifier = [
      { system: 'http://electronichealth.se/identifier/nationelltReservnummer', value: '19410314AA01' },
    ];
    const { status } = await world.api.ask('PUT', `/Patient/${twin}`, {
      as: 'journalsystem-kommun',
      body: { resourceType: 'Patient', id: twin, identifier },
    });
    expect(status).toBe(201);
    await world.send(careRelation({ patient: twin, unit: 'SE0000000002-A1' }));
    await appointed(contact(twin, 'omar-lind', '2'));
    const merged = await world.api.ask('POST', `/Patient/${twin}/$merge`, {
      as: 'journalsystem-kommun',
      body: parameters({ 'target-patient': { reference: `Patient/${patient}` } }),
    });
    expect([merged.status, merged.text]).toEqual([200, merged.text]);
    expect((await create(contact(patient, 'lena-falk', '2'))).status).toBe(422);
    await appointed(contact(patient, 'maja-berg', '2'), 'ssk-hemsjukvard');
  });

  test('is the same after everything is indexed anew', async () => {
    await appointed(contact(await person(), 'omar-lind', '2'));
    const held = async () =>
      (await world.api.database.pool.query('select key, patient, during from claim order by 1, 2, 3')).rows;
    const before = await held();
    expect(before.map(({ key }) => key)).toContain(`${rule} vg:SE0000000002-A`);
    const added = await world.api.ask('POST', '/SearchParameter', {
      as: 'administrator',
      body: {
        resourceType: 'SearchParameter',
        url: 'https://example.se/SearchParameter/note',
        name: 'note',
        status: 'active',
        description: 'A test',
        code: 'note',
        base: ['CareTeam'],
        type: 'string',
        expression: 'CareTeam.name',
      },
    });
    expect([added.status, added.text]).toEqual([201, added.text]);
    await world.api.app.reindexer.finish();
    expect(await held()).toEqual(before);
  });
});
