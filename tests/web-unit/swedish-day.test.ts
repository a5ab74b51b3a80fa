import { describe, expect, it } from 'vitest';
import { daysAfter, swedishHour, swedishNow } from '../../services/web/src/nurse/data/swedish-day.ts';

const iso = (date: string, hour: number): string => new Date(swedishHour(date, hour)).toISOString();

describe('The clock in Sweden', () => {
  it('is one hour before UTC in winter and two in summer', () => {
    expect(iso('2026-01-15', 8)).toBe('2026-01-15T07:00:00.000Z');
    expect(iso('2026-07-15', 8)).toBe('2026-07-15T06:00:00.000Z');
    expect(iso('2026-07-15', 0)).toBe('2026-07-14T22:00:00.000Z');
  });

  it('changes at night in March and October', () => {
    expect(iso('2026-03-29', 1)).toBe('2026-03-29T00:00:00.000Z');
    expect(iso('2026-03-29', 4)).toBe('2026-03-29T02:00:00.000Z');
    expect(iso('2026-10-25', 1)).toBe('2026-10-24T23:00:00.000Z');
    expect(iso('2026-10-25', 4)).toBe('2026-10-25T03:00:00.000Z');
  });

  it('tells date and hour of an instant, whatever the clock of the telephone', () => {
    expect(swedishNow(Date.parse('2026-11-23T23:30:00Z'))).toEqual({ date: '2026-11-24', hour: 0 });
    expect(swedishNow(Date.parse('2026-06-30T21:59:59.999Z'))).toEqual({ date: '2026-06-30', hour: 23 });
  });

  it('counts days over months, years and changes of the clock', () => {
    expect(daysAfter('2026-12-31', 1)).toBe('2027-01-01');
    expect(daysAfter('2028-03-01', -1)).toBe('2028-02-29');
    expect(daysAfter('2026-03-28', 1)).toBe('2026-03-29');
    expect(daysAfter('2026-10-25', 1)).toBe('2026-10-26');
  });
});
