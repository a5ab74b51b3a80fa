import { extensions } from '@naravard/care';
import { describe, expect, test } from 'vitest';
import { broken, extension, head, part, places, service, step } from './behandlingsplan-fixtures.ts';

const path = (url: string) => `CarePlan.extension.where(url = '${url}')`;
const first = 'CarePlan.activity[0]';

describe('A plan in force', () => {
  const id = 'behandlingsplan-komplett';

  test('rule behandlingsplan-komplett: with everything, lacks nothing', () => {
    expect(broken(id, head(), service())).toEqual([]);
  });

  test('rule behandlingsplan-komplett: tells all that it lacks at once, each with its place', () => {
    const bare = head({ activity: [step({}, { performer: [] })], extension: [], period: {} });
    expect(places(broken(id, bare))).toEqual([
      `${first}.detail.performer`,
      path(extensions.ansvarigLakare),
      path(extensions.ansvarigSjukskoterska),
      'CarePlan.period.start',
      path(extensions.granskas),
      path(extensions.synligForPatient),
      path(extensions.kontaktvag),
    ]);
    for (const { sv, diagnostics } of broken(id, bare))
      expect([sv, diagnostics]).toEqual([expect.any(String), expect.any(String)]);
  });

  test('a draft, another plan and an ended one may lack anything', () => {
    const bare = { activity: [], extension: [] };
    for (const status of ['draft', 'completed', 'revoked', 'entered-in-error']) {
      expect(broken(id, head({ ...bare, status }))).toEqual([]);
    }
    expect(broken(id, head({ ...bare, category: [] }))).toEqual([]);
  });

  test('has its steps in the head or in a part that it names and that is in force', () => {
    const named = head({ activity: [], supportingInfo: [{ reference: 'CarePlan/del' }] });
    expect(broken(id, named, service(), part({ activity: [step()] }))).toEqual([]);
    expect(places(broken(id, named, service(), part({ activity: [step()], status: 'draft' })))).toEqual([
      'CarePlan.activity',
    ]);
    expect(places(broken(id, named, service()))).toEqual(['CarePlan.activity']);
  });

  test('keeps a step when a part of it is ended or emptied', () => {
    const whole = head({ activity: [], supportingInfo: [{ reference: 'CarePlan/del' }] });
    expect(places(broken(id, part({ activity: [] }), whole))).toEqual(['CarePlan.activity']);
    expect(places(broken(id, part({ activity: [step()], status: 'completed' }), whole))).toEqual([
      'CarePlan.activity',
    ]);
    expect(broken(id, part({ activity: [step()] }), whole)).toEqual([]);
    expect(broken(id, part({ activity: [] }), { ...whole, status: 'draft' })).toEqual([]);
  });

  test('has somebody responsible for each step of a part', () => {
    const nobody = part({ activity: [step({}, { performer: [] })] });
    expect(places(broken(id, nobody, head()))).toEqual([`${first}.detail.performer`]);
    expect(broken(id, { ...nobody, status: 'draft' }, head())).toEqual([]);
  });

  test('is looked through within its period', () => {
    const reviewed = (valueDate: string, period: object) => {
      const plan = head({ period }, [extensions.granskas]);
      plan.extension.push(extension(extensions.granskas, { valueDate }));
      return places(broken(id, plan, service()));
    };
    const period = { start: '2026-11-20', end: '2027-05-19' };
    expect(reviewed('2026-11-20', period)).toEqual([]);
    expect(reviewed('2027-05-19', period)).toEqual([]);
    expect(reviewed('2026-11-19', period)).toEqual([path(extensions.granskas)]);
    expect(reviewed('2027-05-20', period)).toEqual([path(extensions.granskas)]);
    expect(reviewed('2030-01-01', { start: '2026-11-20' })).toEqual([]);
  });

  test('is told the first hour without answer in words: Christmas Eve at 03:00', () => {
    const closed = service({
      notAvailable: [
        {
          description: 'Jul',
          during: { start: '2026-12-24T03:00:00+01:00', end: '2026-12-24T06:59:59+01:00' },
        },
      ],
    });
    const [gap, ...more] = broken(id, head(), closed);
    expect(more).toEqual([]);
    expect(gap).toMatchObject({
      expression: path(extensions.kontaktvag),
      diagnostics: expect.stringContaining('2026-12-24T02:00:00.000Z'),
      sv: 'Ingen svarar natten till torsdag 24 december 2026 (julafton) kl. 03. Lägg till en kontaktväg för den tiden.',
    });
  });

  test('counts on several contact paths together, and on a team whose own period covers its own', () => {
    const day = service({
      availableTime: [
        {
          daysOfWeek: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
          availableStartTime: '07:00:00',
          availableEndTime: '21:00:00',
        },
      ],
    });
    const night = {
      ...service({
        availableTime: [
          {
            daysOfWeek: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
            availableStartTime: '21:00:00',
            availableEndTime: '07:00:00',
          },
        ],
      }),
      id: 'natt',
    };
    const both = head();
    both.extension.push(
      extension(extensions.kontaktvag, { valueReference: { reference: 'HealthcareService/natt' } }),
    );
    expect(broken(id, both, day, night)).toEqual([]);
    expect(broken(id, both, day)).toHaveLength(2);
    expect(broken(id, head(), day)).toHaveLength(1);
  });

  test('without end is looked at for two years', () => {
    const during = { start: '2028-11-19T12:00:00+01:00', end: '2028-11-19T13:00:00+01:00' };
    const later = { start: '2028-11-21T12:00:00+01:00', end: '2028-11-21T13:00:00+01:00' };
    const open = head({ period: { start: '2026-11-20' } });
    expect(broken(id, open, service({ notAvailable: [{ description: 'x', during }] }))).toHaveLength(1);
    expect(broken(id, open, service({ notAvailable: [{ description: 'x', during: later }] }))).toEqual([]);
  });

  test('that the patient sees counts on no number for the staff alone', () => {
    const audience = { extension: [{ url: extensions.malgrupp, valueCode: 'personal' }] };
    const staffOnly = service({ telecom: [{ system: 'phone', value: '010-000 00 01', ...audience }] });
    expect(broken(id, head(), staffOnly)).toHaveLength(1);
    const hidden = head({}, [extensions.synligForPatient]);
    hidden.extension.push(extension(extensions.synligForPatient, { valueBoolean: false }));
    expect(broken(id, hidden, staffOnly)).toEqual([]);
  });

  test('counts on no team of another patient, nor on one of nobody, which the patient does not see', () => {
    const named = { url: extensions.kontaktvag, valueReference: { reference: 'CareTeam/laget' } };
    const team = (subject: object) => ({
      resourceType: 'CareTeam',
      id: 'laget',
      status: 'active',
      ...subject,
    });
    const of = (reference: string) => team({ subject: { reference } });
    const plan = head();
    plan.extension.push(named);
    expect(broken(id, plan, service(), of('Patient/astrid'))).toEqual([]);
    for (const each of [of('Patient/alva'), team({})]) {
      expect(places(broken(id, plan, service(), each))).toEqual([path(extensions.kontaktvag)]);
    }
  });

  test('has a step that is not cancelled', () => {
    const cancelled = head({ activity: [step({}, { status: 'cancelled' })] });
    expect(places(broken(id, cancelled, service()))).toEqual(['CarePlan.activity']);
  });
});

