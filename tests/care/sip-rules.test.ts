import type { Writer } from '@naravard/fhir';
import { describe, expect, test } from 'vitest';
import { extensions, systems } from '../../libs/care/src/codes.ts';
import { sipExtensions } from '../../libs/care/src/sip/elements.ts';
import { saysWhoDoes, sipPlanOf } from '../../libs/care/src/sip/plan.ts';
import { sipRules } from '../../libs/care/src/sip/rules.ts';

const at = '2026-11-11T10:00:00.000Z';
const region: Writer = { as: 'vardgivare', organisation: 'vg:A', unit: 'A1', person: 'P1' };
const hemtjanst: Writer = { as: 'omsorgsgivare', organisation: 'og:B', unit: 'B1', person: 'P2' };
const category = [{ coding: [{ system: systems.planType, code: 'SIP' }] }];
const subject = { reference: 'Patient/astrid' };
const responsible = { url: extensions.huvudansvarig, valueReference: { reference: 'Organization/vc' } };
const followUp = {
  url: sipExtensions.uppfoljning,
  extension: [
    { url: 'datum', valueDate: '2026-12-16' },
    { url: 'vem', valueReference: { reference: 'PractitionerRole/eva' } },
  ],
};

const insats = (...codes: string[]) => ({
  extension: codes.map((valueCode) => ({ url: extensions.huvudman, valueCode })),
  detail: { status: 'scheduled', description: 'Handlar mat.' },
});

const head = (over: object = {}) => ({
  resourceType: 'CarePlan',
  id: 'sip',
  status: 'active',
  category,
  subject,
  description: 'Att kunna bo kvar hemma.',
  author: { reference: 'PractitionerRole/eva' },
  supportingInfo: [{ reference: 'Consent/sip' }],
  extension: [responsible, followUp],
  activity: [insats('narstaende')],
  ...over,
});

const part = (over: object = {}) => ({
  resourceType: 'CarePlan',
  id: 'del',
  status: 'active',
  category,
  subject,
  partOf: [{ reference: 'CarePlan/sip' }],
  activity: [insats('kommun')],
  ...over,
});

const consent = (over: object = {}) => ({
  resourceType: 'Consent',
  status: 'active',
  category: [{ coding: [{ system: 'https://naravard.se/fhir/CodeSystem/consent', code: 'sip-samtycke' }] }],
  patient: subject,
  extension: [{ url: 'https://naravard.se/fhir/StructureDefinition/samtycke-form', valueCode: 'muntligt' }],
  provision: { type: 'permit' },
  ...over,
});

const world: Record<string, object | undefined> = { 'Consent/sip': consent(), 'CarePlan/sip': head() };

/** `rule expression` of each error, and `(rule)` of each warning. */
function broken(
  resource: object,
  stored: Record<string, object | undefined> = world,
  writer = region,
): string[] {
  const staged = { type: 'CarePlan', id: 'x', resource, writer, at };
  return sipRules.flatMap((rule) => {
    const needed = rule.needs?.(staged, () => undefined) ?? [];
    return rule
      .check(staged, (reference) => (needed.includes(reference) ? stored[reference] : undefined))
      .map(({ severity, expression = '' }) =>
        severity === 'error' ? `${rule.id} ${expression}` : `(${rule.id})`,
      );
  });
}

const at1 = `CarePlan.activity[1].extension.where(url = '${extensions.huvudman}')`;
const at0 = at1.replace('[1]', '[0]');
const ofHead = (url: string) => `CarePlan.extension.where(url = '${url}')`;

describe('A whole SIP', () => {
  test('breaks no rule, head or part', () => {
    expect([broken(head()), broken(part()), broken(part(), world, hemtjanst)]).toEqual([[], [], []]);
  });

  test('may lack anything while it is a draft', () => {
    expect(broken({ status: 'draft', category })).toEqual([]);
    expect(broken(part({ status: 'draft', activity: [insats()] }))).toEqual([]);
  });

  test('is a SIP by its category alone: other plans are plain R4', () => {
    expect(broken({ status: 'active', activity: [insats('okänd')] })).toEqual([]);
  });

  test('every rule says what it rests on, in English and Swedish', () => {
    for (const { citation, sentence, sv } of sipRules) {
      expect([citation, sentence, sv].every((text) => text.length > 10)).toBe(true);
    }
    expect(new Set(sipRules.map(({ id }) => id)).size).toBe(sipRules.length);
  });
});

