import type { Encounter } from '@medplum/fhirtypes';
import { composePlan, planDocument, planHtml, type SamordnadPlan, sectionsOf } from '@naravard/care';
import { createValidator, loadDefinitions } from '@naravard/fhir';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  doing,
  plan,
  planStory,
  STAFF_NUMBER,
  step,
  storedStory,
  TEAM_NUMBER,
} from './samordnad-plan-story.ts';

/** Wednesday, office hours in Stockholm. */
const DAY = '2026-11-11T09:00:00.000Z';
/** Thursday at 03. */
const NIGHT = '2026-11-12T02:00:00.000Z';

interface Options {
  at?: string;
  since?: string | null;
  form?: 'patient' | 'personal';
  over?: readonly object[];
}
const composed = ({ at = DAY, since = null, form = 'patient', over = [] }: Options = {}) =>
  composePlan({ resources: storedStory(over), patient: 'Patient/astrid-testberg', at, since, form });
const planOf = (options?: Options): SamordnadPlan => composed(options).plan;

describe('the coherent plan', () => {
  test('joins head plans and parts, and takes goals, reviews and who answers from them', () => {
    const { plans, goals, followUps } = planOf().patientkontrakt.sammanhallenPlan;
    expect(plans.map(({ reference, kindName, parts }) => [reference, kindName, parts])).toEqual([
      [
        'CarePlan/bp',
        'Behandlingsplan',
        [
          {
            reference: 'CarePlan/bp-hsv',
            title: 'Behandlingsplan: hemsjukvårdens del',
            unit: 'Hemsjukvården Söder',
            unitHsaId: 'SE2120001234-HSV',
          },
        ],
      ],
      [
        'CarePlan/sip',
        'Samordnad individuell plan',
        [
          {
            reference: 'CarePlan/sip-ht',
            title: 'SIP: hemtjänstens insatser',
            unit: 'Hemtjänsten Söder',
            unitHsaId: null,
          },
        ],
      ],
    ]);
    expect(plans[0]?.responsible).toEqual([
      { role: 'Ansvarig läkare', name: 'Omar Lind' },
      { role: 'Ansvarig sjuksköterska', name: 'Maja Berg' },
    ]);
    expect(plans[0]?.normal).toEqual([{ what: 'Syremättnad', value: '90–92 %' }]);
    expect(goals).toEqual([
      { reference: 'Goal/brevladan', text: 'Jag vill kunna gå till brevlådan.', own: true },
    ]);
    expect(followUps.map(({ date, who }) => [date, who])).toEqual([
      ['2026-12-01', 'Vårdcentral Havsvinden'],
      ['2026-12-16', 'Omar Lind'],
    ]);
  });

  test('tells what the person does from what others do', () => {
    const { own, others } = planOf().patientkontrakt.overenskommelse;
    expect(own.map(({ text }) => text)).toEqual(['Dricker lagom mycket.']);
    expect(others.map(({ text, who, unit }) => [text, who, unit])).toEqual([
      ['Kontrollerar vikt och ben.', ['Maja Berg'], 'Hemsjukvården Söder'],
      ['Handlar mat.', ['Närstående'], null],
      ['Påminner om vägning.', ['Sven Dahl'], 'Hemtjänsten Söder'],
    ]);
  });

  test('orders steps from mildest to gravest, with the number that answers just then', () => {
    const { steps } = planOf({ at: NIGHT });
    expect(steps.map(({ level, sign }) => [level, sign])).toEqual([
      ['gor-sjalv', 'Du mår som vanligt.'],
      ['ring-idag', 'Vikten ökar.'],
      ['ring-idag', 'Patienten ringer om vikten.'],
      ['ring-nu', 'Andnöd i vila.'],
    ]);
    expect(steps[1]).toMatchObject({
      threshold: '+2 kg på 3 dagar',
      first: 'Vila med benen högt.',
      contact: { name: 'Hemsjukvården Söder', number: TEAM_NUMBER },
    });
    expect(steps[3]).toMatchObject({ call112: true, contact: null });
  });

  test('names who else answers when the contact of a step does not', () => {
    const calling = plan({
      id: 'other',
      kind: 'behandlingsplan',
      title: 'Annan plan',
      author: 'omar',
      activity: [
        step('ring-idag', 'Feber.', 'Ring.', 'Patient/astrid-testberg', [
          { url: 'kontakt', valueReference: { reference: 'CareTeam/lakare' } },
        ]),
      ],
    });
    const number = (at: string) =>
      planOf({ at, over: [calling] }).steps.find(({ sign }) => sign === 'Feber.')?.contact?.number;
    expect([number(DAY), number(NIGHT)]).toEqual(['031-390 06 20', TEAM_NUMBER]);
  });

  test('lists contacts as a person reads them, with hours, and whom to call first', () => {
    const { contactNow, patientkontrakt } = planOf({ at: NIGHT });
    expect(patientkontrakt.fastVardkontakt.map(({ title, name, unit }) => [title, name, unit])).toEqual([
      ['Fast läkarkontakt', 'Omar Lind', 'Vårdcentral Havsvinden'],
      ['Fast vårdkontakt', 'Maja Berg', 'Hemsjukvården Söder'],
      ['Team', 'Hemsjukvården Söder', 'Hemsjukvården Söder'],
      ['Jour', 'Sjuksköterska i beredskap', 'Hemsjukvården Söder'],
    ]);
    expect(patientkontrakt.fastVardkontakt[0]?.numbers).toMatchObject([
      { value: '031-390 06 20', hours: 'Svarar vardagar 08–17.', open: false },
    ]);
    expect(contactNow.first.value).toBe(TEAM_NUMBER);
  });

  test('gives times that have not begun, the next first', () => {
    const { overenskommenTid } = planOf().patientkontrakt;
    expect(overenskommenTid.map(({ reference }) => reference)).toEqual([
      'Encounter/besok-1',
      'Appointment/uppfoljning',
      'Encounter/besok-9',
    ]);
    expect(overenskommenTid[1]).toMatchObject({ title: 'Uppföljning av SIP', who: ['Omar Lind'] });
  });

  test.each([
    ['https://video.example.se/rum/1', 'https://video.example.se/rum/1'],
    ['http://video.example.se/rum/1', null],
    ['javascript:alert(1)', null],
  ])('has the link %s of a video contact as %s', (value, link) => {
    const video: Encounter = {
      resourceType: 'Encounter',
      id: 'video',
      status: 'planned',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'VR' },
      subject: { reference: 'Patient/astrid-testberg' },
      period: { start: '2026-11-20T09:00:00.000Z' },
      contained: [{ resourceType: 'Location', id: 'rum', telecom: [{ system: 'url', value }] }],
      location: [{ location: { reference: '#rum' } }],
    };
    const { overenskommenTid } = planOf({ over: [video] }).patientkontrakt;
    expect(overenskommenTid.find(({ reference }) => reference === 'Encounter/video')?.link).toBe(link);
  });

  test('shows a part whose head is not seen as a plan by itself', () => {
    const part = plan(
      { id: 'lone', kind: 'SIP', title: 'Del', author: 'sven', activity: [] },
      { partOf: [{ reference: 'CarePlan/blocked' }] },
    );
    const found = planOf({ over: [part] }).patientkontrakt.sammanhallenPlan.plans;
    expect(found.map(({ reference }) => reference)).toContain('CarePlan/lone');
  });

  test('leaves out drafts and plans that have ended', () => {
    const of = { kind: 'SIP', title: 'Plan', author: 'omar', activity: [] } as const;
    const over = [
      plan({ ...of, activity: [], id: 'draft' }, { status: 'draft' }),
      plan({ ...of, activity: [], id: 'past' }, { period: { start: '2025-01-01', end: '2025-12-31' } }),
    ];
    const found = planOf({ over }).patientkontrakt.sammanhallenPlan.plans;
    expect(found.map(({ reference }) => reference)).toEqual(['CarePlan/bp', 'CarePlan/sip']);
  });
});

