import type { CareTeam } from '@medplum/fhirtypes';
import { extensions, fastKontaktRules, lakarkontaktDuring, systems } from '@naravard/care';
import type { Finding, Writer } from '@naravard/fhir';
import { describe, expect, test } from 'vitest';

const region: Writer = { as: 'vardgivare', organisation: 'vg:SE1', unit: 'SE1-1', person: 'SE1-P' };
const omsorg: Writer = { ...region, as: 'omsorgsgivare', organisation: 'og:SE1' };

const inCategory = (code: string): CareTeam['category'] => [
  { coding: [{ system: systems.careTeamType, code }] },
];

const typed = (code: string) => [{ coding: [{ system: systems.fastKontakt, code }] }];

const contact = (over: object = {}): CareTeam => ({
  resourceType: 'CareTeam',
  id: 'kontakt',
  extension: [{ url: extensions.uppdrag, valueString: 'Ordnar hjälpen hemma.' }],
  status: 'active',
  category: inCategory('fast-kontakt'),
  subject: { reference: 'Patient/astrid' },
  period: { start: '2026-01-12' },
  participant: [{ role: typed('1'), member: { reference: 'PractitionerRole/maja-berg' } }],
  managingOrganization: [{ reference: 'Organization/hemsjukvarden' }],
  telecom: [{ system: 'phone', value: '0346-88 60 00' }],
  ...over,
});

const team = (over: object = {}): CareTeam => ({
  resourceType: 'CareTeam',
  id: 'team',
  status: 'active',
  category: inCategory('team'),
  name: 'Hemsjukvården Söder',
  telecom: [{ system: 'phone', value: '031-390 06 24' }],
  ...over,
});

const role = (over: object = {}) => ({
  resourceType: 'PractitionerRole',
  id: 'maja-berg',
  practitioner: { reference: 'Practitioner/maja-berg' },
  code: [{ text: 'Sjuksköterska' }],
  ...over,
});

type Known = Record<string, object>;
const directory: Known = { 'PractitionerRole/maja-berg': role() };

/** What breaks one rule: severity and expression, with all that it needs at hand. */
function broken(id: string, resource: CareTeam, writer: Writer = region, known: Known = directory): string[] {
  return findings(id, resource, writer, known).map(({ severity, expression }) => `${severity} ${expression}`);
}

function findings(id: string, resource: CareTeam, writer: Writer, known: Known): readonly Finding[] {
  const rule = fastKontaktRules.find((each) => each.id === id);
  if (!rule) throw new Error(`no rule ${id}`);
  const staged = { type: 'CareTeam', id: 'kontakt', resource, writer, at: '2026-11-23T10:00:00.000Z' };
  const given = new Map<string, object>();
  for (let round = 0; round < 4; round++) {
    for (const name of rule.needs?.(staged, (ref) => given.get(ref)) ?? []) {
      if (known[name]) given.set(name, known[name]);
    }
  }
  return rule.check(staged, (ref) => given.get(ref));
}

const participant = (over: object) => ({ participant: [{ ...contact().participant?.[0], ...over }] });

describe('a fast kontakt and a team that follow all rules', () => {
  test.each([
    ['a fast kontakt', contact()],
    ['a team', team()],
  ])('%s breaks none', (_name, resource) => {
    expect(fastKontaktRules.flatMap(({ id }) => broken(id, resource))).toEqual([]);
  });

  test('nothing is asked of another CareTeam, nor of what was entered in error', () => {
    const other: CareTeam = { resourceType: 'CareTeam', status: 'active', participant: [{}, {}] };
    const wrong = contact({ status: 'entered-in-error', participant: [], extension: [], telecom: [] });
    expect(fastKontaktRules.flatMap(({ id }) => [...broken(id, other), ...broken(id, wrong)])).toEqual([]);
  });

  test('what has ended is not asked for what it would take to be reached', () => {
    const period = { start: '2026-01-12', end: '2026-02-12' };
    const ended = contact({ status: 'inactive', period, extension: [], telecom: [] });
    expect(fastKontaktRules.flatMap(({ id }) => broken(id, ended, region, {}))).toEqual([]);
  });

  test('every rule says itself in English and Swedish, with its source', () => {
    for (const { id, citation, sentence, sv } of fastKontaktRules) {
      expect(id).toMatch(/^careteam-[a-z-]+$/);
      expect([citation, sentence, sv].map((text) => text.length > 10)).toEqual([true, true, true]);
    }
    expect(new Set(fastKontaktRules.map(({ id }) => id)).size).toBe(fastKontaktRules.length);
  });
});

