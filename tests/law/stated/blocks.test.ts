import {
  ageExceptionOf,
  emergencyOpening,
  markedLabels,
  sipConsent,
  sparr,
  sparrLift,
  svodConsent,
  svodInformationGiven,
  systems,
} from '@naravard/access';
import { describe, expect, test } from 'vitest';
import { centre, homeNurse, ward } from '../decisions/build.ts';
import {
  byAdministrator,
  byCentre,
  byGuardianAtCentre,
  byHomeHelp,
  byHomeNurse,
  byOfficer,
  byPatient,
  byPatientAtCentre,
  byWard,
  hsa,
  invalid,
  omsorgSystem,
  plain,
  refused,
  regionSystem,
  stated,
} from './stating.ts';

const about = { patient: 'astrid' };
const shown = 'https://naravard.se/fhir/CodeSystem/access|shows-block';
const change = (resource: object, members: object) => ({
  ...resource,
  provision: { ...(resource as { provision?: object }).provision, ...members },
});

describe('PDL 4:4, SVOD 2:3: a spärr', () => {
  const inner = sparr({ ...about, reach: 'inner' });
  const outer = sparr({ ...about, reach: 'outer' });

  test('inner: over the information of the unit where it is recorded, or of the one that is named', () => {
    const block = { ...plain, kind: 'block-inner', organisation: 'vg:SE0000000002-A', about: 'made' };
    const always = { start: null, end: null };
    expect(stated(inner, byCentre)).toEqual([
      { ...block, unit: centre.commission.unit, information: always, author: byCentre.id },
    ]);
    expect(stated(sparr({ ...about, reach: 'inner', unit: 'SE0000000002-PSY' }), byCentre)).toMatchObject([
      { unit: 'SE0000000002-PSY', organisation: 'vg:SE0000000002-A' },
    ]);
  });

  test('outer: over the information of the whole organisation, or of the unit that is named', () => {
    expect(stated(outer, byCentre)).toMatchObject([{ kind: 'block-outer', unit: null }]);
    expect(stated(sparr({ ...about, reach: 'outer', unit: 'SE0000000002-PSY' }), byCentre)).toMatchObject([
      { unit: 'SE0000000002-PSY' },
    ]);
  });

  test('stands for its time, over information of a time, and spares types of it', () => {
    const resource = sparr({
      ...about,
      reach: 'outer',
      start: '2026-11-01',
      end: '2026-11-30',
      information: { start: '2020-01-01', end: '2020-12-31' },
      spares: ['lak', 'upp'],
    });
    expect(stated(resource, byCentre)).toMatchObject([
      {
        during: { start: '2026-10-31T23:00:00.000Z', end: '2026-11-30T23:00:00.000Z' },
        information: { start: '2019-12-31T23:00:00.000Z', end: '2020-12-31T23:00:00.000Z' },
        types: ['lak', 'upp'],
      },
    ]);
  });

  test('with an unreadable limit is refused, where it stands', () => {
    expect(refused(change(outer, { dataPeriod: { start: 'x' } }), byCentre)?.expression).toBe(
      'Consent.provision.dataPeriod',
    );
    expect(refused(change(outer, { period: { start: '2026-02-30' } }), byCentre)?.expression).toBe(
      'Consent.provision.period',
    );
  });

  test('spares nothing but the types of information that we know', () => {
    const lak = { system: systems.informationType, code: 'lak' };
    const spares = (...nested: object[]) => refused(change(inner, { provision: nested }), byCentre);
    expect(spares({ type: 'permit', class: [lak] })).toBeUndefined();
    for (const nested of [
      { type: 'deny', class: [lak] },
      { class: [lak] },
      { type: 'permit' },
      { type: 'permit', class: [lak, { ...lak, code: 'diagnos' }] },
      { type: 'permit', class: [{ ...lak, system: 'urn:x' }] },
      { type: 'permit', class: [lak], actor: [{ role: { text: 'x' }, reference: hsa('SE1-U') }] },
      { type: 'permit', class: [lak], period: { end: '2026-01-01' } },
    ]) {
      expect(spares(nested)).toEqual({ kind: 'business-rule', expression: 'Consent.provision.provision[0]' });
    }
    expect(refused(change(inner, { class: [lak] }), byCentre)?.expression).toBe('Consent.provision.class');
  });

  test('that permits is none', () => {
    expect(refused(change(inner, { type: 'permit' }), byCentre)?.expression).toBe('Consent.provision.type');
    expect(stated(change(inner, { type: undefined }), byCentre)).toMatchObject([{ kind: 'block-inner' }]);
  });

  test('is recorded by systems, and by staff and the person through the operation', () => {
    for (const writer of [byCentre, byHomeHelp, regionSystem, omsorgSystem, byPatientAtCentre]) {
      expect(stated(outer, writer)).toMatchObject([{ organisation: writer.organisation }]);
    }
    const directly = { operation: false };
    for (const writer of [
      byPatient,
      { ...byPatientAtCentre, ...directly },
      { ...byCentre, ...directly },
      byAdministrator,
    ]) {
      expect(refused(outer, writer)).toEqual({ kind: 'forbidden', expression: 'Consent' });
    }
  });

  test('on a child is not for the vårdnadshavare, whoever records it', () => {
    const asked = (performer: object) => refused({ ...outer, performer: [performer] }, byCentre);
    const refusal = { kind: 'business-rule', expression: 'Consent.performer' };
    expect(refused(outer, byGuardianAtCentre)).toEqual(refusal);
    expect(asked({ reference: 'RelatedPerson/karin' })).toEqual(refusal);
    expect(asked({ reference: 'https://care.example.se/fhir/RelatedPerson/karin' })).toEqual(refusal);
    expect(asked({ type: 'RelatedPerson', display: 'Karin' })).toEqual(refusal);
    expect(asked({ reference: 'Patient/astrid' })).toBeUndefined();
  });

  test('is kept by the organisation whose information it is about, and no other', () => {
    const kept = (organization: object[]) => refused({ ...outer, organization }, byCentre);
    expect(kept([hsa('SE0000000001-A')])).toEqual({ kind: 'forbidden', expression: 'Consent.organization' });
    expect(kept([hsa('SE0000000002-A')])).toBeUndefined();
    expect(kept([hsa(centre.commission.unit)])).toBeUndefined();
    expect(kept([{ reference: 'Organization/x' }])).toBeUndefined();
  });
});