describe('what has changed', () => {
  const changed = (resource: object, versionId: string, when: string) => ({
    ...resource,
    meta: { versionId, lastUpdated: when },
  });
  const [sip] = planStory.region.filter(({ id }) => id === 'sip');
  const over = [
    changed({ ...sip, id: 'new', title: 'Ny plan' }, '1', '2026-11-10T12:00:00.000Z'),
    changed({ ...sip, id: 'edited', title: 'Ändrad plan' }, '3', '2026-11-10T13:00:00.000Z'),
    changed(
      { ...sip, id: 'ended', title: 'Gammal plan', status: 'completed' },
      '4',
      '2026-11-10T11:00:00.000Z',
    ),
    changed(
      { ...sip, id: 'wrong', title: 'Fel', status: 'entered-in-error' },
      '2',
      '2026-11-10T14:00:00.000Z',
    ),
  ];

  test('is told with title, unit and time, the latest first, and only when it is asked for', () => {
    const { changes } = planOf({ over, since: '2026-11-10T00:00:00.000Z' });
    expect(changes.map(({ kind, title, unit, when }) => [kind, title, unit, when])).toEqual([
      ['andrad', 'Ändrad plan', 'Vårdcentral Havsvinden', '2026-11-10T13:00:00.000Z'],
      ['ny', 'Ny plan', 'Vårdcentral Havsvinden', '2026-11-10T12:00:00.000Z'],
      ['avslutad', 'Gammal plan', 'Vårdcentral Havsvinden', '2026-11-10T11:00:00.000Z'],
    ]);
    expect(planOf({ over }).changes).toEqual([]);
  });
});