describe('rule careteam-en-person: one person in a role', () => {
  const id = 'careteam-en-person';

  test.each([
    ['nobody', { participant: undefined }, 'error CareTeam.participant'],
    ['two', { participant: [{}, {}] }, 'error CareTeam.participant'],
    ['nobody said', participant({ member: undefined }), 'error CareTeam.participant[0].member'],
    [
      'a Practitioner',
      participant({ member: { reference: 'Practitioner/x' } }),
      'error CareTeam.participant[0].member',
    ],
    [
      'an Organization',
      participant({ member: { reference: 'Organization/x' } }),
      'error CareTeam.participant[0].member',
    ],
  ])('%s is refused', (_who, over, expected) => expect(broken(id, contact(over))).toEqual([expected]));

  test('a role at another server is one too', () => {
    const elsewhere = participant({ member: { reference: 'https://a.example/fhir/PractitionerRole/x' } });
    expect(broken(id, contact(elsewhere))).toEqual([]);
  });
});

describe('rule careteam-namngiven-person: the role is held by somebody', () => {
  const id = 'careteam-namngiven-person';
  const place = 'error CareTeam.participant[0].member';

  test.each([
    ['is not there', {}, [place]],
    ['is held by nobody', { 'PractitionerRole/maja-berg': role({ practitioner: undefined }) }, [place]],
    ['is not in use', { 'PractitionerRole/maja-berg': role({ active: false }) }, [place]],
    ['is held', directory, []],
  ])('one that %s', (_how, known: Known, expected) => {
    expect(broken(id, contact(), region, known)).toEqual(expected);
  });
});

describe('rule careteam-typ: one type of kv_typ_av_fast_kontakt', () => {
  const id = 'careteam-typ';
  const place = 'CareTeam.participant[0].role';
  const two = { coding: [...typed('1'), ...typed('2')].flatMap(({ coding }) => coding) };

  test.each([
    ['none', [{ text: 'Fast vårdkontakt' }], [`error ${place}`]],
    ['two in one concept', [two], [`error ${place}`]],
    ['two concepts', [...typed('1'), ...typed('4')], [`error ${place}`]],
    ['one without a code', [{ coding: [{ system: systems.fastKontakt }] }], [`error ${place}`]],
    ['a code that is new', typed('5'), [`warning ${place}`]],
    [
      'a known code beside one of another system',
      [...typed('4'), { coding: [{ system: 'x', code: 'y' }] }],
      [],
    ],
  ])('%s', (_what, given, expected) => {
    expect(broken(id, contact(participant({ role: given })))).toEqual(expected);
  });
});

describe('rule careteam-typ-per-organisation: care appoints 1, 2 and 4, omsorg 3', () => {
  const error = ['error CareTeam.participant[0].role'];

  test.each([
    [region, '1', []],
    [region, '2', []],
    [region, '4', []],
    [region, '3', error],
    [omsorg, '3', []],
    [omsorg, '1', error],
    [omsorg, '2', error],
    [omsorg, '4', error],
    [omsorg, '5', []],
    [{ ...region, as: null }, '3', []],
  ] as const)('%o and type %s', (writer, code, expected) => {
    expect(
      broken('careteam-typ-per-organisation', contact(participant({ role: typed(code) })), writer),
    ).toEqual(expected);
  });
});

describe('rule careteam-lakarkontakt-i-kommun: a municipality is told that regions appoint fasta läkarkontakter', () => {
  const id = 'careteam-lakarkontakt-i-kommun';
  const of = (value: string, system = 'urn:oid:2.5.4.97'): Known => ({
    [`Organization?identifier=${encodeURIComponent('urn:oid:1.2.752.29.4.19|SE1')}`]: {
      resourceType: 'Bundle',
      entry: [{ resource: { resourceType: 'Organization', identifier: [{ system, value }] } }],
    },
  });
  const doctor = contact(participant({ role: typed('2') }));
  const noted = ['warning CareTeam.participant[0].role'];

  test.each<[string, CareTeam, Writer, Known, string[]]>([
    ['of a municipality', doctor, region, of('212000-1231'), noted],
    ['with the century mark', doctor, region, of('162120001231'), noted],
    ['of a region', doctor, region, of('232100-0115'), []],
    ['of Gotland, which is both', doctor, region, of('212000-0803'), []],
    ['of a company', doctor, region, of('556016-0680'), []],
    ['of one that is not known', doctor, region, {}, []],
    ['another number', doctor, region, of('2120001231', 'urn:x'), []],
    ['another type', contact(), region, of('212000-1231'), []],
    ['social services', doctor, omsorg, of('212000-1231'), []],
  ])('%s', (_what, resource, writer, known, expected) =>
    expect(broken(id, resource, writer, { ...directory, ...known })).toEqual(expected),
  );
});

