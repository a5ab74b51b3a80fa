import { describe, expect, test } from 'vitest';
import {
  type ContactNow,
  type ContactQuestion,
  contactNow,
} from '../../libs/care/src/contact/contact-now.ts';
import { needs } from '../../libs/care/src/contact/contact-order.ts';
import { contactPathsOf } from '../../libs/care/src/contact/contact-path.ts';
import {
  audience,
  checked,
  fastKontakt,
  hours,
  hoursOf,
  localTime,
  of,
  phone,
  service,
  team,
  viaTeam,
  week,
  workdays,
} from './contact-world.ts';

const office = hours(workdays, ['08:00', '17:00']);

/** A nurse and a team of the municipality, a doctor and a co-ordinating nurse at the vårdcentral, help at home. */
const astrid: object[] = [
  fastKontakt('omar', '2', 'Omar Lind', { ...of('vc'), telecom: [phone('010-2', office)] }),
  fastKontakt('eva', '4', 'Eva Strand', { ...of('vc'), telecom: [phone('010-4', office)] }),
  {
    ...fastKontakt('maja', '1', 'Maja Berg', { ...of('hsv'), telecom: [phone('010-1', office)] }),
    participant: [
      {
        extension: viaTeam('soder'),
        role: [
          {
            coding: [
              {
                system:
                  'https://terminologitjansten.inera.se/inera-kodverksforvaltning/kodverk/kv_typ_av_fast_kontakt',
                code: '1',
              },
            ],
          },
        ],
        member: { display: 'Maja Berg' },
      },
    ],
  },
  fastKontakt('sven', '3', 'Sven Dahl', {
    ...of('ht'),
    telecom: [phone('010-3', hours(week, ['07:00', '16:00']))],
  }),
  team('soder', 'Hemsjukvården Söder', { telecom: [phone('010-5', hours(week, ['07:00', '22:00']))] }),
  service('natt', 'Hemsjukvården Natt', {
    providedBy: { reference: 'Organization/hsv' },
    telecom: [phone('010-6')],
    availableTime: [{ daysOfWeek: week, availableStartTime: '22:00:00', availableEndTime: '07:00:00' }],
  }),
];

const ask = (resources: object[], at: string, over: Partial<ContactQuestion> = {}): ContactNow =>
  contactNow({ paths: contactPathsOf(resources, at), at, reader: 'patient', ...over });

const MONDAY = '2026-11-23T10:00:00+01:00';
const MONDAY_NIGHT = '2026-11-24T03:00:00+01:00';
const JULDAGEN = '2026-12-25T10:00:00+01:00';