describe('the patient form', () => {
  const written = (options: Options) => {
    const each = composed(options);
    return (
      JSON.stringify(each.plan) + planDocument(each, { id: 'x', base: 'http://b' }) + planHtml(each.plan)
    );
  };

  test('holds no number for staff alone and nothing labelled, in whatever form it is written', () => {
    expect(written({ form: 'personal' })).toContain(STAFF_NUMBER);
    expect(written({ form: 'personal' })).toContain('Hemlig utredning');
    for (const hidden of [STAFF_NUMBER, 'Hemlig utredning', 'NOPAT']) {
      expect(written({ form: 'patient' })).not.toContain(hidden);
    }
  });

  test('leaves out a plan that is not to be shown, with its parts', () => {
    const of = {
      kind: 'behandlingsplan',
      author: 'omar',
      activity: [doing('Något.', 'PractitionerRole/omar')],
    } as const;
    const over = [
      plan(
        { ...of, activity: [...of.activity], id: 'kept', title: 'Visas ej' },
        {
          extension: [
            { url: 'https://naravard.se/fhir/StructureDefinition/synlig-for-patient', valueBoolean: false },
          ],
        },
      ),
      plan(
        { ...of, activity: [...of.activity], id: 'kept-part', title: 'Visas ej: del' },
        {
          partOf: [{ reference: 'CarePlan/kept' }],
        },
      ),
    ];
    expect(written({ form: 'personal', over, since: '2020-01-01T00:00:00.000Z' })).toContain('Visas ej');
    expect(written({ form: 'patient', over, since: '2020-01-01T00:00:00.000Z' })).not.toContain('Visas ej');
  });

  test('never holds them, whatever audience and labels resources have', () => {
    const number = '0123-secret';
    const label = fc.constantFrom('NOPAT', 'NOPATIENT', 'internal-note');
    const audience = fc.subarray(['personal', 'okand'], { minLength: 1 });
    const telecom = (codes: readonly string[]) => [
      {
        system: 'phone',
        value: number,
        extension: codes.map((valueCode) => ({
          url: 'https://naravard.se/fhir/StructureDefinition/malgrupp',
          valueCode,
        })),
      },
    ];
    fc.assert(
      fc.property(label, audience, fc.constantFrom(...planStory.region), (code, codes, resource) => {
        const over = [
          { ...resource, id: 'labelled', title: number, meta: { security: [{ code }] } },
          {
            ...planStory.kommun[0],
            id: 'team-2',
            telecom: telecom(codes),
            contained: [{ resourceType: 'Organization', telecom: telecom(codes) }],
          },
        ];
        expect(written({ form: 'patient', over })).not.toContain(number);
      }),
      { numRuns: 40 },
    );
  });
});

describe('the document', () => {
  const validate = createValidator(loadDefinitions());
  const options = { id: '0190163d-8694-739b-aea5-966c26f8ad91', base: 'http://localhost/fhir' };

  test('is a valid Bundle, with the Composition first, then the Patient, and all it refers to within', () => {
    for (const form of ['patient', 'personal'] as const) {
      const bundle = JSON.parse(planDocument(composed({ form, since: '2026-01-01T00:00:00.000Z' }), options));
      expect(validate(bundle, { base: options.base }).filter(({ severity }) => severity === 'error')).toEqual(
        [],
      );
      const types = bundle.entry.map(
        ({ resource }: { resource: { resourceType: string } }) => resource.resourceType,
      );
      expect(types.slice(0, 2)).toEqual(['Composition', 'Patient']);
      const urls = new Set(bundle.entry.map(({ fullUrl }: { fullUrl: string }) => fullUrl));
      const [{ resource: composition }] = bundle.entry;
      for (const { entry = [] } of composition.section) {
        for (const { reference } of entry) expect(urls).toContain(reference);
      }
    }
  });

  test('has the four parts of patientkontrakt as sections', () => {
    const codes = sectionsOf(planOf()).map(({ code }) => code);
    for (const part of ['overenskommelse', 'fast-vardkontakt', 'overenskommen-tid', 'sammanhallen-plan']) {
      expect(codes).toContain(part);
    }
  });
});

