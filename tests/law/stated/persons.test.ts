import { factTypes, representativeOf, svodMembership, systems, writerOf } from '@naravard/access';
import { describe, expect, test } from 'vitest';
import { astrid, homeNurse, karin, kommun, kommunOmsorg } from '../decisions/build.ts';
import {
  byAdministrator,
  byCentre,
  byGuardianAtCentre,
  byPatient,
  hsa,
  invalid,
  kommunSystem,
  plain,
  refused,
  regionSystem,
  stated,
} from './stating.ts';

describe('PDL 5:5, the age of a person', () => {
  const patient = (members: object) => ({ resourceType: 'Patient', ...members });

  test('is counted from a birth date that is known to the day', () => {
    expect(stated(patient({ birthDate: '2013-05-01' }), regionSystem)).toEqual([
      { ...plain, kind: 'born', patient: 'made', value: '2013-05-01', author: 'journal' },
    ]);
    for (const birthDate of ['2013', '2013-05', undefined]) {
      expect(stated(patient({ birthDate }), regionSystem)).toEqual([]);
    }
  });

  test('is not counted from a day that is not in the calendar', () => {
    expect(refused(patient({ birthDate: '2013-02-30' }), regionSystem)).toEqual({
      kind: 'business-rule',
      expression: 'Patient.birthDate',
    });
  });

  test.each(['sekretessmarkering', 'skyddadFolkbokforing'])(
    'OSL 22:1: label %s protects the identity',
    (code) => {
      expect(stated(patient({ meta: { security: [{ system: 'urn:any', code }] } }), regionSystem)).toEqual([
        { ...plain, kind: 'protected', patient: 'made', author: 'journal' },
      ]);
      expect(stated(patient({ meta: { security: [{ code: 'DEMO' }, {}] } }), regionSystem)).toEqual([]);
    },
  );
});

describe('SVOD 3:1-3:4, that a person is dead', () => {
  const since = (members: object) =>
    stated({ resourceType: 'Patient', ...members }, regionSystem).map(({ kind, during }) => [kind, during]);

  test.each([
    [{ deceasedDateTime: '2026-02-01' }, '2026-02-01T23:00:00.000Z'],
    [{ deceasedDateTime: '2026-07' }, '2026-07-31T22:00:00.000Z'],
    [{ deceasedDateTime: '2026' }, '2026-12-31T23:00:00.000Z'],
    [{ deceasedDateTime: '2026-02-01T10:00:00Z' }, '2026-02-01T10:00:01.000Z'],
    [{ deceasedBoolean: true }, null],
    [{ _deceasedDateTime: { extension: [] } }, null],
  ])('%j counts from %s', (said, start) => {
    expect(since(said)).toEqual([['deceased', { start, end: null }]]);
  });

  test('is not said by false, or by a day that is not in the calendar', () => {
    expect(since({ deceasedBoolean: false })).toEqual([]);
    expect(refused({ resourceType: 'Patient', deceasedDateTime: '2026-02-30' }, regionSystem)).toEqual({
      kind: 'business-rule',
      expression: 'Patient.deceasedDateTime',
    });
  });
});

describe('which Patient one is replaced by', () => {
  const linked = (reference: string, type = 'replaced-by') => ({
    resourceType: 'Patient',
    link: [{ other: { reference }, type }],
  });

  test('is said by Patient/$merge alone', () => {
    const byMerge = { ...regionSystem, operation: true };
    expect(stated(linked('https://care.example.se/fhir/Patient/astrid'), byMerge)).toEqual([
      { ...plain, kind: 'replaced', patient: 'made', about: 'astrid', author: 'journal' },
    ]);
    expect(refused(linked('Patient/astrid'), regionSystem)).toEqual({
      kind: 'business-rule',
      expression: 'Patient.link',
    });
  });

  test('is nothing to us elsewhere, nor is any other link', () => {
    for (const resource of [
      linked('https://other.example.se/fhir/Patient/1'),
      linked('Patient/1', 'seealso'),
    ])
      expect(stated(resource, regionSystem)).toEqual([]);
  });
});

describe('PDL 5:5, who acts for a person', () => {
  const made = (as: 'vardnadshavare' | 'ombud') =>
    representativeOf({ patient: 'astrid', person: 'karin', as, start: '2013-05-01', end: '2031-04-30' });
  const guardian = made('vardnadshavare');

  test('is known by the id of the own token, for a time', () => {
    const during = { start: '2013-04-30T22:00:00.000Z', end: '2031-04-30T22:00:00.000Z' };
    expect(stated(guardian, regionSystem)).toEqual([
      { ...plain, kind: 'guardian', person: 'karin', during, author: 'journal' },
    ]);
    expect(stated(made('ombud'), regionSystem)).toMatchObject([{ kind: 'adult-proxy', person: 'karin' }]);
  });

  test('is told by the population register, through a system, and by nobody else', () => {
    for (const writer of [byCentre, byAdministrator, byPatient, byGuardianAtCentre]) {
      expect(refused(guardian, writer)).toEqual({
        kind: 'forbidden',
        expression: 'RelatedPerson.relationship',
      });
    }
  });

  test.each([
    ['a parent', 'http://terminology.hl7.org/CodeSystem/v3-RoleCode', 'PRN'],
    ['a guardian by another code', 'http://terminology.hl7.org/CodeSystem/v3-RoleCode', 'GUARD'],
    ['another relation by our code', systems.representative, 'granne'],
  ])('is not %s', (_, system, code) => {
    const resource = { ...guardian, relationship: [{ coding: [{ system, code }] }] };
    expect(stated(resource, regionSystem)).toEqual([]);
    expect(stated(resource, byCentre)).toEqual([]);
  });

  test('is nobody who no longer does, or whom nothing identifies', () => {
    expect(stated({ ...guardian, active: false }, regionSystem)).toEqual([]);
    const personnummer = {
      system: 'http://electronichealth.se/identifier/personnummer',
      value: '198001019999',
    };
    for (const identifier of [undefined, [personnummer], [{ system: systems.person }]]) {
      expect(refused({ ...guardian, identifier }, regionSystem)?.expression).toBe('RelatedPerson.identifier');
    }
    expect(refused({ ...guardian, patient: { identifier: personnummer } }, regionSystem)?.expression).toBe(
      'RelatedPerson.patient',
    );
    expect(refused({ ...guardian, period: { start: 'x' } }, regionSystem)?.expression).toBe(
      'RelatedPerson.period',
    );
  });
});

