import type { CareTeam } from '@medplum/fhirtypes';
import { contactsAt, endingPatch, extensions, systems, takeoverAt } from '@naravard/care';
import { parseDateRange } from '@naravard/fhir';
import { describe, expect, test } from 'vitest';

const contact = (id: string, code: string, over: object = {}): CareTeam => ({
  resourceType: 'CareTeam',
  id,
  status: 'active',
  category: [{ coding: [{ system: systems.careTeamType, code: 'fast-kontakt' }] }],
  participant: [
    {
      role: [{ coding: [{ system: systems.fastKontakt, code }] }],
      member: { reference: 'PractitionerRole/x', display: `Person ${id}` },
    },
  ],
  ...over,
});

const during = (start?: string, end?: string) => ({
  period: { ...(start && { start }), ...(end && { end }) },
});

const on = (resources: readonly object[], date: string) => {
  const { start, end } = parseDateRange(date) ?? {};
  return contactsAt(resources, { start: start ?? '', end: end ?? '' }, ['patient']);
};
const ids = (resources: readonly object[], date = '2026-06-15') =>
  on(resources, date).map(({ reference }) => reference.slice('CareTeam/'.length));

describe('who was a fast kontakt on a day', () => {
  test('läkarkontakt first, then vårdkontakt, co-ordinator, omsorgskontakt and types that are new, the newest first', () => {
    const all = [
      contact('ny-typ', '7'),
      contact('omsorg', '3'),
      contact('samordnare', '4'),
      contact('gammal', '1', during('2025-01-01')),
      contact('ny', '1', during('2026-05-01')),
      contact('lakare', '2'),
    ];
    expect(ids(all)).toEqual(['lakare', 'ny', 'gammal', 'samordnare', 'omsorg', 'ny-typ']);
  });

  test.each<[string, CareTeam, boolean]>([
    ['the first day', contact('a', '1', during('2026-06-15')), true],
    ['the last day', contact('a', '1', during('2026-01-01', '2026-06-15')), true],
    ['the day before it began', contact('a', '1', during('2026-06-16')), false],
    ['the day after it ended', contact('a', '1', during('2026-01-01', '2026-06-14')), false],
    ['a contact without a period', contact('a', '1'), true],
    [
      'one that has ended since',
      contact('a', '1', { status: 'inactive', ...during('2026-01-01', '2026-09-01') }),
      true,
    ],
    [
      'one that has ended and does not say when',
      contact('a', '1', { status: 'inactive', ...during('2026-01-01') }),
      false,
    ],
    ['a proposed one', contact('a', '1', { status: 'proposed' }), false],
    ['one entered in error', contact('a', '1', { status: 'entered-in-error' }), false],
    ['one whose period nobody can read', contact('a', '1', during('2026-09-01', '2026-01-01')), false],
  ])('%s', (_what, team, isTold) => expect(ids([team])).toEqual(isTold ? ['a'] : []));

  test('a day is one of Sweden: it begins at midnight there', () => {
    const late = contact('a', '1', during('2026-06-15T23:30:00Z'));
    expect([ids([late], '2026-06-15'), ids([late], '2026-06-16')]).toEqual([[], ['a']]);
  });

  test('two fasta läkarkontakter at once are marked, one after the other on the same day not', () => {
    const flags = (...teams: CareTeam[]) => on(teams, '2026-06-15').map((each) => each.flerLakarkontakter);
    expect(flags(contact('a', '2'), contact('b', '2', during('2026-06-01')))).toEqual([true, true]);
    expect(flags(contact('a', '1'), contact('b', '2'))).toEqual([false, false]);
    const start = '2026-06-15T10:00:00.000Z';
    const before = contact('a', '2', {
      status: 'inactive',
      ...during('2026-01-01', '2026-06-15T09:59:59.999Z'),
    });
    expect(flags(before, contact('b', '2', during(start)))).toEqual([false, false]);
  });

  test('numbers say when they are answered and when somebody tried them', () => {
    const open = (day: string) => ({ url: 'daysOfWeek', valueCode: day });
    const telecom = [
      {
        system: 'phone',
        value: '0346-88 60 00',
        extension: [
          {
            url: extensions.tillganglighet,
            extension: [
              ...['mon', 'tue', 'wed', 'thu', 'fri'].map(open),
              { url: 'startTime', valueTime: '08:00:00' },
              { url: 'endTime', valueTime: '17:00:00' },
            ],
          },
          { url: extensions.senastKontrollerat, valueDate: '2026-06-01' },
        ],
      },
      { system: 'email', value: 'a@example.se' },
    ];
    expect(on([contact('a', '1', { telecom })], '2026-06-15')[0]?.paths).toEqual([
      'Telefon 0346-88 60 00. Svarar vardagar 08–17. Numret kontrollerades 2026-06-01.',
      'E-post a@example.se.',
    ]);
  });
});

describe('a handover leaves neither gap nor overlap', () => {
  const team = contact('a', '1', during('2026-01-01'));
  const patch = (text: string, at: string) => {
    const start = parseDateRange(text)?.start ?? '';
    const takeover = takeoverAt({ text, start });
    return takeover && endingPatch(team, takeover, at);
  };
  const at = '2026-06-15T10:00:00.000Z';

  test.each([
    ['2026-06-15', '2026-06-14'],
    ['2026-03-01', '2026-02-28'],
    ['2026-06-15T12:00:00+02:00', '2026-06-15T09:59:59.999Z'],
  ])('from %s the one before ends %s', (text, value) => {
    expect(patch(text, at)).toEqual([
      { op: 'add', path: '/period/end', value },
      { op: 'replace', path: '/status', value: 'inactive' },
    ]);
  });

  test('in the time to come it stays active until then', () => {
    expect(patch('2026-07-01', at)).toEqual([{ op: 'add', path: '/period/end', value: '2026-06-30' }]);
  });

  test('a month is too little', () => expect(patch('2026-07', at)).toBeUndefined());
});