describe('the page', () => {
  test('is in Swedish, in large type, and loads and runs nothing', () => {
    const page = planHtml(planOf());
    expect(page).toMatch(/^<!DOCTYPE html>\n<html lang="sv">/);
    expect(page).toContain('14pt');
    expect(page).toContain('size:A4');
    expect(page).toContain('Ring Hemsjukvården Söder: 031-390 06 24.');
    expect(page).not.toMatch(/<script|<img|<link|https?:|@import|url\(/i);
  });

  test('escapes whatever is written in resources', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const nasty = `<b onload="x">'&${text}]]>`;
        const over = [
          plan({
            id: 'n',
            kind: 'SIP',
            title: nasty,
            author: 'omar',
            activity: [doing(nasty, 'Patient/astrid-testberg')],
          }),
        ];
        const page = planHtml(planOf({ over }));
        expect(page).not.toContain('<b onload');
        const tags = new Set([...page.matchAll(/<\/?([a-z0-9]+)/gi)].map(([, name]) => name));
        expect([...tags].filter((name) => !allowed.includes(name ?? ''))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
  const allowed = 'html head meta title style body main h1 h2 h3 p section ul li b'.split(' ');

  test('keeps to two pages however much there is, and says what it leaves out', () => {
    const many = Array.from({ length: 60 }, (_, n) =>
      plan({
        id: `m${n}`,
        kind: 'SIP',
        title: `Plan ${n} `.repeat(20),
        author: 'omar',
        activity: [
          doing(`Gör ${n} `.repeat(80), 'PractitionerRole/maja'),
          step('ring-idag', `Tecken ${n} `.repeat(40), 'Ring. '.repeat(60), 'Patient/astrid-testberg'),
        ],
      }),
    );
    const page = planHtml(planOf({ over: many, since: '2020-01-01T00:00:00.000Z' }));
    expect(page).toContain('som finns i hela planen');
    expect(page).toContain(TEAM_NUMBER);
    expect(lines(page)).toBeLessThan(86);
  });

  test('leaves out other things before a step, and the mildest step first', () => {
    const often = (n: number, activity: ReturnType<typeof step>[] = []) =>
      Array.from({ length: n }, (_, at) =>
        plan({ id: `m${at}`, kind: 'SIP', title: `Plan ${at}`, author: 'omar', activity }),
      );
    const told = (over: object[]) => {
      const page = planHtml(planOf({ over, since: '2020-01-01T00:00:00.000Z' }));
      return [...planOf({ over }).steps]
        .filter(({ sign }) => page.includes(sign.replace(/\.$/, '')))
        .map(({ level }) => level);
    };
    const all = planOf().steps.map(({ level }) => level);
    expect(told(often(60))).toEqual(all);
    const mild = step('gor-sjalv', 'Trött. '.repeat(20), 'Vila. '.repeat(20), 'Patient/astrid-testberg');
    const kept = told(often(60, [mild]));
    expect(kept).toContain('ring-nu');
    expect(kept.length).toBeLessThan(all.length + 60);
  });

  test('leaves out nothing of an ordinary plan', () => {
    const page = planHtml(planOf({ since: '2026-11-10T00:00:00.000Z' }));
    expect(page).not.toContain('som finns i hela planen');
    expect(lines(page)).toBeLessThan(86);
  });

  /** Lines of 62 characters that the text would take, headings counted as two. */
  const lines = (page: string): number =>
    [...page.matchAll(/<(li|h[123]|p)>(.*?)<\/\1>/g)].reduce((sum, [, tag, text = '']) => {
      const length = text.replace(/<[^>]*>/g, '').replace(/&[a-z#0-9]+;/g, '.').length;
      return sum + (tag === 'h2' ? 2 : Math.ceil(length / 62));
    }, 0);
});