describe('Whom to call now', () => {
  test('is who is on duty when somebody gets worse, and the own nurse for a question', () => {
    expect(ask(astrid, MONDAY).first.value).toBe('010-5');
    expect(needs.map((need) => ask(astrid, MONDAY, { need }).first.name)).toEqual([
      'Hemsjukvården Söder',
      'Eva Strand',
      'Omar Lind',
      'Sven Dahl',
    ]);
  });

  test('tells of weekdays that holidays are left out', () => {
    const of = (days: string[], redDays?: 'open') => {
      const telecom = [phone('010-8', hours(days, ['08:00', '17:00'], redDays))];
      return ask([fastKontakt('eva', '4', 'Eva Strand', { telecom })], JULDAGEN).thenList.at(-1)?.hours;
    };
    expect(of(['mon', 'tue', 'wed', 'thu'])).toBe('Svarar måndag–torsdag, inte helgdagar, 08–17.');
    expect(of(['mon'], 'open')).toBe('Svarar måndag 08–17.');
    expect(of(['sat', 'sun'])).toBe('Svarar lördag och söndag 08–17.');
  });

  test('is the person rather than some service of the unit, which may be for others, and the service at night', () => {
    const child = service('bvc', 'Barnavård', {
      providedBy: { reference: 'Organization/vc' },
      telecom: [phone('010-7')],
      availableTime: [{ daysOfWeek: week, allDay: true }],
    });
    const eva = fastKontakt('eva', '4', 'Eva Strand', { ...of('vc'), telecom: [phone('010-4', office)] });
    for (const need of needs) expect(ask([eva, child], MONDAY, { need }).first.value).toBe('010-4');
    expect(ask([eva, child], MONDAY_NIGHT).first.value).toBe('010-7');
  });

  test('is said with the reason', () => {
    const [, , maja] = astrid;
    expect(ask([maja ?? {}], MONDAY).reason).toBe('Vardag 08–17: ring din fasta vårdkontakt Maja Berg.');
    expect(ask([maja ?? {}], MONDAY, { reader: 'personal' }).reason).toBe(
      'Vardag 08–17: ring den fasta vårdkontakten Maja Berg.',
    );
    expect(ask(astrid, MONDAY_NIGHT).reason).toBe('Natt 22–07: ring Hemsjukvården Natt.');
    expect(ask(astrid, JULDAGEN).reason).toBe('Juldagen 07–22: ring Hemsjukvården Söder.');
    const always = team('soder', 'Hemsjukvården Söder', { telecom: [phone('1', hours(week, 'allDay'))] });
    expect(ask([always], MONDAY).reason).toBe('Dygnet runt: ring Hemsjukvården Söder.');
  });

  test('goes on in order: who answers, 1177, who does not just now, and last those of whom it is not known', () => {
    const unknown = fastKontakt('ny', '5', 'Ny Sort', { telecom: [phone('010-9')] });
    const { first, thenList } = ask([...astrid, unknown], '2026-11-23T18:00:00+01:00', { need: 'fraga' });
    expect([first, ...thenList].map(({ name, answers }) => `${name}: ${answers}`)).toEqual([
      'Hemsjukvården Söder: nu',
      '1177: nu',
      'Eva Strand: stangt',
      'Maja Berg: stangt',
      'Hemsjukvården Natt: stangt',
      'Omar Lind: stangt',
      'Sven Dahl: stangt',
      'Ny Sort: okant',
    ]);
    expect(thenList.at(-1)?.hours).toBe('Vi vet inte när numret svarar.');
    expect(thenList[1]?.hours).toBe('Svarar vardagar 08–17.');
  });

  test('says what to do when nobody answers, and 112 for danger to life', () => {
    const now = ask(astrid, MONDAY, { need: 'fraga' });
    expect(now.ifNoAnswer).toBe('Svarar ingen? Ring din fasta vårdkontakt Maja Berg, 010-1.');
    expect(now.danger).toEqual({ value: '112', text: 'Är det fara för livet? Ring 112.' });
    expect(ask(astrid, MONDAY_NIGHT).ifNoAnswer).toBe('Svarar ingen? Ring 1177.');
    expect(ask([], MONDAY).ifNoAnswer).toBe(
      'Svarar ingen? Försök igen om en stund. Blir det värre: ring 112.',
    );
  });

  test('is 1177 when nobody answers, and the text says so', () => {
    const [omar = {}] = astrid;
    const closed = ask([omar], MONDAY_NIGHT);
    expect([closed.first.value, closed.reason]).toEqual([
      '1177',
      'Ingen av dina kontakter svarar just nu. Ring 1177.',
    ]);
    expect(ask([], MONDAY).reason).toBe('Du har ingen kontakt med telefonnummer här. Ring 1177.');
    const fallback = { name: 'jourläkarcentralen', value: '010-77' };
    expect(ask([omar], MONDAY_NIGHT, { fallback, reader: 'narstaende' }).reason).toBe(
      'Ingen av patientens kontakter svarar just nu. Ring jourläkarcentralen.',
    );
  });

  test('is not somebody of whom it is not known when they answer', () => {
    const unknown = team('soder', 'Söder', { telecom: [phone('010-9')] });
    expect(ask([unknown], MONDAY).first.value).toBe('1177');
  });

  test('is whom the plan names when somebody gets worse, and for that alone', () => {
    const steps = [{ kontakt: null }, { kontakt: 'CareTeam/eva' }];
    expect(ask(astrid, MONDAY, { steps }).first.name).toBe('Eva Strand');
    expect(ask(astrid, MONDAY, { steps, need: 'behandling' }).first.name).toBe('Omar Lind');
    expect(ask(astrid, MONDAY_NIGHT, { steps }).first.name).toBe('Hemsjukvården Natt');
  });

  test('is never a number of the staff for a patient or a relative', () => {
    const numbers = [
      phone('010-10', hours(week, 'allDay'), ...audience('personal')),
      phone('010-11', hours(week, 'allDay'), ...audience('patient', 'narstaende')),
      phone('010-12', hours(week, 'allDay'), ...audience('patient')),
    ];
    const shown = (reader: ContactQuestion['reader']) => {
      const { first, thenList } = ask([team('t', 'T', { telecom: numbers })], MONDAY, { reader });
      return [first, ...thenList].map(({ value }) => value);
    };
    expect(shown('patient')).toEqual(['010-11', '010-12', '1177']);
    expect(shown('narstaende')).toEqual(['010-11', '1177']);
    expect(shown('personal')).toEqual(['010-10', '010-11', '010-12', '1177']);
    const { first, thenList } = ask([team('t', 'T', { telecom: numbers })], MONDAY, { reader: 'personal' });
    expect([first, ...thenList].map(({ staffOnly }) => staffOnly)).toEqual([
      true,
      ...thenList.map(() => undefined),
    ]);
  });

  test('gives a number once, however it is written', () => {
    const numbers = [
      phone('031-390 06 24', hours(week, 'allDay')),
      phone('+46 31 390 06 24', hours(week, 'allDay')),
    ];
    expect(ask([team('t', 'T', { telecom: numbers })], MONDAY).thenList).toHaveLength(1);
  });

  test('remarks that nobody has tried a number for more than twelve months', () => {
    const tried = (date: string) =>
      ask([team('t', 'T', { telecom: [phone('1', hours(week, 'allDay'), checked(date))] })], MONDAY).first
        .remark;
    expect(tried('2025-11-22')).toBe('Numret kontrollerades senast 22 november 2025. Det kan ha ändrats.');
    expect(tried('2025-11-23')).toBeNull();
    expect(tried('2024')).toBe('Numret kontrollerades senast 2024. Det kan ha ändrats.');
  });
});

