import {
  childFoundUnable,
  consentCodes,
  lastingIncapacityFound,
  sipConsent,
  svodConsent,
  svodInformationGiven,
  systems,
} from '@naravard/access';
import { describe, expect, test } from 'vitest';
import { centre, homeHelp, ward } from '../decisions/build.ts';
import {
  byAdministrator,
  byCentre,
  byGuardianAtCentre,
  byHomeHelp,
  byPatient,
  byPatientAtCentre,
  hsa,
  invalid,
  plain,
  refused,
  regionSystem,
  stated,
} from './stating.ts';

const about = { patient: 'astrid' };
const yes = svodConsent({ ...about, answer: 'yes', start: '2026-11-01', end: '2026-11-30' });
const november = { start: '2026-10-31T23:00:00.000Z', end: '2026-11-30T23:00:00.000Z' };
const provision = (members: object) => ({ ...yes, provision: { ...(yes.provision as object), ...members } });

describe('SVOD 3:1-3:2, the person answers', () => {
  test('yes or no, to the unit that asks, for the time that was said', () => {
    const fact = {
      ...plain,
      organisation: 'vg:SE0000000002-A',
      unit: centre.commission.unit,
      during: november,
      author: byCentre.id,
    };
    expect(stated(yes, byCentre)).toEqual([{ ...fact, kind: 'consent-yes' }]);
    expect(stated(provision({ type: 'deny' }), byCentre)).toEqual([{ ...fact, kind: 'consent-no' }]);
  });

  test('to one employee, to another unit, or to the whole organisation of who records it', () => {
    const to = (members: object) =>
      stated(svodConsent({ ...about, answer: 'yes', ...members }), byCentre).map(({ unit, person }) => [
        unit,
        person,
      ]);
    expect(to({ person: 'SE0000000002-2001' })).toEqual([[centre.commission.unit, 'SE0000000002-2001']]);
    expect(to({ unit: ward.commission.unit })).toEqual([[ward.commission.unit, null]]);
    expect(to({ organisation: 'SE0000000002-A' })).toEqual([[null, null]]);
  });

  test('never to another organisation', () => {
    expect(
      refused(svodConsent({ ...about, answer: 'yes', organisation: 'SE0000000001-A' }), byCentre)?.kind,
    ).toBe('forbidden');
    const [fact] = stated(svodConsent({ ...about, answer: 'yes', unit: homeHelp.commission.unit }), byCentre);
    expect(fact?.organisation).toBe('vg:SE0000000002-A');
  });

  test('to the whole organisation when it says no and names no unit; a yes is not taken from silence', () => {
    const said = (answer: 'yes' | 'no', organisation?: string) =>
      svodConsent({ ...about, answer, organisation });
    expect(stated(said('no'), regionSystem)).toMatchObject([{ kind: 'consent-no', unit: null }]);
    expect(refused(said('yes'), regionSystem)).toEqual({
      kind: 'business-rule',
      expression: 'Consent.provision.actor',
    });
    expect(stated(said('yes', 'SE0000000002-A'), regionSystem)).toMatchObject([{ unit: null }]);
  });

  test('by an operation when the person answers directly; a guardian may for a child', () => {
    expect(stated(yes, byPatientAtCentre)).toMatchObject([
      { kind: 'consent-yes', unit: centre.commission.unit, author: 'astrid' },
    ]);
    expect(stated(yes, byGuardianAtCentre)).toHaveLength(1);
    for (const writer of [
      byPatient,
      { ...byPatientAtCentre, operation: false },
      { ...byPatientAtCentre, organisation: null },
      { ...byCentre, organisation: null },
    ]) {
      expect(refused(yes, writer)).toEqual({ kind: 'forbidden', expression: 'Consent' });
    }
  });

  test('by an operation when staff take it down too, while a system registers what has been', () => {
    const directly = { ...byCentre, operation: false };
    for (const resource of [
      yes,
      sipConsent({ ...about, answer: 'yes' }),
      svodInformationGiven({ ...about, at: '2026-11-01' }),
      lastingIncapacityFound({ ...about, start: '2026-11-01', end: '2026-11-30' }),
    ]) {
      expect(refused(resource, directly)).toEqual({ kind: 'forbidden', expression: 'Consent' });
    }
    const named = svodConsent({ ...about, answer: 'yes', unit: ward.commission.unit });
    expect(stated(named, regionSystem)).toMatchObject([{ kind: 'consent-yes', author: 'journal' }]);
  });

  test('and no administrator does', () => {
    expect(refused(yes, byAdministrator)?.kind).toBe('forbidden');
  });

  test('with what we do not understand of an answer, it is refused, for a limit that is overlooked opens too much', () => {
    for (const [name, value] of Object.entries({
      class: [{ code: 'x' }],
      dataPeriod: { end: '2026-01-01' },
      provision: [{ type: 'deny' }],
      securityLabel: [{ code: 'R' }],
      purpose: [{ code: 'TREAT' }],
      action: [{ text: 'x' }],
      code: [{ text: 'x' }],
      data: [{ meaning: 'instance', reference: { reference: 'CarePlan/x' } }],
      modifierExtension: [{ url: 'x', valueBoolean: true }],
    })) {
      expect(refused(provision({ [name]: value }), byCentre)).toEqual({
        kind: 'business-rule',
        expression: `Consent.provision.${name}`,
      });
    }
  });

  test('with an actor who is not known, it is refused', () => {
    const role = (code: string, system: string = systems.consentActor) => ({ coding: [{ system, code }] });
    const to = (actor: object[]) => refused(provision({ actor }), byCentre);
    const unit = { role: role('enhet'), reference: hsa('SE0000000002-SJ') };
    expect(to([unit])).toBeUndefined();
    expect(to([unit, unit])?.expression).toBe('Consent.provision.actor[1].role');
    expect(to([{ ...unit, role: role('chef') }])?.expression).toBe('Consent.provision.actor[0].role');
    expect(to([{ ...unit, role: role('enhet', 'urn:x') }])?.expression).toBe(
      'Consent.provision.actor[0].role',
    );
    expect(to([{ ...unit, role: role('informationsenhet') }])?.kind).toBe('business-rule');
    expect(to([{ ...unit, reference: { reference: 'Organization/x' } }])?.expression).toBe(
      'Consent.provision.actor[0].reference',
    );
  });

  test('neither yes nor no is no answer', () => {
    expect(refused(provision({ type: undefined }), byCentre)?.expression).toBe('Consent.provision.type');
    expect(refused({ ...yes, provision: undefined }, byCentre)?.expression).toBe('Consent.provision.type');
  });
});

