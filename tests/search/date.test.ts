import { describe, expect, it } from 'vitest';
import { condition, extract, finds, refusal } from './memory.ts';

const encounter = (start?: string, end?: string) => ({ resourceType: 'Encounter', period: { start, end } });
const found = (value: string, resource: { resourceType: string }) =>
  finds(`date=${encodeURIComponent(value)}`, resource);

describe('the prefixes of a date (http://hl7.org/fhir/R4/search.html#prefix), for the search value 2026-11-23', () => {
  const targets: Record<string, ReturnType<typeof encounter>> = {
    'the day before': encounter('2026-11-22', '2026-11-22'),
    'an hour of the day': encounter('2026-11-23T10:00:00+01:00', '2026-11-23T11:00:00+01:00'),
    'the whole day': encounter('2026-11-23', '2026-11-23'),
    'the day before to the middle of the day': encounter('2026-11-22', '2026-11-23T12:00:00+01:00'),
    'the middle of the day to the day after': encounter('2026-11-23T12:00:00+01:00', '2026-11-24'),
    'the month': encounter('2026-11-01', '2026-11-30'),
    'the day after': encounter('2026-11-24', '2026-11-24'),
    'since the day before, open': encounter('2026-11-22'),
    'until the day after, open': encounter(undefined, '2026-11-24'),
  };
  const expected: Record<string, readonly string[]> = {
    eq: ['an hour of the day', 'the whole day'],
    gt: [
      'the middle of the day to the day after',
      'the month',
      'the day after',
      'since the day before, open',
      'until the day after, open',
    ],
    lt: [
      'the day before',
      'the day before to the middle of the day',
      'the month',
      'since the day before, open',
      'until the day after, open',
    ],
    ge: [
      'an hour of the day',
      'the whole day',
      'the middle of the day to the day after',
      'the month',
      'the day after',
      'since the day before, open',
      'until the day after, open',
    ],
    le: [
      'the day before',
      'an hour of the day',
      'the whole day',
      'the day before to the middle of the day',
      'the month',
      'since the day before, open',
      'until the day after, open',
    ],
    sa: ['the day after'],
    eb: ['the day before'],
  };
  for (const [prefix, names] of Object.entries(expected)) {
    it(`${prefix} finds: ${names.join('; ')}`, () => {
      const hits = Object.keys(targets).filter((name) =>
        found(`${prefix}2026-11-23`, targets[name] ?? encounter()),
      );
      expect(hits.sort()).toEqual([...names].sort());
    });
  }
  it('ne finds exactly what eq does not', () => {
    for (const target of Object.values(targets))
      expect(found('ne2026-11-23', target)).toBe(!found('2026-11-23', target));
  });
  it('none finds a resource without the date', () => {
    for (const prefix of [...Object.keys(expected), 'ne', 'ap']) {
      expect(found(`${prefix}2026-11-23`, { resourceType: 'Encounter' })).toBe(false);
    }
  });
});

describe('a date', () => {
  it('is as precise as it is written', () => {
    const hour = encounter('2026-11-23T10:00:00+01:00', '2026-11-23T11:00:00+01:00');
    for (const value of ['2026', '2026-11', '2026-11-23']) expect(found(value, hour)).toBe(true);
    expect(found('2026-11-23T10:00:00+01:00', hour)).toBe(false);
  });
  it('without zone is Swedish: midnight is 23:00Z in winter and 22:00Z in summer', () => {
    expect(condition('Encounter', 'date=2026-11-23')).toMatchObject({
      values: [{ start: '2026-11-22T23:00:00.000Z' }],
    });
    expect(condition('Encounter', 'date=2026-07-01')).toMatchObject({
      values: [{ start: '2026-06-30T22:00:00.000Z' }],
    });
  });
  it('may carry a plus that came unencoded as a space', () => {
    expect(finds('date=ge2026-11-23T10:00:00+01:00', encounter('2026-11-23T10:00:00+01:00'))).toBe(true);
  });
  it('is approximately right within a tenth of the time from now', () => {
    // Now is 2026-11-23: a tenth of the way to 2026-11-03 is two days.
    const near = encounter('2026-11-05T11:00:00Z', '2026-11-05T12:00:00Z');
    expect([found('ap2026-11-03', near), found('ap2026-11-20', near)]).toEqual([true, false]);
  });
  it('that cannot be read is refused without repeating it', () => {
    for (const value of [
      '2026-13',
      '2026-02-30',
      '23/11/2026',
      'xx2026',
      'ge202',
      '20261123',
      '194103149805',
    ]) {
      const problem = refusal('Encounter', `date=${value}`);
      expect(problem.kind).toBe('bad-request');
      expect(problem.findings[0]?.expression).toBe('date');
      expect(problem.findings[0]?.diagnostics).not.toContain(value);
    }
  });
  it('of a Timing spans its outer limits', () => {
    const plan = {
      resourceType: 'CarePlan',
      activity: [{ detail: { scheduledTiming: { event: ['2026-11-02', '2026-11-09'] } } }],
    };
    expect(finds('activity-date=2026-11', plan)).toBe(true);
    expect(finds('activity-date=2026-11-02', plan)).toBe(false);
    expect(finds('activity-date=sa2026-11-01', plan)).toBe(true);
  });
  it('that is free text or an age is no date', () => {
    expect(
      extract('CarePlan', 'x', {
        resourceType: 'CarePlan',
        activity: [{ detail: { scheduledString: '2026' } }],
      }).dates,
    ).toEqual([]);
  });
  it('of the main parameter lies in the key row, that of a list in rows', () => {
    const rows = extract('Encounter', 'x', {
      resourceType: 'Encounter',
      period: { start: '2026-11-23' },
      location: [{ period: { end: '2026-11-23' } }, { period: {} }],
    });
    expect(rows.period).toEqual({ start: '2026-11-22T23:00:00.000Z', end: null });
    expect(rows.dates).toEqual([{ param: 'location-period', start: null, end: '2026-11-23T23:00:00.000Z' }]);
  });
});

describe('_lastUpdated', () => {
  const at = '2026-11-23T10:00:00.250Z';
  it.each([
    ['2026-11-23', true],
    ['2026-11-23T10:00:00.250Z', true],
    ['2026-11-23T10:00:00Z', true],
    ['ne2026-11-23', false],
    ['gt2026-11-23T10:00:00.250Z', false],
    ['ge2026-11-23T10:00:00.250Z', true],
    ['lt2026-11-23T10:00:00.250Z', false],
    ['le2026-11-23T10:00:00.250Z', true],
    ['sa2026-11-23T10:00:00.249Z', true],
    ['eb2026-11-23T10:00:00.251Z', true],
  ])('%s: %s', (value, expected) => {
    expect(finds(`_lastUpdated=${encodeURIComponent(value)}`, { resourceType: 'Patient' }, at)).toBe(
      expected,
    );
  });
});