describe('The head', () => {
  test('rule sip-huvudansvarig: says once who has the overall responsibility', () => {
    const lacking = [`sip-huvudansvarig ${ofHead(extensions.huvudansvarig)}`];
    expect(broken(head({ extension: [followUp] }))).toEqual(lacking);
    expect(broken(head({ extension: [followUp, responsible, responsible] }))).toEqual(lacking);
    const person = { ...responsible, valueReference: { reference: 'PractitionerRole/eva' } };
    expect(broken(head({ extension: [followUp, person] }))).toEqual(lacking);
  });

  test('rule sip-samordnare: names its samordnare', () => {
    expect(broken(head({ author: undefined }))).toEqual(['sip-samordnare CarePlan.author']);
  });

  test('rule sip-behov: says what matters, or goals or needs', () => {
    expect(broken(head({ description: undefined }))).toEqual(['sip-behov CarePlan.description']);
    expect(broken(head({ description: undefined, goal: [{ reference: 'Goal/1' }] }))).toEqual([]);
  });

  test('rule sip-uppfoljning: says when it is followed up and by whom', () => {
    const lacking = [`sip-uppfoljning ${ofHead(sipExtensions.uppfoljning)}`];
    expect(broken(head({ extension: [responsible] }))).toEqual(lacking);
    const half = { ...followUp, extension: followUp.extension.slice(0, 1) };
    expect(broken(head({ extension: [responsible, half] }))).toEqual(lacking);
  });

  test('rule sip-avslut-orsak: ends with a known reason', () => {
    const ended = (orsak?: string) =>
      head({
        status: 'completed',
        extension: orsak
          ? [{ url: sipExtensions.avslut, extension: [{ url: 'orsak', valueCode: orsak }] }]
          : [],
      });
    expect(broken(ended())).toEqual([`sip-avslut-orsak ${ofHead(sipExtensions.avslut)}`]);
    expect(broken(ended('okänd'))).toEqual([`sip-avslut-orsak ${ofHead(sipExtensions.avslut)}`]);
    expect(broken(ended('mal-uppnadda'))).toEqual([]);
  });

  test('rule sip-lage: is of the status that its state has', () => {
    const lage = { url: extensions.sipLage, valueCode: 'mote' };
    expect(broken(head({ extension: [responsible, followUp, lage] }))).toEqual([
      `sip-lage ${ofHead(extensions.sipLage)}`,
    ]);
  });
});

describe('rule sip-samtycke', () => {
  const lacking = ['sip-samtycke CarePlan.supportingInfo'];
  const resting = (over: object | undefined) => broken(head(), { 'Consent/sip': over && consent(over) });
  const code = (each: string) => [
    { coding: [{ system: 'https://naravard.se/fhir/CodeSystem/consent', code: each }] },
  ];

  test('rule sip-samtycke: a head in force refers to an active yes about the same person', () => {
    expect(resting({})).toEqual([]);
    expect(broken(head({ supportingInfo: undefined }))).toEqual(lacking);
    expect(resting(undefined)).toEqual(lacking);
    expect(resting({ status: 'inactive' })).toEqual(lacking);
    expect(resting({ provision: { type: 'deny' } })).toEqual(lacking);
    expect(resting({ patient: { reference: 'Patient/alva' } })).toEqual(lacking);
    expect(resting({ category: code('svod-samtycke') })).toEqual(lacking);
  });

  test('the yes stands at the instant of the write', () => {
    expect(resting({ provision: { type: 'permit', period: { end: '2026-11-10' } } })).toEqual(lacking);
    expect(resting({ provision: { type: 'permit', period: { end: '2026-11-11' } } })).toEqual([]);
    expect(resting({ provision: { type: 'permit', period: { start: '2026-11-12' } } })).toEqual(lacking);
  });

  test('a finding that the person or child cannot consent stands in its place, and has no form', () => {
    for (const each of ['saknar-beslutsformaga', 'barn-kan-inte-samtycka']) {
      expect(resting({ category: code(each), extension: [] })).toEqual([]);
    }
  });

  test('an answer without its form is noted', () => {
    expect(resting({ extension: [] })).toEqual(['(sip-samtycke)']);
  });

  test('asks nothing of a draft, of a part, nor of what is ended', () => {
    expect(broken(part(), {})).toEqual([]);
    const ended = head({ status: 'revoked', supportingInfo: undefined });
    expect(broken(ended)).toEqual([`sip-avslut-orsak ${ofHead(sipExtensions.avslut)}`]);
  });
});