test('SVOD 3:7: consent to a SIP is another answer', () => {
  expect(stated(sipConsent({ ...about, answer: 'yes' }), byHomeHelp)).toMatchObject([{ kind: 'sip-yes' }]);
  expect(stated(sipConsent({ ...about, answer: 'no' }), byHomeHelp)).toMatchObject([{ kind: 'sip-no' }]);
});

describe('SVOD 3:3-3:4, the person lastingly cannot take a stand', () => {
  const found = lastingIncapacityFound({ ...about, start: '2026-11-01', end: '2026-11-30' });

  test('as the organisation has found, for all of its units and for a time', () => {
    for (const writer of [byCentre, byHomeHelp, regionSystem]) {
      expect(stated(found, writer)).toEqual([
        {
          ...plain,
          kind: 'incapacity',
          organisation: writer.organisation,
          during: november,
          author: writer.id,
        },
      ]);
    }
  });

  test('only when the attitude was explored and nothing tells of opposition: both are stated', () => {
    const extensions = found.extension as { url: string }[];
    const lacking = [
      [],
      extensions.slice(0, 1),
      extensions.slice(1),
      extensions.map((each) => ({ ...each, valueBoolean: false })),
    ];
    for (const extension of lacking) {
      expect(refused({ ...found, extension }, byCentre)).toEqual({
        kind: 'business-rule',
        expression: 'Consent.extension',
      });
    }
  });

  test('never for good, nor by the person', () => {
    const endless = { ...found, provision: { type: 'permit', period: { start: '2026-11-01' } } };
    expect(refused(endless, byCentre)?.expression).toBe('Consent.provision.period.end');
    const lasting = lastingIncapacityFound({ ...about, start: '2026-11-01', end: '2028-11-01' });
    expect(refused(lasting, byCentre)?.expression).toBe('Consent.provision.period.end');
    expect(refused(found, byPatientAtCentre)?.kind).toBe('forbidden');
  });

  test('and a finding that names a unit is refused, since it is one of the whole organisation', () => {
    const actor = [
      { role: { coding: [{ system: systems.consentActor, code: 'enhet' }] }, reference: hsa('SE1-U') },
    ];
    expect(
      refused({ ...found, provision: { ...(found.provision as object), actor } }, byCentre)?.expression,
    ).toBe('Consent.provision.actor');
  });
});