describe('rule careteam-underskoterska: a fast omsorgskontakt is an undersköterska', () => {
  const id = 'careteam-underskoterska';
  const three = contact(participant({ role: typed('3') }));
  const known = (code: object[]): Known => ({ 'PractitionerRole/maja-berg': role({ code }) });

  test('it is noted when the role says something else, or nothing', () => {
    const noted = ['warning CareTeam.participant[0].member'];
    expect(broken(id, three, omsorg)).toEqual(noted);
    expect(broken(id, three, omsorg, known([]))).toEqual(noted);
  });

  test('by text or by the display of a code it is said', () => {
    expect(broken(id, three, omsorg, known([{ text: 'Undersköterska' }]))).toEqual([]);
    expect(broken(id, three, omsorg, known([{ coding: [{ display: 'Specialistundersköterska' }] }]))).toEqual(
      [],
    );
  });

  test('of other types it is not asked', () => expect(broken(id, contact(), omsorg)).toEqual([]));
});

describe('rule careteam-uppdrag: what the contact is there for', () => {
  test.each([
    ['no extension', []],
    ['an empty one', [{ url: extensions.uppdrag, valueString: '  ' }]],
    ['a code', [{ url: extensions.uppdrag, valueCode: 'x' }]],
  ])('%s is refused', (_what, extension) => {
    expect(broken('careteam-uppdrag', contact({ extension }))).toEqual(['error CareTeam.extension']);
  });
});

describe('rule careteam-kontaktvag: at least one level can be reached', () => {
  const id = 'careteam-kontaktvag';
  const phone = [{ system: 'phone', value: '0346-88 60 00' }];
  const via = { extension: [{ url: extensions.viaTeam, valueReference: { reference: 'CareTeam/team' } }] };
  const without = (over: object = {}) => contact({ telecom: undefined, ...over });

  test.each<[string, CareTeam, Known]>([
    ['the own telecom', contact(), {}],
    ['the team', without(participant(via)), { 'CareTeam/team': team() }],
    ['the role', without(), { 'PractitionerRole/maja-berg': role({ telecom: phone }) }],
    [
      'the unit',
      without(),
      { 'Organization/hemsjukvarden': { resourceType: 'Organization', telecom: phone } },
    ],
    [
      'a service of the role',
      without(),
      {
        'PractitionerRole/maja-berg': role({ healthcareService: [{ reference: 'HealthcareService/jour' }] }),
        'HealthcareService/jour': { resourceType: 'HealthcareService', telecom: phone },
      },
    ],
  ])('%s is enough', (_level, resource, known) => expect(broken(id, resource, region, known)).toEqual([]));

  test.each<[string, CareTeam, Known]>([
    ['nothing', without(), directory],
    ['a team that cannot be reached', without(participant(via)), { 'CareTeam/team': team({ telecom: [] }) }],
    ['a number of before', contact({ telecom: [{ ...phone[0], use: 'old' }] }), directory],
    ['a telecom without a value', contact({ telecom: [{ system: 'phone' }] }), directory],
  ])('%s is not', (_level, resource, known) => {
    expect(broken(id, resource, region, known)).toEqual(['error CareTeam.telecom']);
  });
});

describe('rule careteam-nummer: a number is digits', () => {
  const written = (value: string, system = 'phone') =>
    broken('careteam-nummer', contact({ telecom: [{ system, value }] }));

  test.each(['112', '1177', '0346-88 60 00', '+46 346 88 60 00', '031 390 06 24', '123456789012345'])(
    '%s is one',
    (value) => expect(written(value)).toEqual([]),
  );

  test.each([
    '12',
    '1234567890123456',
    'växeln',
    '0346-886000 vardagar 8-17',
    '(0346) 88',
    '0346/88',
    '++46',
    '',
  ])('%s is not', (value) => expect(written(value)).toEqual(['error CareTeam.telecom[0].value']));

  test('an address is not looked at', () => expect(written('maja@example.se', 'email')).toEqual([]));
  test('a team is asked too', () => {
    const resource = team({ telecom: [{ system: 'phone', value: 'växeln' }] });
    expect(broken('careteam-nummer', resource)).toEqual(['error CareTeam.telecom[0].value']);
  });
});

