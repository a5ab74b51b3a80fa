import { careRelation } from '@naravard/access';
import type { PersonaId } from '@naravard/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { alva, astrid, auditOf, createWorld, plan, value, type World } from './world.ts';

let world: World;
let ours: string;
let theirs: string;
beforeAll(async () => {
  world = await createWorld();
  await world.send(careRelation({ patient: astrid, unit: 'SE0000000002-A2' }), 'journalsystem');
  ours = await world.send(plan(astrid, 'Plan på vårdcentralen'), 'lakare-vardcentral');
  theirs = await world.send(plan(astrid, 'Plan i hemsjukvården'), 'ssk-hemsjukvard');
  await world.operate('$samtycke', { answer: 'ja' }, 'lakare-vardcentral');
});
afterAll(() => world.api.close());
afterEach(() => {
  world.clock.at = null;
});

const later = (minutes: number) => ({ date: new Date(Date.now() + minutes * 60_000).toISOString() });
const at = (minutes: number) => later(minutes).date;
const block = (sent: Parameters<World['operate']>[1], as: PersonaId, patient = astrid) =>
  world.operate('$sparra', sent, as, patient);
const lift = (sent: Parameters<World['operate']>[1], as: PersonaId, patient = astrid) =>
  world.operate('$hav-sparr', sent, as, patient);
const sparrIn = (answer: { json: { parameter: Record<string, unknown>[] } }) =>
  value(answer.json.parameter, 'sparr') as { reference: string };
const kommun = { organisation: { identifier: 'SE0000000001-A' }, as: 'vardgivare' };
const region = { organisation: { identifier: 'SE0000000002-A' }, as: 'vardgivare' };
const slutenvard = { identifier: 'SE0000000002-A2' };

describe('Patient/$sparra', () => {
  test('an inner spärr closes the unit to the other units at once, and is asked for twice but made once', async () => {
    expect(await world.sees('lakare-slutenvard', ours)).toBe(true);
    const first = await block({ reach: 'inre' }, 'lakare-vardcentral');
    expect(first.status).toBe(200);
    expect(await world.sees('lakare-slutenvard', ours)).toBe(false);
    expect(await world.sees('lakare-vardcentral', ours)).toBe(true);
    const again = await block({ reach: 'inre' }, 'lakare-vardcentral');
    expect(sparrIn(again)).toEqual(sparrIn(first));
    expect((await lift({ sparr: sparrIn(first), ground: 'consent' }, 'lakare-vardcentral')).status).toBe(200);
    expect(await world.sees('lakare-slutenvard', ours)).toBe(true);
  });

  test('the person blocks by own log-in what an organisation has shared, and ends it the same way', async () => {
    expect(await world.sees('lakare-vardcentral', theirs)).toBe(true);
    const answer = await block({ reach: 'yttre', ...kommun }, 'patient');
    expect(answer.status).toBe(200);
    expect(await world.sees('lakare-vardcentral', theirs)).toBe(false);
    expect(await world.sees('patient', theirs)).toBe(true);
    expect(await world.sees('patient', sparrIn(answer).reference)).toBe(true);
    expect(await world.sees('lakare-vardcentral', sparrIn(answer).reference)).toBe(false);
    expect((await auditOf(world, '$sparra')).at(-1)).toMatchObject({
      reason: 'patient-self',
      patient: astrid,
    });
    expect((await lift({ sparr: sparrIn(answer) }, 'patient')).status).toBe(200);
    expect(await world.sees('lakare-vardcentral', theirs)).toBe(true);
  });

  test('is cut to a unit, to times of the information and to types that are not spared', async () => {
    const other = await block(
      { reach: 'yttre', ...kommun, unit: { identifier: 'SE0000000001-A2' } },
      'patient',
    );
    const old = await block({ reach: 'yttre', ...kommun, informationEnd: { date: '2001-01-01' } }, 'patient');
    expect(await world.sees('lakare-vardcentral', theirs)).toBe(false);
    for (const each of [other, old]) await lift({ sparr: sparrIn(each) }, 'patient');
    const medicines = await world.send(
      {
        resourceType: 'MedicationStatement',
        status: 'active',
        medicationCodeableConcept: { text: 'Alvedon' },
        subject: { reference: `Patient/${astrid}` },
      },
      'ssk-hemsjukvard',
    );
    const spared = await block({ reach: 'yttre', ...kommun, spares: ['lak'] }, 'patient');
    expect(await world.sees('lakare-vardcentral', theirs)).toBe(false);
    expect(await world.sees('lakare-vardcentral', medicines)).toBe(true);
    await lift({ sparr: sparrIn(spared) }, 'patient');
  });

  test('a guardian may not block what is about a child', async () => {
    const { status, json } = await block({ reach: 'yttre', ...region }, 'vardnadshavare', alva);
    expect([status, json.issue[0].details.text]).toEqual([403, expect.stringContaining('vårdnadshavare')]);
    expect(await auditOf(world, '$sparra')).toEqual(
      expect.arrayContaining([expect.objectContaining({ outcome: 8 })]),
    );
  });

  test.each<[PersonaId, string, object, number]>([
    ['sparr-handlaggare', astrid, {}, 200],
    ['psykiatri', astrid, {}, 404],
    ['lakare-privat', astrid, {}, 404],
    ['journalsystem', astrid, {}, 403],
    ['administrator', astrid, {}, 403],
    ['barn', alva, region, 403],
    ['patient', alva, region, 404],
    ['patient', astrid, {}, 400],
    ['lakare-vardcentral', astrid, kommun, 400],
    ['lakare-vardcentral', 'unknown', {}, 404],
  ])(
    'is asked for by the person, through staff of the organisation: %s about %s',
    async (as, patient, more, status) => {
      const answer = await block({ reach: 'inre', ...more }, as, patient);
      expect(answer.status).toBe(status);
      if (status === 200) await lift({ sparr: sparrIn(answer), ground: 'consent' }, as);
    },
  );
});

