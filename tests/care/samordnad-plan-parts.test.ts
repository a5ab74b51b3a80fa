import { composePlan, extensions, planHtml, type SamordnadPlan } from '@naravard/care';
import { describe, expect, test } from 'vitest';
import { plan, step, storedStory, TEAM_NUMBER } from './samordnad-plan-story.ts';

/** Wednesday, office hours in Stockholm. */
const DAY = '2026-11-11T09:00:00.000Z';
const DOCTOR = '031-390 06 20';

const composed = (over: readonly object[], rest: { at?: string; complete?: boolean } = {}): SamordnadPlan =>
  composePlan({
    resources: storedStory(over),
    patient: 'Patient/astrid-testberg',
    at: DAY,
    since: null,
    form: 'patient',
    ...rest,
  }).plan;

const calls = (reference: string) => ({ url: 'kontakt', valueReference: { reference } });
const head = (id: string, over: object, ...activity: ReturnType<typeof step>[]) =>
  plan({ id, kind: 'behandlingsplan', title: id, author: 'omar', activity }, over);
const feber = (...rest: Parameters<typeof step>[4] & object) =>
  step('ring-idag', 'Feber.', 'Ring.', 'Patient/astrid-testberg', rest);
const partOf = (id: string) => ({ partOf: [{ reference: `CarePlan/${id}` }] });

describe('a part', () => {
  test.each(['draft', 'completed', 'revoked', 'on-hold'] as const)(
    'is not shown, nor whom it calls, while its head is %s',
    (status) => {
      const { contactNow, steps, patientkontrakt } = composed([
        head('whole', { status }),
        head('part', partOf('whole'), feber(calls('CareTeam/lakare'))),
      ]);
      expect(steps.map(({ sign }) => sign)).not.toContain('Feber.');
      expect(patientkontrakt.sammanhallenPlan.plans.map(({ reference }) => reference)).not.toContain(
        'CarePlan/part',
      );
      expect(contactNow.first.value).toBe(TEAM_NUMBER);
    },
  );

  test('tells its normal values and what is not to be done, with those of the head', () => {
    const limit = (valueString: string) => ({ url: extensions.behandlingsbegransning, valueString });
    const { plans } = composed([
      head('whole', { extension: [limit('Ingen intensivvård.')] }),
      head('part', { ...partOf('whole'), extension: [limit('Ingen hjärt-lungräddning.')] }),
    ]).patientkontrakt.sammanhallenPlan;
    expect(plans.find(({ reference }) => reference === 'CarePlan/whole')?.limits).toBe(
      'Ingen intensivvård. Ingen hjärt-lungräddning.',
    );
  });
});

describe('a step', () => {
  test('that is cancelled is not shown, and its contact is not called first', () => {
    const cancelled = {
      ...feber(calls('CareTeam/lakare')),
      detail: { status: 'cancelled' as const, description: 'Ring.' },
    };
    const { contactNow, steps } = composed([head('aaa', { period: { start: '2026-11-01' } }, cancelled)]);
    expect(steps.map(({ sign }) => sign)).not.toContain('Feber.');
    expect(contactNow.first.value).toBe(TEAM_NUMBER);
  });

  test('of the person that says to call and names nobody gets the number that is called first', () => {
    const of = (plan: SamordnadPlan) => plan.steps.find(({ sign }) => sign === 'Feber.')?.contact;
    expect(of(composed([head('whole', {}, feber())]))?.number).toBe(TEAM_NUMBER);
  });

  test('tells on paper when its number is answered, unless that is always', () => {
    const page = planHtml(composed([head('whole', {}, feber(calls('CareTeam/lakare')))]));
    expect(page).toContain(`Ring Omar Lind: ${DOCTOR}. Svarar vardagar 08–17.`);
    expect(page).toContain(`Ring Hemsjukvården Söder: ${TEAM_NUMBER}.</b>`);
  });
});

describe('whom to call on paper', () => {
  test('is told for other hours too, where the first does not answer always', () => {
    const story = storedStory().filter((each) => (each as { id: string }).id !== 'team-soder');
    const page = planHtml(
      composePlan({
        resources: story,
        patient: 'Patient/astrid-testberg',
        at: '2026-11-12T02:00:00.000Z',
        since: null,
        form: 'patient',
      }).plan,
    );
    expect(page).toContain('Ring 1177.');
    expect(page).toMatch(/Andra tider:<\/b> Svarar lördag och söndag hela dygnet\. <b>Ring Sjuksköterska/);
  });

  test('says that there is more when there is', () => {
    const more = 'Det finns mer i planen än det som står här.';
    expect(planHtml(composed([], { complete: false }))).toContain(more);
    expect(planHtml(composed([]))).not.toContain(more);
  });
});

describe('who does what', () => {
  test('is not said of the unit that wrote the plan where relatives or others do it', () => {
    const doing = (huvudman: string, description: string) => ({
      extension: [{ url: extensions.huvudman, valueCode: huvudman }],
      detail: { status: 'in-progress' as const, description },
    });
    const { others } = composed([
      plan(
        {
          id: 'mer',
          kind: 'SIP',
          title: 'SIP',
          author: 'omar',
          activity: [doing('narstaende', 'Lagar mat.'), doing('annan', 'Ger stöd i arbete.')],
        },
        {},
      ),
    ]).patientkontrakt.overenskommelse;
    const told = others.filter(({ plan: of }) => of === 'CarePlan/mer');
    expect(told.map(({ text, who, unit }) => [text, who, unit])).toEqual([
      ['Lagar mat.', ['Närstående'], null],
      ['Ger stöd i arbete.', ['Någon annan'], null],
    ]);
  });

  test('marks two fasta läkarkontakter at two vårdgivare', () => {
    const [lakare] = storedStory().filter((each) => (each as { id: string }).id === 'lakare');
    const { fastVardkontakt } = composed([
      { ...lakare, id: 'lakare-2', period: { start: '2026-11-02' } },
    ]).patientkontrakt;
    const marked = fastVardkontakt.filter(({ flerLakarkontakter }) => flerLakarkontakter);
    expect(marked.map(({ reference }) => reference)).toEqual(['CareTeam/lakare-2', 'CareTeam/lakare']);
    expect(composed([]).patientkontrakt.fastVardkontakt.some((each) => each.flerLakarkontakter)).toBe(false);
  });
});

describe('a visit on a day without a time', () => {
  const visit = (start: string) => ({
    resourceType: 'Encounter',
    id: 'nagon-gang',
    status: 'planned',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'HH' },
    subject: { reference: 'Patient/astrid-testberg' },
    period: { start },
  });
  const starts = (start: string, at: string) =>
    composed([visit(start)], { at }).patientkontrakt.overenskommenTid.map((time) => time.start);

  test('is to come until the day is over in Sweden', () => {
    expect(starts('2026-11-11', DAY)).toContain('2026-11-11');
    expect(starts('2026-11-11', '2026-11-11T22:59:00.000Z')).toContain('2026-11-11');
    expect(starts('2026-11-11', '2026-11-11T23:01:00.000Z')).not.toContain('2026-11-11');
    expect(starts('2026-11-10', DAY)).not.toContain('2026-11-10');
  });
});
