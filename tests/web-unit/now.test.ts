import { expect, test } from 'vitest';
import type {
  ContactCall,
  ContactNow,
  PlannedContact,
  SamordnadPlan,
} from '../../services/web/src/api/plan.ts';
import { callNow, contactsNow } from '../../services/web/src/nurse/data/now.ts';
import { call } from './contact-call.ts';

const forStaff = { staffOnly: true };

const byDay = call('Maja Berg', '031-390 06 22');
const byNight = call('Hemsjukvården Söder', '031-390 06 24');
const at = (time: string) => Date.parse(`2026-11-24T${time}+01:00`);
const danger = { value: '112', text: 'Är det fara för livet? Ring 112.' };
const contactNow: ContactNow = {
  at: '2026-11-24T10:00:00+01:00',
  first: byDay,
  thenList: [byNight],
  reason: 'Dagtid.',
  ifNoAnswer: 'Ring 1177.',
  danger,
};
const answer = (first: ContactCall, reason: string) => ({
  first,
  thenList: [],
  reason,
  ifNoAnswer: 'Ring 1177.',
});
const plan = {
  contactNow,
  cover: [
    { from: '2026-11-24T00:00:00+01:00', to: '2026-11-24T08:00:00+01:00', answer: 1 },
    { from: '2026-11-24T08:00:00+01:00', to: '2026-11-24T17:00:00+01:00', answer: 0 },
    { from: '2026-11-24T17:00:00+01:00', to: '2026-11-25T00:00:00+01:00', answer: 1 },
  ],
  answers: [answer(byDay, 'Dagtid.'), answer(byNight, 'Övrig tid.')],
} as unknown as SamordnadPlan;

test('whom to call is that of the hour, not of when the plan was fetched', () => {
  const night = callNow(plan, at('02:15:00'));
  expect(night).toMatchObject({ exact: true, now: { first: byNight, reason: 'Övrig tid.', danger } });
  expect(Date.parse(night.now.at)).toBe(at('02:15:00'));
});

test('a stretch begins with its first moment and ends before its last', () => {
  expect(callNow(plan, at('07:59:59')).now.first.value).toBe(byNight.value);
  expect(callNow(plan, at('08:00:00')).now.first.value).toBe(byDay.value);
  expect(callNow(plan, at('17:00:00')).now.first.value).toBe(byNight.value);
});

test('outside the week the answer of when it was fetched stands, and is not said to be exact', () => {
  const late = Date.parse('2026-12-24T02:15:00+01:00');
  expect(callNow(plan, late)).toMatchObject({ exact: false, now: { first: byDay } });
  expect(callNow({ ...plan, cover: [], answers: [] }, at('10:00:30'))).toMatchObject({ exact: true });
});

test('two numbers of one unit are told apart by whom they are for', () => {
  const ours = call('Hemsjukvården Söder', '031-390 06 27', forStaff);
  const { now } = callNow(
    { ...plan, cover: [], contactNow: { ...contactNow, first: ours, thenList: [byNight, byDay] } },
    at('10:00:00'),
  );
  expect(now.first.name).toBe('Hemsjukvården Söder, för personal');
  expect(now.thenList.map(({ name }) => name)).toEqual(['Hemsjukvården Söder, för patienter', 'Maja Berg']);
});

test('a number of staff alone is told by its name where the unit has no other', () => {
  const doctor = call('Läkare i beredskap', '031-390 06 29', forStaff);
  const { now } = callNow(
    { ...plan, cover: [], contactNow: { ...contactNow, first: doctor } },
    at('10:00:00'),
  );
  expect(now.first.name).toBe('Läkare i beredskap');
});

test('contacts are open by the clock of the reader', () => {
  const number = { system: 'phone', value: byDay.value, hours: 'vardagar 08–17', open: true, checked: null };
  const contact: PlannedContact = {
    reference: 'PractitionerRole/maja',
    kind: 'fast-kontakt',
    type: '1',
    title: 'Fast vårdkontakt',
    name: 'Maja Berg',
    uppdrag: null,
    unit: null,
    numbers: [number],
    flerLakarkontakter: false,
  };
  const openAt = (time: string) =>
    contactsNow([contact], callNow(plan, at(time)).now)[0]?.numbers.map(({ open }) => open);
  expect(openAt('02:15:00')).toEqual([false]);
  expect(openAt('10:00:00')).toEqual([true]);
});