describe('Patient/$hav-sparr', () => {
  const inner = async () => sparrIn(await block({ reach: 'inre' }, 'lakare-vardcentral'));

  test('PDL 4:5: an officer lifts an inner spärr for one unit and a time, with consent', async () => {
    const sparr = await inner();
    const { status } = await lift(
      { sparr, unit: slutenvard, end: later(60), ground: 'consent' },
      'sparr-handlaggare',
    );
    expect(status).toBe(200);
    expect(await world.sees('lakare-slutenvard', ours)).toBe(true);
    world.clock.at = at(61);
    expect(await world.sees('lakare-slutenvard', ours)).toBe(false);
    world.clock.at = null;
    await lift({ sparr }, 'patient');
  });

  test('PDL 4:5: as indispensable it shows the relevant types alone, and only to the one who is named', async () => {
    const sparr = await inner();
    const to = { sparr, unit: slutenvard, end: later(60), ground: 'indispensable' };
    expect((await lift(to, 'sparr-handlaggare')).status).toBe(422);
    await lift({ ...to, relevant: ['Observation'] }, 'sparr-handlaggare');
    expect(await world.sees('lakare-slutenvard', ours)).toBe(false);
    await lift(
      { ...to, relevant: ['CarePlan'], person: { identifier: 'SE0000000002-9999' } },
      'sparr-handlaggare',
    );
    expect(await world.sees('lakare-slutenvard', ours)).toBe(false);
    await lift(
      { ...to, relevant: ['CarePlan'], person: { identifier: 'SE0000000002-2002' } },
      'sparr-handlaggare',
    );
    expect(await world.sees('lakare-slutenvard', ours)).toBe(true);
    await lift({ sparr }, 'patient');
  });

  test('an inner spärr is lifted for a time by an officer alone, an outer one never as indispensable', async () => {
    const sparr = await inner();
    const forTime = { unit: slutenvard, end: later(60) };
    for (const as of ['lakare-vardcentral', 'patient'] as const)
      expect((await lift({ sparr, ...forTime, ground: 'consent' }, as)).status).toBe(403);
    expect((await lift({ sparr, ...forTime, ground: 'blocker' }, 'sparr-handlaggare')).status).toBe(400);
    expect((await lift({ sparr, unit: slutenvard }, 'sparr-handlaggare')).status).toBe(400);
    await lift({ sparr }, 'patient');
    const outer = sparrIn(await block({ reach: 'yttre' }, 'sparr-handlaggare'));
    expect(
      (await lift({ sparr: outer, ...forTime, ground: 'indispensable' }, 'sparr-handlaggare')).status,
    ).toBe(400);
    expect((await lift({ sparr: outer, ...forTime, ground: 'blocker' }, 'lakare-vardcentral')).status).toBe(
      403,
    );
    await lift({ sparr: outer }, 'patient');
  });

  test('a spärr of another organisation is not there, nor one of another person', async () => {
    const sparr = sparrIn(await block({ reach: 'yttre', ...kommun }, 'patient'));
    for (const as of ['lakare-vardcentral', 'sparr-handlaggare'] as const)
      expect((await lift({ sparr }, as)).status).toBe(404);
    expect((await lift({ sparr }, 'patient', alva)).status).toBe(404);
    expect((await lift({ sparr }, 'vardnadshavare', alva)).status).toBe(403);
    expect((await lift({ sparr: { reference: 'Consent/unknown' } }, 'patient')).status).toBe(404);
    expect(await world.sees('lakare-vardcentral', theirs)).toBe(false);
    await lift({ sparr }, 'patient');
  });

  test('PDL 4:5: an officer ends one because the person wants it, and says so', async () => {
    const sparr = await inner();
    expect((await lift({ sparr }, 'sparr-handlaggare')).status).toBe(400);
    expect(await world.sees('lakare-slutenvard', ours)).toBe(false);
    expect((await lift({ sparr, ground: 'consent' }, 'sparr-handlaggare')).status).toBe(200);
    expect(await world.sees('lakare-slutenvard', ours)).toBe(true);
  });

  test('the person lifts an outer spärr for one unit and a time', async () => {
    const sparr = sparrIn(await block({ reach: 'yttre', ...kommun }, 'patient'));
    await lift(
      { sparr, unit: { identifier: 'SE0000000002-A1' }, end: later(60), ground: 'consent' },
      'patient',
    );
    expect(await world.sees('lakare-vardcentral', theirs)).toBe(true);
    world.clock.at = at(61);
    expect(await world.sees('lakare-vardcentral', theirs)).toBe(false);
    world.clock.at = null;
    await lift({ sparr }, 'patient');
  });
});