describe('PDL 4:5, SVOD 2:3 and 3:5: a spärr is lifted', () => {
  const lift = (members: Partial<Parameters<typeof sparrLift>[0]> = {}) =>
    sparrLift({
      ...about,
      sparr: 'block-1',
      ground: 'consent',
      unit: ward.commission.unit,
      start: '2026-11-05T11:00:00Z',
      end: '2026-11-05T13:00:00Z',
      ...members,
    });
  const fact = {
    ...plain,
    kind: 'lift',
    organisation: 'vg:SE0000000002-A',
    unit: ward.commission.unit,
    during: { start: '2026-11-05T11:00:00.000Z', end: '2026-11-05T13:00:01.000Z' },
    about: 'block-1',
  };

  test('by an authorised officer, who is named by it', () => {
    expect(stated(lift(), byOfficer)).toEqual([{ ...fact, value: 'consent', author: byOfficer.id }]);
    expect(stated(lift({ ground: 'indispensable', relevant: ['CarePlan', 'Flag'] }), byOfficer)).toEqual([
      { ...fact, value: 'indispensable', types: ['CarePlan', 'Flag'], author: byOfficer.id },
    ]);
  });

  test('for one person there', () => {
    expect(stated(lift({ person: 'SE0000000002-2002' }), byOfficer)).toMatchObject([
      { person: 'SE0000000002-2002' },
    ]);
  });

  test('by others of the organisation, or the person, without an officer: that lifts no inner spärr', () => {
    for (const writer of [byWard, regionSystem, byPatientAtCentre]) {
      expect(stated(lift(), writer)).toEqual([{ ...fact, value: 'consent', author: null }]);
    }
  });

  test('SVOD 3:5: at the request of another by an authorised officer alone', () => {
    expect(stated(lift({ ground: 'blocker' }), byOfficer)).toEqual([
      { ...fact, value: 'blocker', author: byOfficer.id },
    ]);
    for (const writer of [byWard, regionSystem, byPatientAtCentre]) {
      expect(refused(lift({ ground: 'blocker' }), writer)).toEqual({
        kind: 'forbidden',
        expression: 'Consent',
      });
    }
  });

  test('for at most 30 days, from when it starts', () => {
    expect(stated(lift({ end: '2026-12-05' }), byOfficer)).toHaveLength(1);
    expect(refused(lift({ end: '2026-12-07' }), byOfficer)?.expression).toBe('Consent.provision.period.end');
    expect(refused(change(lift(), { period: { end: '2026-11-05' } }), byOfficer)?.expression).toBe(
      'Consent.provision.period.start',
    );
  });

  test('of the organisation of the writer alone', () => {
    expect(stated(lift(), byHomeNurse)).toMatchObject([{ organisation: 'vg:SE0000000001-A' }]);
  });

  test('as indispensable by an officer of a vårdgivare only, for what is relevant only', () => {
    const indispensable = lift({ ground: 'indispensable', relevant: ['CarePlan'] });
    const right = { rights: ['block-officer'] as const };
    expect(refused(indispensable, byWard)).toEqual({ kind: 'forbidden', expression: 'Consent' });
    expect(refused(indispensable, { ...regionSystem, ...right })?.kind).toBe('forbidden');
    expect(refused(indispensable, { ...byPatientAtCentre, ...right })?.kind).toBe('forbidden');
    expect(refused(indispensable, { ...byHomeHelp, ...right })).toEqual({
      kind: 'business-rule',
      expression: 'Consent.policyRule',
    });
    expect(refused(lift({ ground: 'indispensable' }), byOfficer)).toEqual({
      kind: 'business-rule',
      expression: 'Consent.provision.class',
    });
  });

  test('not by the vårdnadshavare', () => {
    expect(refused(lift(), byGuardianAtCentre)?.expression).toBe('Consent.performer');
  });

  test('for a time, a unit, a spärr and a reason that are told', () => {
    const endless = change(lift(), { period: { start: '2026-11-05' } });
    expect(refused(endless, byOfficer)?.expression).toBe('Consent.provision.period.end');
    expect(refused(change(lift(), { actor: undefined }), byOfficer)?.expression).toBe(
      'Consent.provision.actor',
    );
    expect(refused({ ...lift(), sourceReference: undefined }, byOfficer)?.expression).toBe(
      'Consent.sourceReference',
    );
    expect(
      refused({ ...lift(), sourceReference: { reference: 'DocumentReference/x' } }, byOfficer)?.expression,
    ).toBe('Consent.sourceReference');
    expect(refused({ ...lift(), policyRule: { text: 'consent' } }, byOfficer)?.expression).toBe(
      'Consent.policyRule',
    );
    expect(refused(change(lift(), { class: [{ code: 'CarePlan' }] }), byOfficer)?.expression).toBe(
      'Consent.provision.class',
    );
    expect(refused(change(lift(), { type: 'deny' }), byOfficer)?.expression).toBe('Consent.provision.type');
  });
});