describe('rule careteam-slutdatum: what has ended says when', () => {
  test('it is noted when it does not', () => {
    const ended = contact({ status: 'inactive' });
    expect(broken('careteam-slutdatum', ended)).toEqual(['warning CareTeam.period.end']);
  });
});

describe('rule careteam-intern-anteckning: what the patient is not to read is a Communication', () => {
  const note = (extension: object) => ({ note: [{ text: 'Klar' }, { text: 'x', extension: [extension] }] });

  test.each([
    [
      'an extension',
      { extension: [{ url: 'https://a.example/intern-anteckning', valueString: 'x' }] },
      'extension',
    ],
    [
      'one of the participant',
      participant({ extension: [{ url: 'https://a.example/internalNotes', valueString: 'x' }] }),
      'participant[0].extension',
    ],
    [
      'a note that is marked by url',
      note({ url: 'https://a.example/internal-note', valueBoolean: true }),
      'note[1].extension',
    ],
    [
      'a note that is marked by code',
      note({ url: 'https://a.example/label', valueCode: 'internal-note' }),
      'note[1].extension',
    ],
  ])('%s is refused', (_what, over, place) => {
    expect(broken('careteam-intern-anteckning', contact(over))).toEqual([`error CareTeam.${place}`]);
    expect(broken('careteam-intern-anteckning', team(over))).toEqual([`error CareTeam.${place}`]);
  });

  test('a note to the patient is not', () => {
    expect(
      broken('careteam-intern-anteckning', contact({ note: [{ text: 'Ring på förmiddagen.' }] })),
    ).toEqual([]);
  });
});

describe('rule careteam-team: a team has a name and can be reached', () => {
  test('without either it is refused', () => {
    expect(broken('careteam-team', team({ name: ' ', telecom: undefined }))).toEqual([
      'error CareTeam.name',
      'error CareTeam.telecom',
    ]);
  });
});

describe('rule careteam-flera-fasta-lakarkontakter: one at another vårdgivare is noted where it is seen', () => {
  const id = 'careteam-flera-fasta-lakarkontakter';
  const doctor = (over: object = {}) => contact({ ...participant({ role: typed('2') }), ...over });
  const role = encodeURIComponent(`${systems.fastKontakt}|2`);
  const seen = (...others: object[]): Known => ({
    [`CareTeam?patient=astrid&role=${role}&status=active`]: {
      resourceType: 'Bundle',
      entry: others.map((resource) => ({ resource })),
    },
  });
  const other = doctor({ id: 'annan' });

  test('another one at the same time', () => {
    expect(broken(id, doctor(), region, seen(other))).toEqual(['warning CareTeam']);
  });

  test.each<[string, CareTeam, Known]>([
    ['none that is seen', doctor(), {}],
    ['the contact itself', doctor(), seen(doctor())],
    ['one before it', doctor(), seen(doctor({ id: 'annan', period: { end: '2025-12-31' } }))],
    ['one beside another type', contact(), seen(other)],
    ['one beside what has ended', doctor({ status: 'inactive' }), seen(other)],
    ['one of a patient elsewhere', doctor({ subject: { reference: 'urn:x?' } }), seen(other)],
  ])('%s is not', (_what, resource, known) => expect(broken(id, resource, region, known)).toEqual([]));
});

describe('an active fast läkarkontakt takes the place during its period', () => {
  const doctor = (over: object = {}) => contact({ ...participant({ role: typed('2') }), ...over });

  test.each<[string, CareTeam, unknown]>([
    [
      'a period',
      doctor({ period: { start: '2026-01-12', end: '2026-01-31' } }),
      { start: '2026-01-11T23:00:00.000Z', end: '2026-01-31T23:00:00.000Z' },
    ],
    ['no end', doctor(), { start: '2026-01-11T23:00:00.000Z', end: null }],
    ['no period', doctor({ period: undefined }), { start: null, end: null }],
    ['what has ended', doctor({ status: 'inactive' }), undefined],
    ['another type', contact(), undefined],
    ['a team', team(), undefined],
  ])('%s', (_what, resource, during) => expect(lakarkontaktDuring(resource)).toEqual(during));
});
