import { expect, test } from 'vitest';
import { firstHourWithoutAnswer } from '../../libs/care/src/behandlingsplan/contact-cover.ts';

const closedFrom = (year: number) => ({
  resourceType: 'HealthcareService',
  id: 'jour',
  telecom: [{ system: 'phone', value: '010-111 11 11' }],
  availableTime: [{ daysOfWeek: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], allDay: true }],
  notAvailable: [{ description: 'Stängt', during: { start: `${year}-01-01T00:00:00Z` } }],
});

test('a plan is looked at for ten years at most, however far away its end is', () => {
  const plan = { period: { start: '2026-11-23', end: '9999-12-31' }, contacts: ['HealthcareService/jour'] };
  const asked = (year: number) =>
    firstHourWithoutAnswer({ ...plan, forPatient: true }, '2026-11-23T10:00:00.000Z', () => closedFrom(year));
  expect(asked(2030)).toBe('2030-01-01T00:00:00.000Z');
  expect(asked(2040)).toBeNull();
});
