import { careRelation } from '@naravard/access';
import { createTestApp, type PersonaId } from '@naravard/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { astrid, createWorld, number, plan, type World } from './operations/world.ts';

// What happens to every person and every register: death, moving, a changed number.

let world: World;
let planned = '';
beforeAll(async () => {
  world = await createWorld();
  planned = await world.send(plan(astrid, 'Hemgång'));
  await world.send(plan(astrid, 'Omvårdnad i hemmet'), 'journalsystem-kommun');
  const { status } = await world.operate('$samtycke', { answer: 'ja' }, 'ssk-hemsjukvard');
  expect(status).toBe(200);
});
afterAll(() => world.api.close());
beforeEach(() => {
  world.clock.at = null;
});

const person = (over: object = {}) => ({
  resourceType: 'Patient',
  id: astrid,
  birthDate: '1941-03-14',
  identifier: [number],
  ...over,
});

const register = async (over: object): Promise<void> => {
  const { status, text } = await world.api.ask('PUT', `/Patient/${astrid}`, { body: person(over) });
  expect([status, text]).toEqual([200, text]);
};

const sees = (as: PersonaId) => world.sees(as, planned);

describe('death', () => {
  test('ends what another vårdgivare reads with consent, from midnight after the day of death', async () => {
    await register({ deceasedDateTime: '2030-02-01' });
    world.clock.at = '2030-02-01T22:59:59.999Z';
    expect([await sees('ssk-hemsjukvard'), await sees('patient')]).toEqual([true, true]);
    world.clock.at = '2030-02-01T23:00:00.000Z';
    expect([await sees('ssk-hemsjukvard'), await sees('patient')]).toEqual([false, false]);
  });

  test.each([
    ['2030-02', '2030-02-28T23:00:00.000Z'],
    ['2030', '2030-12-31T23:00:00.000Z'],
    ['2030-02-01T04:30:00+01:00', '2030-02-01T03:30:01.000Z'],
  ])('of %s counts from %s', async (deceasedDateTime, from) => {
    await register({ deceasedDateTime });
    world.clock.at = new Date(Date.parse(from) - 1).toISOString();
    expect(await sees('ssk-hemsjukvard')).toBe(true);
    world.clock.at = from;
    expect(await sees('ssk-hemsjukvard')).toBe(false);
  });

  test('of no known day is one from always; neither the person nor others find anything', async () => {
    await register({ deceasedBoolean: true });
    const searched = async (as: PersonaId) =>
      (await world.api.ask('GET', `/CarePlan?patient=${astrid}&_total=accurate`, { as })).json.total;
    expect([await searched('patient'), await searched('ssk-hemsjukvard')]).toEqual([0, 1]);
    expect(await world.sees('patient', `Patient/${astrid}`)).toBe(false);
    expect(await world.sees('patient', `Patient/${astrid}/$atkomstlogg`)).toBe(false);
    const { status, json } = await world.operate(
      '$samtycke',
      { answer: 'ja', organisation: { identifier: 'SE0000000002-A' }, as: 'vardgivare' },
      'patient',
    );
    expect([status, json.issue[0].details.text]).toEqual([403, expect.stringContaining('avliden')]);
  });

  test('leaves the own unit its record, and the own part of it to each', async () => {
    await register({ deceasedBoolean: true });
    expect(await sees('lakare-vardcentral')).toBe(true);
    const written = await world.api.ask('POST', '/CarePlan', {
      as: 'lakare-vardcentral',
      body: plan(astrid, 'Avslutad', { status: 'completed' }),
    });
    expect(written.status).toBe(201);
  });

  test('does not stop a nödöppning, since the register may be wrong', async () => {
    await register({ deceasedBoolean: true });
    const own = await world.send(plan(astrid, 'Kommunens plan'), 'journalsystem-kommun');
    expect(await world.sees('ambulans', own)).toBe(false);
    const { status } = await world.operate(
      '$nodoppning',
      { reason: 'Andas, livstecken hos den döde', dangerStated: true, relationAttested: true },
      'ambulans',
    );
    expect(status).toBe(200);
    expect(await world.sees('ambulans', own)).toBe(true);
    expect(await world.sees('ambulans', `Patient/${astrid}`)).toBe(true);
  });

  test('that is taken back opens again', async () => {
    await register({ deceasedBoolean: true });
    expect(await sees('ssk-hemsjukvard')).toBe(false);
    await register({ deceasedBoolean: false });
    expect([await sees('ssk-hemsjukvard'), await sees('patient')]).toEqual([true, true]);
  });

  test('on a day that is not in the calendar is refused', async () => {
    const body = person({ deceasedDateTime: '2030-02-30' });
    const { status } = await world.api.ask('PUT', `/Patient/${astrid}`, { body });
    expect([400, 422]).toContain(status);
  });
});

