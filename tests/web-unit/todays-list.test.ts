import { describe, expect, it, vi } from 'vitest';
import {
  idsOf,
  partsOf,
  shiftAround,
  type TodaysList,
} from '../../services/web/src/nurse/data/todays-list.ts';

// What the module stands on asks it of the browser as it is loaded.
vi.hoisted(() => vi.stubGlobal('document', { getElementById: () => null }));

const shift = (local: string) => shiftAround(Date.parse(local));

describe('The list is of', () => {
  it('the day, for who works by day', () => {
    expect(shift('2026-11-24T10:00:00+01:00')).toEqual({
      from: '2026-11-23T23:00:00.000Z',
      to: '2026-11-24T23:00:00.000Z',
    });
  });

  it('the evening before too, for who works at 02.15', () => {
    expect(shift('2026-11-24T02:15:00+01:00')).toEqual({
      from: '2026-11-23T16:00:00.000Z',
      to: '2026-11-24T23:00:00.000Z',
    });
  });

  it('the morning after too, for who begins at 21', () => {
    expect(shift('2026-11-24T21:00:00+01:00')).toEqual({
      from: '2026-11-23T23:00:00.000Z',
      to: '2026-11-25T08:00:00.000Z',
    });
  });

  it('23 hours on the day on which the clocks go forward', () => {
    const { from, to } = shift('2026-03-29T12:00:00+02:00');
    expect(Date.parse(to) - Date.parse(from)).toBe(23 * 3_600_000);
  });
});

const person = (id: string) => ({
  id,
  name: id,
  born: null,
  address: null,
  protectedIdentity: false,
  deceased: false,
});
const visit = (id: string, start = '2026-11-24T10:00:00+01:00') => ({
  reference: `Encounter/${id}`,
  person: person(id),
  start,
  end: null,
  kind: 'Besök',
  status: 'planned',
  reason: null,
});

it('everybody on the list is downloaded once, those with visits first', () => {
  const list: TodaysList = {
    at: '2026-11-24T09:00:00Z',
    visits: [visit('b'), visit('a'), visit('b')],
    risk: [person('a'), person('c')],
    complete: true,
  };
  expect(idsOf(list)).toEqual(['b', 'a', 'c']);
});

it('who is waited for is not told once more to be ready for, but who has been visited is', () => {
  const list: TodaysList = {
    at: '2026-11-24T09:00:00Z',
    visits: [visit('early', '2026-11-24T08:00:00+01:00'), visit('late', '2026-11-24T11:00:00+01:00')],
    risk: ['early', 'late', 'other'].map(person),
    complete: true,
  };
  const { coming, earlier, risk } = partsOf(list, Date.parse('2026-11-24T10:00:00+01:00'));
  expect(coming.map((each) => each.person.id)).toEqual(['late']);
  expect(earlier.map((each) => each.person.id)).toEqual(['early']);
  expect(risk.map(({ id }) => id)).toEqual(['early', 'other']);
});

it('a visit on a day without a time is waited for until the day is over', () => {
  const list: TodaysList = {
    at: '2026-11-24T09:00:00Z',
    visits: ['2026-11-23', '2026-11-24'].map((day) => visit(day, day)),
    risk: [],
    complete: true,
  };
  for (const time of ['02:30', '23:59']) {
    const { coming, earlier } = partsOf(list, Date.parse(`2026-11-24T${time}:00+01:00`));
    expect(coming.map(({ start }) => start)).toEqual(['2026-11-24']);
    expect(earlier.map(({ start }) => start)).toEqual(['2026-11-23']);
  }
});