describe('PDL 5:5, exceptions at 13-15 years', () => {
  const earlier = ageExceptionOf({ ...about, as: 'young-person-has-access' });
  const longer = ageExceptionOf({ ...about, as: 'guardian-keeps-access', end: '2027-05-01' });

  test('are those of the unit that documents them', () => {
    expect(stated(earlier, byCentre)).toEqual([
      {
        ...plain,
        kind: 'young-person-has-access',
        organisation: 'vg:SE0000000002-A',
        unit: centre.commission.unit,
        author: byCentre.id,
      },
    ]);
    expect(stated(longer, byCentre)).toMatchObject([{ kind: 'guardian-keeps-access' }]);
  });

  test('open the information of no other unit, and are not for the guardian to record', () => {
    const actor = [
      {
        role: { coding: [{ system: systems.consentActor, code: 'enhet' }] },
        reference: hsa(homeNurse.commission.unit),
      },
    ];
    expect(refused(change(longer, { actor }), byCentre)?.kind).toBe('forbidden');
    expect(refused(change(longer, { actor }), byHomeNurse)).toBeUndefined();
    expect(refused(longer, regionSystem)?.kind).toBe('forbidden');
    expect(refused(longer, byGuardianAtCentre)?.kind).toBe('forbidden');
  });
});

describe('PDL 4:4, SVOD 2:5: who has blocked is shown to few', () => {
  const inner = sparr({ ...about, reach: 'inner' });

  test('so a spärr and its lifting are marked, in whatever status', () => {
    const lifted = sparrLift({
      ...about,
      sparr: 'x',
      ground: 'consent',
      unit: 'SE1-U',
      start: '2026-11-04',
      end: '2026-11-05',
    });
    for (const resource of [
      inner,
      sparr({ ...about, reach: 'outer' }),
      lifted,
      { ...inner, status: 'inactive' },
    ]) {
      expect(markedLabels(resource)).toEqual([shown]);
    }
  });

  test('so is a request to lift one, which names who has it', () => {
    const code = (system: string) => ({ coding: [{ system, code: 'begar-havning' }] });
    const task = { resourceType: 'Task', status: 'completed' };
    const own = 'https://naravard.se/fhir/CodeSystem/task';
    expect(markedLabels({ ...task, code: code(own) })).toEqual([shown]);
    expect(markedLabels({ ...task, code: code('urn:other') })).toEqual([]);
    expect(markedLabels(task)).toEqual([]);
  });

  test('an answer is marked as one', () => {
    for (const said of [svodConsent, sipConsent]) {
      expect(markedLabels(said({ ...about, answer: 'no' }))).toEqual([
        'https://naravard.se/fhir/CodeSystem/access|answer',
      ]);
    }
  });

  test('and nothing else is', () => {
    expect(markedLabels(svodInformationGiven({ ...about, at: '2026-11-01' }))).toEqual([]);
    expect(markedLabels({ ...inner, category: [{ text: 'sparr-inre' }] })).toEqual([]);
    expect(markedLabels({ ...inner, resourceType: 'CarePlan' })).toEqual([]);
    expect(markedLabels({ resourceType: 'Consent' })).toEqual([]);
  });
});

test('what is made here is R4', () => {
  const during = { start: '2026-11-01', end: '2026-11-30' };
  const all = [
    sparr({ ...about, reach: 'inner', unit: 'SE1-U', information: during, spares: ['lak'], ...during }),
    sparr({ ...about, reach: 'outer' }),
    sparrLift({
      ...about,
      sparr: 'x',
      ground: 'blocker',
      unit: 'SE1-U',
      person: 'SE1-1',
      relevant: ['Flag'],
      ...during,
    }),
    emergencyOpening({ ...about, reason: 'x', attested: true, ...during }),
    ageExceptionOf({ ...about, as: 'guardian-keeps-access', ...during }),
    ageExceptionOf({ ...about, as: 'young-person-has-access' }),
  ];
  expect(all.flatMap(invalid)).toEqual([]);
});