describe('a changed number', () => {
  const samordning = {
    system: 'http://electronichealth.se/identifier/samordningsnummer',
    value: '194103749802',
    use: 'old',
  };

  test('leaves one Patient with both, whom either finds', async () => {
    await register({ identifier: [samordning, number] });
    for (const identifier of [samordning, number]) {
      const { json } = await world.api.ask('POST', '/Patient/$match', {
        body: {
          resourceType: 'Parameters',
          parameter: [{ name: 'resource', resource: { resourceType: 'Patient', identifier: [identifier] } }],
        },
      });
      expect(json.entry.map(({ resource }: { resource: { id: string } }) => resource.id)).toEqual([astrid]);
    }
  });

  test('is logged in by, the old one and the new one', async () => {
    const issuer = world.api.issuer;
    const api = await createTestApp({ identity: (lookups) => issuer.identityWith(lookups) });
    try {
      const put = await api.app.inject({
        method: 'PUT',
        url: `/fhir/Patient/${astrid}`,
        headers: {
          authorization: `Bearer ${await issuer.token('journalsystem')}`,
          'content-type': 'application/fhir+json',
        },
        payload: JSON.stringify(person({ identifier: [samordning, number] })),
      });
      expect(put.statusCode).toBe(201);
      for (const { value } of [samordning, number]) {
        const token = await issuer.token('patient', { patient: undefined, personalIdentityNumber: value });
        const read = await api.app.inject({
          url: `/fhir/Patient/${astrid}`,
          headers: { authorization: `Bearer ${token}` },
        });
        expect(read.statusCode).toBe(200);
      }
    } finally {
      await api.close();
    }
  });
});

describe('moving', () => {
  test('the old unit sees nothing that others write from when its relation has ended, the new one by its own', async () => {
    await register({ deceasedBoolean: false });
    const days = { end: '2030-03-31' };
    const old = await world.send(
      careRelation({ patient: astrid, unit: 'SE0000000002-A2', ...days }),
      'journalsystem',
    );
    await world.send(
      careRelation({ patient: astrid, unit: 'SE0000000002-A3', start: '2030-04-01' }),
      'journalsystem',
    );
    const before = [await sees('lakare-slutenvard'), await sees('psykiatri')];
    world.clock.at = '2030-03-31T22:00:00.000Z';
    const after = [await sees('lakare-slutenvard'), await sees('psykiatri')];
    expect({ old: old !== '', before, after }).toEqual({
      old: true,
      before: [true, false],
      after: [false, true],
    });
  });

  test('to another region: the old one keeps what it wrote for its systems, and reads nothing of the new one', async () => {
    world.clock.at = null;
    const episode = await world.api.ask('GET', `/EpisodeOfCare?patient=${astrid}`, { as: 'journalsystem' });
    for (const { resource } of episode.json.entry) {
      const body = { ...resource, status: 'finished', period: { end: '2026-01-31' } };
      const { status } = await world.api.ask('PUT', `/EpisodeOfCare/${resource.id}`, { body });
      expect(status).toBe(200);
    }
    const own = await world.send(plan(astrid, 'I den nya kommunen'), 'journalsystem-kommun');
    expect([await sees('lakare-vardcentral'), await world.sees('lakare-vardcentral', own)]).toEqual([
      false,
      false,
    ]);
    expect(await sees('journalsystem')).toBe(true);
    expect([await sees('ssk-hemsjukvard'), await world.sees('ssk-hemsjukvard', own)]).toEqual([true, true]);
  });
});