describe('Activities', () => {
  test('rule sip-insatser-per-huvudman: each says once who answers for it', () => {
    const activity = [insats('kommun'), insats()];
    expect(broken(part({ activity }))).toEqual([`sip-insatser-per-huvudman ${at1}`]);
    expect(broken(part({ activity: [insats('kommun'), insats('kommun', 'kommun')] }))).toEqual([
      `sip-insatser-per-huvudman ${at1}`,
    ]);
    expect(broken(head({ activity: [insats('grannen')] }))).toEqual([`sip-insatser-per-huvudman ${at0}`]);
  });

  test('rule sip-egen-del: the head holds what others than region and kommun do, and a part its own huvudman', () => {
    expect(broken(head({ activity: [insats('personen'), insats('kommun')] }))).toEqual([
      `sip-egen-del ${at1}`,
    ]);
    expect(broken(part({ activity: [insats('kommun'), insats('region')] }))).toEqual([`sip-egen-del ${at1}`]);
    expect(broken(part({ activity: [insats('narstaende')] }))).toEqual([`sip-egen-del ${at0}`]);
    expect(broken(part({ activity: [insats('region')] }))).toEqual([]);
    expect(broken(part({ activity: [insats('region')] }), world, hemtjanst)).toEqual([`sip-egen-del ${at0}`]);
  });

  test('rule sip-egen-del: holds for drafts too, since it is about whose record it is', () => {
    expect(broken(head({ status: 'draft', activity: [insats('region')] }))).toEqual([`sip-egen-del ${at0}`]);
  });

  test('rule sip-del-av-huvud: a part is part of one head about the same person, where that is seen', () => {
    const lacking = ['sip-del-av-huvud CarePlan.partOf'];
    expect(broken(part(), { 'CarePlan/sip': part() })).toEqual(lacking);
    expect(broken(part(), { 'CarePlan/sip': head({ subject: { reference: 'Patient/alva' } }) })).toEqual(
      lacking,
    );
    const two = [{ reference: 'CarePlan/sip' }, { reference: 'CarePlan/other' }];
    expect(broken(part({ partOf: two }))).toEqual(lacking);
    expect(broken(part(), {})).toEqual([]);
  });
});

describe('A SIP as it is read', () => {
  test('is its head and the parts that are seen', () => {
    const plan = sipPlanOf(head(), [part(), part({ id: 'fel', status: 'entered-in-error' })]);
    expect(plan.insatser.map(({ plan, huvudman }) => [plan, huvudman])).toEqual([
      ['sip', 'narstaende'],
      ['del', 'kommun'],
    ]);
    expect([plan.lage, plan.viktigt, plan.uppfoljning?.datum]).toEqual([
      'beslutad',
      'Att kunna bo kvar hemma.',
      '2026-12-16',
    ]);
    expect([saysWhoDoes(plan), saysWhoDoes(sipPlanOf(head(), []))]).toEqual([true, false]);
  });

  test('lacks nothing to be read that a plan does not have', () => {
    expect(sipPlanOf({}, [])).toEqual({
      id: '',
      lage: 'inbjudan',
      viktigt: null,
      mal: [],
      initiativ: null,
      samordnare: null,
      huvudansvarig: null,
      deltagare: [],
      uppfoljning: null,
      avslut: null,
      insatser: [],
    });
  });
});