test('rule behandlingsplan-synlig: what is said to be hidden from the patient is labelled so, and its parts with it', () => {
  const id = 'behandlingsplan-synlig';
  const meta = { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'NOPAT' }] };
  const hidden = head({ meta }, [extensions.synligForPatient]);
  hidden.extension.push(extension(extensions.synligForPatient, { valueBoolean: false }));
  expect(broken(id, head())).toEqual([]);
  expect(broken(id, hidden)).toEqual([]);
  expect(places(broken(id, { ...hidden, meta: {} }))).toEqual([path(extensions.synligForPatient)]);
  expect(places(broken(id, head({ meta })))).toEqual([path(extensions.synligForPatient)]);
  expect(broken(id, part(), head())).toEqual([]);
  expect(places(broken(id, part(), hidden))).toEqual(['CarePlan.meta.security']);
  expect(broken(id, part({ meta }), hidden)).toEqual([]);
});

describe('A step', () => {
  test('rule behandlingsplan-steg: has a sign and one of three levels, also in a draft', () => {
    const id = 'behandlingsplan-steg';
    expect(broken(id, head())).toEqual([]);
    for (const bad of [step({ tecken: '' }), step({ niva: 'rod' }), step({ niva: '' })]) {
      expect(places(broken(id, head({ status: 'draft', activity: [bad] })))).toEqual([first]);
    }
  });

  test('rule behandlingsplan-rott-steg: of level ring-nu names whom to call, or 112', () => {
    const id = 'behandlingsplan-rott-steg';
    const red = (more: object) => head({ activity: [step({ niva: 'ring-nu', ...more })] });
    expect(broken(id, red({ larm112: true }))).toEqual([]);
    expect(broken(id, red({ kontakt: 'CareTeam/soder' }))).toEqual([]);
    expect(broken(id, red({}))).toMatchObject([{ severity: 'error', expression: first }]);
    expect(broken(id, { ...red({}), status: 'draft' })).toMatchObject([{ severity: 'warning' }]);
  });

  test('rule behandlingsplan-rott-steg: warns of 112 alone under a behandlingsbegränsning', () => {
    const id = 'behandlingsplan-rott-steg';
    const limit = extension(extensions.behandlingsbegransning, { valueString: 'Vårdas hemma.' });
    const red = step({ niva: 'ring-nu', larm112: true });
    const limited = (...activity: object[]) => {
      const plan = head({ activity });
      plan.extension.push(limit);
      return broken(id, plan);
    };
    expect(limited(red)).toMatchObject([{ severity: 'warning', expression: first }]);
    expect(limited(red, step({ niva: 'ring-nu', kontakt: 'CareTeam/soder' }))).toEqual([]);
  });

  const told = (description: string) =>
    places(broken('behandlingsplan-ingen-dos', head({ activity: [step({}, { description })] })));

  test.each([
    'Ta 40 mg Furosemid extra.',
    'Ta 1 tabl Furix.',
    'Ta 2 tabletter extra.',
    'Ta en halv tablett till.',
    'Två puffar Ventoline.',
    'Ge 6 E Novorapid.',
    'Ge 10 IE insulin.',
    'Ta 5 ml hostmedicin.',
    'Ta 2 st Alvedon.',
    'Ta dubbel dos.',
    'Ge morfin 2,5mg under huden.',
    'Spraya 0,4 µg.',
    'Ta 1 msk Laktulos.',
  ])('rule behandlingsplan-ingen-dos: refuses "%s"', (text) => {
    expect(told(text)).toEqual([first]);
  });

  test.each([
    'Ring hemsjukvården.',
    'Ta din vätskedrivande medicin enligt ordinationen vid behov.',
    'Väg dig: mer än 2 kg på 3 dagar är ett tecken.',
    'Drick högst 1500 ml per dygn.',
    'Sov med 2 st kuddar.',
    'Ring om CRP är över 50 mg/l.',
    'Vila i 30 min. Ring sedan läkare.',
    'Tar ställning till extra dos enligt ordinationen vid behov.',
    'Hembesök inom 4 timmar. Blodtryck under 100.',
  ])('rule behandlingsplan-ingen-dos: lets "%s" be', (text) => {
    expect(told(text)).toEqual([]);
  });

  test('rule behandlingsplan-ingen-dos: looks at what to do first, and at a stated quantity, but not at other activities', () => {
    const dose = (activity: object) =>
      places(broken('behandlingsplan-ingen-dos', head({ activity: [activity] })));
    expect(dose(step({ forst: 'Ta 1 tablett.' }))).toEqual([first]);
    expect(dose(step({}, { quantity: { value: 2 } }))).toEqual([first]);
    expect(dose({ detail: { description: 'Apodos: 2 tabletter om dagen delas ut.' } })).toEqual([]);
  });

  test('rule behandlingsplan-ordination: points to an active ordination vid behov of the same patient', () => {
    const id = 'behandlingsplan-ordination';
    const plan = head({
      activity: [step({ ordination: { valueReference: { reference: 'MedicationRequest/m' } } })],
    });
    const request = (over: object = {}) => ({
      resourceType: 'MedicationRequest',
      id: 'm',
      status: 'active',
      subject: { reference: 'Patient/astrid' },
      dosageInstruction: [{ asNeededBoolean: true }],
      ...over,
    });
    expect(broken(id, plan, request())).toEqual([]);
    expect(
      broken(id, plan, request({ dosageInstruction: [{ asNeededCodeableConcept: { text: 'andnöd' } }] })),
    ).toEqual([]);
    expect(places(broken(id, plan))).toEqual([first]);
    for (const over of [
      { status: 'stopped' },
      { subject: { reference: 'Patient/elis' } },
      { dosageInstruction: [{}] },
    ]) {
      expect(places(broken(id, plan, request(over)))).toEqual([first]);
    }
    const elsewhere = step({ ordination: { valueIdentifier: { value: 'ordination-17' } } });
    expect(broken(id, head({ activity: [elsewhere] }))).toEqual([]);
  });
});