describe('Patient/$sparrar', () => {
  test('shows an officer the spärrar of the own organisation and what is lifted, and nobody else', async () => {
    const sparr = sparrIn(await block({ reach: 'inre' }, 'lakare-vardcentral'));
    await lift({ sparr, unit: slutenvard, end: later(60), ground: 'consent' }, 'sparr-handlaggare');
    const outer = sparrIn(await block({ reach: 'yttre', ...kommun }, 'patient'));
    const { status, json } = await world.api.ask('GET', `/Patient/${astrid}/$sparrar`, {
      as: 'sparr-handlaggare',
    });
    const shown = json.entry.map(({ resource }: { resource: { id: string } }) => `Consent/${resource.id}`);
    expect([status, shown.length, shown.includes(sparr.reference), shown.includes(outer.reference)]).toEqual([
      200,
      2,
      true,
      false,
    ]);
    expect((await auditOf(world, '$sparrar')).at(-1)).toMatchObject({
      reason: 'block-officer',
      patient: astrid,
      outcome: 0,
    });
    for (const as of ['lakare-vardcentral', 'patient', 'journalsystem', 'logg-granskare'] as const)
      expect((await world.api.ask('GET', `/Patient/${astrid}/$sparrar`, { as })).status).toBe(403);
    for (const each of [sparr, outer]) await lift({ sparr: each }, 'patient');
  });
});

describe('SVOD 3:5: a request to who has blocked', () => {
  const ask = (as: PersonaId, organisation = 'SE0000000001-A') =>
    world.operate(
      '$begar-havning',
      { organisation: { identifier: organisation }, reason: 'Akut, behöver läkemedelslistan' },
      as,
    );
  const opening = { reason: 'Medvetslös i ambulansen', dangerStated: true, relationAttested: true };
  const officer = {
    healthCareProviderHsaId: 'SE0000000001-A',
    healthCareUnitHsaId: 'SE0000000001-A9',
    employeeHsaId: 'SE0000000001-1998',
    sub: 'SE0000000001-1998',
  };
  const asOfficer = async (method: string, path: string, body?: object) =>
    world.api.ask(method, path, {
      as: null,
      headers: { authorization: `Bearer ${await world.api.issuer.token('sparr-handlaggare', officer)}` },
      ...(body && { body }),
    });

  test('is made within a nödöppning, found by its officers, and answered by lifting for the unit that asked', async () => {
    const sparr = sparrIn(await block({ reach: 'yttre', ...kommun }, 'patient'));
    expect((await ask('ambulans')).status).toBe(404);
    await world.operate('$nodoppning', opening, 'ambulans');
    const { status, json } = await ask('ambulans');
    expect(status).toBe(200);
    expect((await ask('ambulans', 'SE0000000003-A')).status).toBe(422);
    const { reference } = value(json.parameter, 'request') as { reference: string };
    const found = await asOfficer('GET', '/$begarda-havningar');
    expect(
      found.json.entry.map(({ resource }: { resource: { id: string } }) => `Task/${resource.id}`),
    ).toEqual([reference]);
    expect(found.json.entry[0].resource).toMatchObject({
      for: { reference: `Patient/${astrid}` },
      description: 'Akut, behöver läkemedelslistan',
    });
    expect((await asOfficer('GET', `/${reference}`)).status).toBe(404);
    expect(await world.sees('ambulans', theirs)).toBe(false);
    const parameter = [
      { name: 'sparr', valueReference: sparr },
      { name: 'unit', valueIdentifier: { system: 'urn:oid:1.2.752.29.4.19', value: 'SE0000000002-A4' } },
      { name: 'end', valueDateTime: at(30) },
      { name: 'ground', valueCode: 'blocker' },
    ];
    const lifted = await asOfficer('POST', `/Patient/${astrid}/$hav-sparr`, {
      resourceType: 'Parameters',
      parameter,
    });
    expect([lifted.status, lifted.text]).toEqual([200, lifted.text]);
    expect(await world.sees('ambulans', theirs)).toBe(true);
    world.clock.at = at(31);
    expect(await world.sees('ambulans', theirs)).toBe(false);
    world.clock.at = null;
    await lift({ sparr }, 'patient');
  });

  test('is shown to nobody but officers of whom it is sent to', async () => {
    const other = await world.api.ask('GET', '/$begarda-havningar', { as: 'sparr-handlaggare' });
    expect([other.status, other.json.entry]).toEqual([200, undefined]);
    for (const as of ['ssk-hemsjukvard', 'patient', 'journalsystem-kommun'] as const)
      expect((await world.api.ask('GET', '/$begarda-havningar', { as })).status).toBe(403);
  });
});
