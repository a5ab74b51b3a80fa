import type { PersonaId } from '@naravard/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { alva, astrid, auditOf, createWorld, plan, value, type World } from './world.ts';

let world: World;
let theirs: string;
beforeAll(async () => {
  world = await createWorld();
  theirs = await world.send(plan(astrid, 'Plan i hemsjukvården'), 'ssk-hemsjukvard');
});
afterAll(() => world.api.close());
afterEach(() => {
  world.clock.at = null;
});

const say = (sent: Parameters<World['operate']>[1], as: PersonaId = 'lakare-vardcentral', patient = astrid) =>
  world.operate('$samtycke', sent, as, patient);
const later = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
const finding = { answer: 'kan-inte-ta-stallning', attitudeExplored: true, noReasonToThinkOpposed: true };
const region = { organisation: { identifier: 'SE0000000002-A' }, as: 'vardgivare' };

describe('Patient/$samtycke', () => {
  test('a spoken yes opens what others share to the unit, and the no that follows closes it', async () => {
    expect(await world.sees('lakare-vardcentral', theirs)).toBe(false);
    const yes = await say({ answer: 'ja', form: 'muntligt' });
    expect(yes.status).toBe(200);
    expect(await world.sees('lakare-vardcentral', theirs)).toBe(true);
    const no = await say({ answer: 'nej' });
    expect(value(no.json.parameter, 'ended')).toEqual(value(yes.json.parameter, 'consent'));
    expect(await world.sees('lakare-vardcentral', theirs)).toBe(false);
    const { reference } = value(yes.json.parameter, 'consent') as { reference: string };
    const ended = await world.api.ask('GET', `/${reference}`, { as: 'lakare-vardcentral' });
    expect([ended.json.status, ended.json.meta.versionId]).toEqual(['inactive', '2']);
    expect(ended.json.extension).toEqual([
      { url: 'https://naravard.se/fhir/StructureDefinition/samtycke-form', valueCode: 'muntligt' },
    ]);
  });

  test('a new yes ends the no that it is about', async () => {
    await say({ answer: 'nej' });
    await say({ answer: 'ja' });
    expect(await world.sees('lakare-vardcentral', theirs)).toBe(true);
    await say({ answer: 'nej' });
  });

  test('a yes to the unit is refused while a no to the whole organisation stands', async () => {
    await say({ answer: 'nej', scope: 'organisation' });
    const answer = await say({ answer: 'ja' });
    expect([answer.status, answer.json.issue[0].details.text]).toEqual([
      422,
      expect.stringContaining('tidigare sagt nej'),
    ]);
    expect((await say({ answer: 'ja', scope: 'organisation' })).status).toBe(200);
    expect(await world.sees('lakare-vardcentral', theirs)).toBe(true);
    await say({ answer: 'nej', scope: 'organisation' });
    await say({ answer: 'ja', scope: 'organisation' });
    await say({ answer: 'nej', scope: 'organisation' });
  });

  test('holds until its end, and no longer', async () => {
    await say({ answer: 'ja', scope: 'organisation', end: { date: later(60) } });
    expect(await world.sees('lakare-vardcentral', theirs)).toBe(true);
    world.clock.at = later(61);
    expect(await world.sees('lakare-vardcentral', theirs)).toBe(false);
    world.clock.at = null;
    await say({ answer: 'nej', scope: 'organisation' });
  });

  test('a yes to a SIP is no yes to SVOD', async () => {
    expect((await say({ answer: 'ja', kind: 'sip', scope: 'organisation' })).status).toBe(200);
    expect(await world.sees('lakare-vardcentral', theirs)).toBe(false);
  });

  test('who cannot take a stand: only with attitude explored, nothing against, an end, and no earlier no', async () => {
    for (const sent of [
      { ...finding },
      { ...finding, attitudeExplored: false, end: { date: later(60) } },
      { ...finding, noReasonToThinkOpposed: false, end: { date: later(60) } },
    ])
      expect((await say(sent)).status).toBe(422);
    const against = await say({ ...finding, end: { date: later(60) } });
    expect([against.status, against.json.issue[0].expression]).toEqual([422, ['answer']]);
    await say({ answer: 'ja', scope: 'organisation' });
    expect((await say({ ...finding, end: { date: later(60) } })).status).toBe(200);
    expect((await say({ ...finding, kind: 'sip', end: { date: later(60) } })).status).toBe(403);
  });

  test('an answer ends the finding that the person cannot answer', async () => {
    await say({ ...finding, end: { date: later(60) } });
    const { json } = await say({ answer: 'nej', scope: 'organisation' });
    expect(json.parameter.filter(({ name }: { name: string }) => name === 'ended').length).toBeGreaterThan(1);
    expect(await world.sees('lakare-vardcentral', theirs)).toBe(false);
  });

  test('the person answers by own log-in to an organisation that is named', async () => {
    const { status, json } = await say({ answer: 'ja', ...region }, 'patient');
    expect(status).toBe(200);
    expect(await world.sees('lakare-vardcentral', theirs)).toBe(true);
    const { reference } = value(json.parameter, 'consent') as { reference: string };
    expect(await world.sees('patient', reference)).toBe(true);
    expect((await auditOf(world, '$samtycke')).at(-1)).toMatchObject({
      reason: 'patient-self',
      patient: astrid,
    });
    expect((await say({ answer: 'nej', ...region }, 'patient')).status).toBe(200);
    expect(await world.sees('lakare-vardcentral', theirs)).toBe(false);
  });

  test('the person names an organisation that is known here, by HSA-id and role', async () => {
    const unknown = { organisation: { identifier: 'SE0000000009-A' }, as: 'vardgivare' };
    expect((await say({ answer: 'ja', ...unknown }, 'patient')).status).toBe(422);
    expect((await say({ answer: 'ja', organisation: region.organisation }, 'patient')).status).toBe(400);
    expect((await say({ ...finding, ...region, end: { date: later(60) } }, 'patient')).status).toBe(403);
  });

  test.each<[PersonaId, string, number]>([
    ['lakare-slutenvard', astrid, 404],
    ['lakare-privat', astrid, 404],
    ['logg-granskare', astrid, 403],
    ['journalsystem', astrid, 403],
    ['administrator', astrid, 403],
    ['vardnadshavare', alva, 403],
    ['patient', alva, 404],
    ['barn', alva, 403],
    ['lakare-vardcentral', 'unknown', 404],
  ])(
    'is for who takes part in the care, and the person from 16: %s about %s is answered %i',
    async (as, patient, status) => {
      const { status: answered } = await say({ answer: 'ja', ...(as === 'barn' && region) }, as, patient);
      expect(answered).toBe(status);
    },
  );

  test('an omsorgsgivare records answers of who gets its insatser, or is assessed for them', async () => {
    expect((await say({ answer: 'ja' }, 'usk-hemtjanst')).status).toBe(200);
    expect(await world.sees('usk-hemtjanst', theirs)).toBe(true);
    expect((await say({ answer: 'nej' }, 'usk-hemtjanst')).status).toBe(200);
    expect(await world.sees('usk-hemtjanst', theirs)).toBe(false);
  });

  test('of two answers at once one is the later, and it alone stands', async () => {
    await Promise.all(['ja', 'nej', 'ja', 'nej'].map((answer) => say({ answer, scope: 'organisation' })));
    const { rows } = await world.api.database.pool.query(
      `select kind from fact where patient = $1 and organisation = 'vg:SE0000000002-A' and kind in ('consent-yes', 'consent-no')`,
      [astrid],
    );
    expect(rows).toHaveLength(1);
  });

  test('refuses what it does not know', async () => {
    for (const sent of [
      {},
      { answer: 'kanske' },
      { answer: 'ja', form: 'tyst' },
      { answer: 'ja', other: true },
      { answer: 'ja', end: { date: '2020-01-01' } },
      { answer: 'ja', start: { date: '2090-01-01' } },
    ] as const)
      expect([sent, (await say(sent)).status]).toEqual([sent, 400]);
  });
});
