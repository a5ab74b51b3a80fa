import { teamOf } from '@naravard/access';
import { describe, expect, test } from 'vitest';
import { centre, homeNurse, ward } from '../decisions/build.ts';
import {
  byAdministrator,
  byCentre,
  byPatient,
  hsa,
  invalid,
  plain,
  refused,
  rivHsaSystem,
  stated,
} from './stating.ts';

const nurse = ward.commission.employee;
const team = (change: object = {}) => ({ ...teamOf({ patient: 'astrid', members: [nurse] }), ...change });
const members = (...participant: object[]) => team({ participant });

describe('PDL 4:1, who is named in a CareTeam of the own organisation takes part in the care', () => {
  test('by HSA-id, at whatever unit of it', () => {
    expect(stated(team(), byCentre)).toEqual([
      {
        ...plain,
        kind: 'participation',
        organisation: 'vg:SE0000000002-A',
        person: nurse,
        author: byCentre.id,
      },
    ]);
  });

  test('under either OID of HSA-ids', () => {
    expect(stated(members({ member: hsa(nurse.toLowerCase(), rivHsaSystem) }), byCentre)).toMatchObject([
      { person: nurse },
    ]);
  });

  test('at the unit on whose behalf, when that is told', () => {
    const onBehalf = (unit: string) =>
      stated(members({ member: hsa(nurse), onBehalfOf: hsa(unit) }), byCentre);
    expect(onBehalf(ward.commission.unit)).toMatchObject([{ person: nurse, unit: ward.commission.unit }]);
    expect(onBehalf('SE0000000002-A')).toMatchObject([{ person: nurse, unit: null }]);
  });

  test('36: staff of another organisation are given nothing there by being added', () => {
    const added = members({ member: hsa(homeNurse.commission.employee), onBehalfOf: hsa('SE0000000001-A') });
    expect(stated(added, byCentre)).toMatchObject([
      { organisation: 'vg:SE0000000002-A', unit: 'SE0000000001-A' },
    ]);
  });

  test.each([
    ['by reference alone', { member: { reference: 'PractitionerRole/x' } }],
    ['by an identifier of another system', { member: { identifier: { system: 'urn:x', value: nurse } } }],
    ['by an identifier without value', { member: { identifier: { system: 'urn:oid:1.2.752.29.4.19' } } }],
    ['by a blank identifier', { member: hsa('  ') }],
    ['as organisation alone', { onBehalfOf: hsa(centre.commission.unit) }],
  ])('a participant named %s is not known', (_, participant) => {
    expect(stated(members(participant), byCentre)).toEqual([]);
  });

  test.each(['proposed', 'suspended', 'inactive', 'entered-in-error', undefined])(
    'a team of status %s is not taking part',
    (status) => {
      expect(stated(team({ status }), byCentre)).toEqual([]);
    },
  );

  test('a team about a group, or nobody, relates nobody', () => {
    expect(stated(team({ subject: { reference: 'Group/astrid' } }), byCentre)).toEqual([]);
    expect(stated(team({ subject: undefined }), byCentre)).toEqual([]);
  });

  test('neither the person nor an administrator makes a team of staff', () => {
    expect([byPatient, byAdministrator].flatMap((writer) => stated(team(), writer))).toEqual([]);
  });
});

describe('the time of a participant', () => {
  const during = (whole: object | undefined, own: object | undefined) =>
    stated(
      { ...members({ member: hsa(nurse), ...(own && { period: own }) }), ...(whole && { period: whole }) },
      byCentre,
    ).map((fact) => fact.during);

  test('is what the team and the participant share', () => {
    expect(during({ start: '2026-11-01' }, { end: '2026-11-30' })).toEqual([
      { start: '2026-10-31T23:00:00.000Z', end: '2026-11-30T23:00:00.000Z' },
    ]);
    expect(
      during({ start: '2026-11-01', end: '2026-11-20' }, { start: '2026-11-10', end: '2026-11-30' }),
    ).toEqual([{ start: '2026-11-09T23:00:00.000Z', end: '2026-11-20T23:00:00.000Z' }]);
  });

  test('is none when they share none', () => {
    expect(during({ end: '2026-11-01' }, { start: '2026-11-02' })).toEqual([]);
  });

  test('is told where it cannot be read', () => {
    const resource = members({ member: hsa(nurse) }, { member: hsa(nurse), period: { start: '2026-13' } });
    expect(refused(resource, byCentre)).toEqual({
      kind: 'business-rule',
      expression: 'CareTeam.participant[1].period',
    });
  });
});

test('a participant that an extension modifies is refused', () => {
  const resource = members({ member: hsa(nurse), modifierExtension: [{ url: 'x', valueBoolean: true }] });
  expect(refused(resource, byCentre)).toEqual({
    kind: 'business-rule',
    expression: 'participant[0].modifierExtension',
  });
});

test('what is made here is R4', () => {
  expect(
    invalid(
      teamOf({
        id: 'x',
        patient: 'astrid',
        members: [nurse],
        unit: ward.commission.unit,
        start: '2026-11-01',
      }),
    ),
  ).toEqual([]);
});