describe('A contact', () => {
  const numbers = (resources: object[]) =>
    contactPathsOf(resources, MONDAY).map(({ id, name, numbers }) => [
      id,
      name,
      numbers.map(({ value }) => value),
    ]);

  test('without telecom of its own is reached by that of the PractitionerRole, in its hours', () => {
    const role = {
      resourceType: 'PractitionerRole',
      id: 'maja',
      practitioner: { reference: 'Practitioner/maja' },
      telecom: [{ system: 'phone', value: '010-7' }],
      availableTime: [{ daysOfWeek: workdays, availableStartTime: '08:00:00', availableEndTime: '12:00:00' }],
      notAvailable: [{ description: 'Semester', during: { start: '2026-12-01', end: '2026-12-31' } }],
    };
    const person = { resourceType: 'Practitioner', id: 'maja', name: [{ given: ['Maja'], family: 'Berg' }] };
    const contact = fastKontakt('maja', '1', 'x', {
      participant: [{ member: { reference: 'PractitionerRole/maja' } }],
    });
    expect(numbers([contact, role, person])).toEqual([['CareTeam/maja', 'Maja Berg', ['010-7']]]);
    expect(ask([contact, role], MONDAY).first.value).toBe('010-7');
    expect(ask([contact, role], '2026-11-23T12:00:00+01:00').first.value).toBe('1177');
    expect(ask([contact, role], '2026-12-02T10:00:00+01:00').first.value).toBe('1177');
    expect(numbers([contact, { ...role, active: false }])).toEqual([['CareTeam/maja', '', []]]);
  });

  test('counts while it is active and in its period alone', () => {
    const telecom = [phone('010-1', hours(week, 'allDay'))];
    const given = [
      team('ended', 'A', { telecom, period: { end: '2026-11-22' } }),
      team('to-come', 'B', { telecom, period: { start: '2026-11-24' } }),
      team('inactive', 'C', { telecom, status: 'inactive' }),
      team('today', 'D', { telecom, period: { start: '2026-11-23', end: '2026-11-23' } }),
      service('closed', 'E', { telecom, active: false }),
    ];
    expect(numbers(given)).toEqual([['CareTeam/today', 'D', ['010-1']]]);
    expect(contactPathsOf(given, MONDAY, '2026-11-25T00:00:00Z').map(({ name }) => name)).toEqual(['B', 'D']);
  });

  test('of a type that has been added since is a contact like others', () => {
    const added = fastKontakt('ny', '17', 'Ny Sort', { telecom: [phone('010-1', office)] });
    for (const need of needs)
      expect(ask([added], MONDAY, { need }).reason).toBe('Vardag 08–17: ring din fasta kontakt Ny Sort.');
  });

  test('that began last goes first of two of one type', () => {
    const doctor = (id: string, start: string) =>
      fastKontakt(id, '2', id, { period: { start }, telecom: [phone(`${id}-1`, office)] });
    const given = [doctor('gammal', '2024-01-01'), doctor('ny', '2026-01-01')];
    expect(ask(given, MONDAY, { need: 'behandling' }).first.name).toBe('ny');
  });

  test('that is nobody has no number, and breaks nothing', () => {
    const empty = [{}, { resourceType: 'CareTeam' }, { resourceType: 'CareTeam', id: 'a', status: 'active' }];
    expect(contactPathsOf([...empty, fastKontakt('b', '1', '', { participant: [{}] })], MONDAY)).toHaveLength(
      1,
    );
    expect(
      contactPathsOf(
        [service('s', 'S', { telecom: [{ system: 'phone' }, { value: '1', use: 'old' }] })],
        MONDAY,
      ),
    ).toMatchObject([{ numbers: [] }]);
  });
});