describe('SVOD 2:4, who takes part', () => {
  const joined = svodMembership({ organisation: kommunOmsorg, start: '2026-01-01' });

  test('does so in one role, and is about no patient', () => {
    const during = { start: '2025-12-31T23:00:00.000Z', end: null };
    const fact = { ...plain, kind: 'joined', patient: null, during, author: 'admin' };
    expect(stated(joined, byAdministrator)).toEqual([{ ...fact, organisation: 'og:SE0000000001-A' }]);
    expect(stated(svodMembership({ organisation: kommun, start: '2026-01-01' }), byAdministrator)).toEqual([
      { ...fact, organisation: 'vg:SE0000000001-A' },
    ]);
  });

  test('is registered by administrators alone', () => {
    for (const writer of [byCentre, regionSystem, kommunSystem, byPatient]) {
      expect(refused(joined, writer)).toEqual({
        kind: 'forbidden',
        expression: 'OrganizationAffiliation.code',
      });
    }
  });

  test('is told by HSA-id and role', () => {
    const code = joined.code as object[];
    for (const change of [
      { participatingOrganization: { reference: 'Organization/x' } },
      { participatingOrganization: undefined },
      { code: code.slice(0, 1) },
    ]) {
      expect(refused({ ...joined, ...change }, byAdministrator)?.kind).toBe('business-rule');
    }
    expect(
      refused({ ...joined, period: { start: '2026-02-01', end: '2026-01-01' } }, byAdministrator)?.kind,
    ).toBe('business-rule');
  });

  test('is nobody by an affiliation that is over, or to another network', () => {
    expect(stated({ ...joined, active: false }, byAdministrator)).toEqual([]);
    expect(stated({ ...joined, code: [{ coding: [{ system: 'urn:x', code: 'svod' }] }] }, byCentre)).toEqual(
      [],
    );
  });
});

describe('SVOD 4:1, 4:3: who writes is', () => {
  const actor = {
    kind: 'system',
    id: 'journal',
    organisation: 'vg:SE0000000001-A',
    unit: 'SE0000000001-X',
    commission: null,
    purpose: null,
    title: null,
    client: 'journal',
    rights: ['block-officer'],
    grants: null,
    mayChooseIds: true,
  } as const;
  const writing = (
    onBehalfOf: typeof homeNurse | typeof karin | typeof astrid | null,
    organisation = kommun,
  ) => writerOf({ ...actor, caller: { kind: 'system', client: 'journal', organisation, onBehalfOf } }, true);

  test('the system itself when it names no end user', () => {
    expect(writing(null)).toEqual({
      kind: 'system',
      id: 'journal',
      organisation: 'vg:SE0000000001-A',
      unit: 'SE0000000001-X',
      rights: ['block-officer'],
      operation: true,
    });
  });

  test('the named end user, who may no more than alone', () => {
    expect(writing(homeNurse)).toMatchObject({
      kind: 'staff',
      id: homeNurse.commission.employee,
      unit: homeNurse.commission.unit,
      organisation: 'vg:SE0000000001-A',
    });
    expect(writing(karin)).toMatchObject({ kind: 'guardian', id: 'karin', unit: null, rights: [] });
    expect(writing(astrid)).toMatchObject({ kind: 'patient', id: 'astrid', unit: null, rights: [] });
  });

  test('nobody with an organisation when the end user is of another', () => {
    const elsewhere = { ...homeNurse, commission: { ...homeNurse.commission, organisation: kommunOmsorg } };
    expect(writing(elsewhere)).toMatchObject({ kind: 'staff', organisation: null });
  });
});

test('other types state nothing', () => {
  for (const resourceType of ['CarePlan', 'Encounter', 'Provenance', 'toString']) {
    expect(stated({ resourceType, patient: hsa('x') }, byCentre)).toEqual([]);
  }
  expect(factTypes).toHaveLength(6);
});

test('what is made here is R4', () => {
  const all = [
    representativeOf({
      id: 'x',
      patient: 'astrid',
      person: 'karin',
      as: 'vardnadshavare',
      end: '2031-04-30',
    }),
    svodMembership({ id: 'x', organisation: kommun }),
  ];
  expect(all.flatMap(invalid)).toEqual([]);
});