describe('A plan among plans', () => {
  test('rule behandlingsplan-ersatter-en: follows one plan of the same patient, which has ended', () => {
    const id = 'behandlingsplan-ersatter-en';
    const next = head({ id: 'ny', replaces: [{ reference: 'CarePlan/plan' }] });
    expect(broken(id, next, head({ status: 'completed' }))).toEqual([]);
    expect(broken(id, { ...next, status: 'draft' }, head())).toEqual([]);
    expect(broken(id, next, head())).toHaveLength(1);
    expect(broken(id, next)).toHaveLength(1);
    expect(
      broken(id, next, head({ status: 'completed', subject: { reference: 'Patient/elis' } })),
    ).toHaveLength(1);
    const two = { ...next, replaces: [{ reference: 'CarePlan/plan' }, { reference: 'CarePlan/annan' }] };
    expect(broken(id, two, head({ status: 'completed' }))).toHaveLength(1);
  });

  test('rule behandlingsplan-delplan: is part of one head of the same patient', () => {
    const id = 'behandlingsplan-delplan';
    expect(broken(id, part(), head())).toEqual([]);
    expect(broken(id, part())).toEqual([]);
    expect(broken(id, part(), head({ subject: { reference: 'Patient/elis' } }))).toHaveLength(1);
    expect(broken(id, part(), head({ category: [] }))).toHaveLength(1);
    expect(broken(id, part(), head({ partOf: [{ reference: 'CarePlan/annan' }] }))).toHaveLength(1);
    expect(
      broken(id, part({ partOf: [{ reference: 'CarePlan/plan' }, { reference: 'CarePlan/annan' }] }), head()),
    ).toHaveLength(1);
  });
});