describe('SVOD 3:1, a child who cannot consent', () => {
  const found = childFoundUnable({ ...about, start: '2026-11-01', end: '2026-11-30' });

  test('as a vårdgivare has found, for a time', () => {
    expect(stated(found, byCentre)).toEqual([
      {
        ...plain,
        kind: 'child-unable',
        organisation: 'vg:SE0000000002-A',
        during: november,
        author: byCentre.id,
      },
    ]);
    expect(refused({ ...found, provision: undefined }, byCentre)?.kind).toBe('business-rule');
  });

  test('an omsorgsgivare has no such exception', () => {
    expect(refused(found, byHomeHelp)).toEqual({ kind: 'business-rule', expression: 'Consent.category' });
  });
});

describe('SVOD 2:2, the person was informed', () => {
  test('by the organisation, from the day that is told', () => {
    expect(stated(svodInformationGiven({ ...about, at: '2026-11-01' }), byCentre)).toEqual([
      {
        ...plain,
        kind: 'informed',
        organisation: 'vg:SE0000000002-A',
        during: { start: '2026-10-31T23:00:00.000Z', end: null },
        author: byCentre.id,
      },
    ]);
  });

  test.each([undefined, '2026', '2026-11', '2026-02-30'])('and not at %s', (dateTime) => {
    const given = { ...svodInformationGiven({ ...about, at: '2026-11-01' }), dateTime };
    expect(refused(given, byCentre)).toEqual({ kind: 'business-rule', expression: 'Consent.dateTime' });
  });
});

describe('a Consent', () => {
  test.each(['draft', 'proposed', 'rejected', 'inactive', 'entered-in-error'])(
    'of status %s states nothing',
    (status) => {
      expect(stated({ ...yes, status }, byCentre)).toEqual([]);
      expect(stated({ ...yes, status }, byPatient)).toEqual([]);
    },
  );

  test('of none of our categories states nothing, whoever writes it', () => {
    const category = [
      { coding: [{ system: 'http://loinc.org', code: '59284-0' }] },
      { text: 'svod-samtycke' },
    ];
    for (const writer of [byCentre, byPatient, byAdministrator]) {
      expect(stated({ ...yes, category }, writer)).toEqual([]);
    }
  });

  test('of an unknown category of ours, or of two, is refused', () => {
    const of = (...codes: string[]) => ({
      ...yes,
      category: codes.map((code) => ({ coding: [{ system: systems.consent, code }] })),
    });
    for (const resource of [of('svod'), of('toString'), of('svod-samtycke', 'sparr-inre')]) {
      expect(refused(resource, byCentre)).toEqual({ kind: 'business-rule', expression: 'Consent.category' });
    }
  });

  test('of another scope, or about nobody here, is refused rather than left without effect', () => {
    expect(
      refused({ ...yes, scope: { coding: [{ system: systems.consentScope, code: 'research' }] } }, byCentre),
    ).toEqual({ kind: 'business-rule', expression: 'Consent.scope' });
    for (const patient of [
      undefined,
      { reference: 'https://elsewhere.se/Patient/astrid' },
      { identifier: { value: 'x' } },
    ]) {
      expect(refused({ ...yes, patient }, byCentre)).toEqual({
        kind: 'business-rule',
        expression: 'Consent.patient',
      });
    }
  });

  test('with an extension that modifies it is refused', () => {
    expect(refused({ ...yes, modifierExtension: [{ url: 'x', valueBoolean: true }] }, byCentre)?.kind).toBe(
      'business-rule',
    );
  });
});

test('what is made here is R4', () => {
  const during = { start: '2026-11-01', end: '2026-11-30' };
  const all = [
    svodConsent({
      ...about,
      id: 'x',
      answer: 'yes',
      organisation: 'SE1-A',
      unit: 'SE1-U',
      person: 'SE1-1',
      at: '2026-11-01',
    }),
    sipConsent({ ...about, answer: 'no', ...during }),
    lastingIncapacityFound({ ...about, ...during }),
    childFoundUnable({ ...about, ...during }),
    svodInformationGiven({ ...about, at: '2026-11-01' }),
  ];
  expect(all.flatMap(invalid)).toEqual([]);
  expect(Object.keys(consentCodes)).toHaveLength(11);
});