/** Who answers, looked up in the words of the agreement hour by hour, in the order of each need. */
function expected(need: (typeof needs)[number], instant: number): string {
  const { hour, weekday, red } = localTime(instant);
  const atWork = weekday < 5 && !red && hour >= 8 && hour < 17;
  const isNight = hour >= 22 || hour < 7;
  const onDuty = isNight ? '010-6' : '010-5';
  if (need === 'forsamring') return onDuty;
  if (need === 'fraga') return atWork ? '010-4' : onDuty;
  if (need === 'behandling') return atWork ? '010-2' : onDuty;
  return hour >= 7 && hour < 16 ? '010-3' : atWork ? '010-1' : onDuty;
}

describe.each([2026, 2028])('Every hour of %i', (year) => {
  const paths = contactPathsOf(astrid, `${year}-06-01T00:00:00Z`);

  test.each(needs)('for %s has exactly one first number, of who answers then', (need) => {
    for (const instant of hoursOf(year)) {
      const at = new Date(instant).toISOString();
      const { first, thenList } = contactNow({ paths, at, need, reader: 'patient' });
      if (first.value !== expected(need, instant))
        expect(`${at} ${first.value}`).toBe(expected(need, instant));
      expect(thenList.filter(({ value }) => value === first.value)).toEqual([]);
    }
  });

  test('without anybody at night and on holidays has 1177 instead', () => {
    const [, eva = {}] = astrid;
    const alone = contactPathsOf([eva], `${year}-06-01T00:00:00Z`);
    for (const instant of hoursOf(year)) {
      const { hour, weekday, red, date } = localTime(instant);
      const isOpen = weekday < 5 && !red && hour >= 8 && hour < 17;
      const { first } = contactNow({ paths: alone, at: new Date(instant).toISOString(), reader: 'patient' });
      if (first.value !== (isOpen ? '010-4' : '1177')) expect(`${date} ${hour}`).toBe(first.value);
    }
  });
});
