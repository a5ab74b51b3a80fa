import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contactNow } from '../../libs/care/src/contact/contact-now.ts';
import { type Audience, contactPathsOf } from '../../libs/care/src/contact/contact-path.ts';
import { contactWeek, weekOf } from '../../libs/care/src/contact/contact-week.ts';
import { compactPlan } from '../../libs/care/src/samordnad-plan/compact-plan.ts';
import { composePlan } from '../../libs/care/src/samordnad-plan/compose.ts';
import { audience, checked, fastKontakt, hours, of, phone, service, team, week } from './contact-world.ts';
import { planStory } from './samordnad-plan-story.ts';

const minutes = fc.integer({ min: 0, max: 24 * 60 - 1 });
const clock = (minute: number): string =>
  [minute / 60, minute % 60].map((each) => String(Math.floor(each)).padStart(2, '0')).join(':');
const days = fc.subarray(week, { minLength: 1 });
const opened = fc
  .record({
    days,
    times: fc.oneof(fc.constant('allDay' as const), fc.tuple(minutes, minutes)),
    red: fc.constantFrom('open' as const, 'closed' as const, undefined),
  })
  .map((each) =>
    hours(
      each.days,
      each.times === 'allDay' ? 'allDay' : [clock(each.times[0]), clock(each.times[1])],
      each.red,
    ),
  );
/** Weeks in which the clock changes, of Christmas, and plain ones. */
const instants = fc.oneof(
  fc.constantFrom(
    '2026-03-27T10:00:00Z',
    '2026-10-24T22:30:00Z',
    '2026-12-23T12:00:00Z',
    '2026-12-30T23:30:00Z',
  ),
  fc
    .date({ min: new Date('2026-01-01'), max: new Date('2028-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString()),
);
const numbers = fc.array(
  fc.tuple(
    opened,
    fc.constantFrom('patient', 'personal', 'narstaende', null),
    fc.constantFrom('2025-12-26', '2025-03-28', null),
  ),
  { minLength: 3, maxLength: 3 },
);

const worldOf = (
  given: readonly (readonly [object, string | null, string | null])[],
  at: string,
): object[] => {
  const points = given.map(([open, audienceCode, tried], index) =>
    phone(
      `010-${index}`,
      open,
      ...(audienceCode ? audience(audienceCode) : []),
      ...(tried ? [checked(tried)] : []),
    ),
  );
  const begins = new Date(Date.parse(at) + 3 * 86_400_000 + 1234).toISOString();
  return [
    fastKontakt('maja', '1', 'Maja Berg', {
      ...of('hsv'),
      telecom: [points[0]],
      period: { start: '2020', end: begins },
    }),
    team('soder', 'Söder', { ...of('hsv'), telecom: [points[1]], period: { start: begins } }),
    service('natt', 'Natt', {
      providedBy: { reference: 'Organization/hsv' },
      telecom: [points[2]],
      notAvailable: [{ description: 'Semester', during: { start: begins, end: begins.slice(0, 10) } }],
    }),
  ];
};

test('says at every instant of the week what contactNow says', () => {
  fc.assert(
    fc.property(
      instants,
      numbers,
      fc.constantFrom<Audience>('patient', 'personal', 'narstaende'),
      fc.array(fc.double({ min: 0, max: 0.999_999_9, noNaN: true }), { minLength: 20, maxLength: 20 }),
      (at, given, reader, parts) => {
        const resources = worldOf(given, at);
        const span = weekOf(at);
        const iso = (instant: number) => new Date(instant).toISOString();
        const paths = contactPathsOf(resources, iso(span.start), iso(span.end));
        const limits = paths.flatMap(({ during }) => [during.start, during.end]);
        const { cover, answers } = contactWeek(() => ({ paths, reader }), limits, span);
        expect([cover[0]?.from, cover.at(-1)?.to]).toEqual([iso(span.start), iso(span.end)]);
        for (const [index, { from }] of cover.slice(1).entries()) expect(from).toBe(cover[index]?.to);
        for (const part of parts) {
          const instant = iso(Math.floor(span.start + part * (span.end - span.start)));
          const { first, thenList, reason, ifNoAnswer } = contactNow({ paths, reader, at: instant });
          const { answer = -1 } = cover.find(({ from, to }) => from <= instant && instant < to) ?? {};
          expect([instant, answers[answer]]).toEqual([instant, { first, thenList, reason, ifNoAnswer }]);
        }
      },
    ),
    { numRuns: process.env.NARAVARD_FULL ? 2000 : 150 },
  );
});

test('is a week by the clock in Sweden, from midnight, whatever the clock does in it', () => {
  const hoursIn = (at: string) => {
    const { start, end } = weekOf(at);
    return [new Date(start).toISOString(), (end - start) / 3_600_000];
  };
  expect(hoursIn('2026-11-23T23:30:00Z')).toEqual(['2026-11-23T23:00:00.000Z', 168]);
  expect(hoursIn('2026-03-27T10:00:00Z')).toEqual(['2026-03-26T23:00:00.000Z', 167]);
  expect(hoursIn('2026-10-24T22:30:00Z')).toEqual(['2026-10-24T22:00:00.000Z', 169]);
});

test('of the compact plan is the plan at that instant: plans and contacts that begin and end in the week among it', () => {
  const resources = Object.values(planStory).flat();
  const asked = { resources, patient: 'Patient/astrid-testberg', since: null, form: 'personal' } as const;
  const at = '2026-11-11T10:00:00.000Z';
  const { cover, answers } = compactPlan({ ...asked, at, week: true });
  expect(cover.length).toBeGreaterThan(0);
  for (let hour = 0; hour < 168; hour++) {
    const instant = new Date(weekOf(at).start + hour * 3_600_000 + 60_001).toISOString();
    const { contactNow: now } = composePlan({ ...asked, at: instant }).plan;
    const { answer = -1 } = cover.find(({ from, to }) => from <= instant && instant < to) ?? {};
    expect([instant, answers[answer]]).toEqual([
      instant,
      { first: now.first, thenList: now.thenList, reason: now.reason, ifNoAnswer: now.ifNoAnswer },
    ]);
  }
});
