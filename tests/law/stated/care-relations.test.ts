import { careRelation, insatsCodes, insatsInvestigation, systems, workNeed } from '@naravard/access';
import { describe, expect, test } from 'vitest';
import { centre, homeHelp, ward } from '../decisions/build.ts';
import {
  astridsRecord,
  byAdministrator,
  byCentre,
  byHomeHelp,
  byHomeNurse,
  byPatient,
  hsa,
  invalid,
  omsorgSystem,
  plain,
  refused,
  regionSystem,
  rivHsaSystem,
  stated,
  systemOf,
} from './stating.ts';

const about = { patient: 'astrid' };
const typed = (code: string, system: string = systems.insats) => ({
  ...careRelation(about),
  type: [{ coding: [{ system, code }] }],
});
const kinds = (resource: object, writer = byCentre) => stated(resource, writer).map(({ kind }) => kind);

describe('PDL 4:1, an EpisodeOfCare is the relation of who takes part in the care', () => {
  test('it is of the unit of the staff who write it, in the organisation of their commission', () => {
    expect(stated(careRelation({ ...about, start: '2026-11-01' }), byCentre)).toEqual([
      {
        ...plain,
        kind: 'care',
        organisation: 'vg:SE0000000002-A',
        unit: centre.commission.unit,
        during: { start: '2026-10-31T23:00:00.000Z', end: null },
        author: byCentre.id,
      },
    ]);
  });

  test('staff who name the unit of their commission say nothing new', () => {
    for (const system of [undefined, rivHsaSystem]) {
      const resource = {
        ...careRelation(about),
        managingOrganization: hsa(centre.commission.unit.toLowerCase(), system),
      };
      expect(stated(resource, byCentre).map(({ unit }) => unit)).toEqual([centre.commission.unit]);
    }
  });

  test('staff cannot relate another unit, of their own organisation or of another', () => {
    for (const { commission } of [ward, homeHelp]) {
      expect(refused(careRelation({ ...about, unit: commission.unit }), byCentre)).toEqual({
        kind: 'forbidden',
        expression: 'EpisodeOfCare.managingOrganization',
      });
    }
  });

  test('staff whose commission names no unit relate none', () => {
    expect(refused(careRelation(about), { ...byCentre, unit: null })?.kind).toBe('forbidden');
  });

  test('a system relates the unit that it names by HSA-id, always in its own organisation', () => {
    const [fact] = stated(careRelation({ ...about, unit: homeHelp.commission.unit }), regionSystem);
    expect(fact).toMatchObject({ organisation: 'vg:SE0000000002-A', unit: homeHelp.commission.unit });
  });

  test('a system that names no unit relates its own unit, or its whole organisation when it has none', () => {
    expect(
      stated(careRelation(about), systemOf({ hsaId: 'SE1-A', as: 'vardgivare' }, 'SE1-U')),
    ).toMatchObject([{ unit: 'SE1-U' }]);
    expect(stated(careRelation(about), regionSystem)).toMatchObject([{ unit: null }]);
  });

  test('a system that names a unit otherwise than by HSA-id does not relate its whole organisation instead', () => {
    const resource = { ...careRelation(about), managingOrganization: { reference: 'Organization/ward' } };
    expect(stated(resource, regionSystem)).toEqual([]);
  });

  test('the care manager alone is not what it is limited to', () => {
    const resource = { ...careRelation(about), careManager: hsa('SE0000000002-2001') };
    expect(stated(resource, byCentre)).toMatchObject([{ person: null }]);
  });

  test('neither the person, nor an administrator, registers one', () => {
    for (const writer of [byPatient, byAdministrator, { ...byCentre, organisation: null }]) {
      expect(refused(careRelation(about), writer)?.kind).toBe('forbidden');
    }
  });

  test('it is about the patient whom it refers to on this server, and else about nobody', () => {
    const of = (patient: object) => stated({ ...careRelation(about), patient }, byCentre);
    expect(of({ reference: 'https://care.example.se/fhir/Patient/astrid' })).toMatchObject([
      { patient: 'astrid' },
    ]);
    expect(of({ reference: 'https://elsewhere.se/fhir/Patient/astrid' })).toEqual([]);
    expect(of({ identifier: { value: 'astrid' } })).toEqual([]);
    expect(of({ reference: 'Group/astrid' })).toEqual([]);
  });
});

describe('SVOD 3:1-3:2, patientrelation with a vårdgivare, insats of an omsorgsgivare', () => {
  test.each([
    ['HSJV', ['care'], []],
    ['HTJ', [], ['insats']],
    ['LSS', [], ['insats']],
    ['SVTJ', [], ['insats']],
    ['SÄBO', ['care'], ['insats']],
    ['other', ['care'], ['insats']],
  ])('type %s is %j with a vårdgivare and %j with an omsorgsgivare', (code, care, omsorg) => {
    expect([kinds(typed(code), byHomeNurse), kinds(typed(code), byHomeHelp)]).toEqual([care, omsorg]);
  });

  test('an insats code of another system is no insats code', () => {
    expect(kinds(typed('HTJ', 'https://example.se/codes'), byHomeNurse)).toEqual(['care']);
  });

  test.each([
    ['planned', [], ['investigation']],
    ['waitlist', [], []],
    ['active', ['care'], ['insats']],
    ['onhold', ['care'], ['insats']],
    ['finished', [], []],
    ['cancelled', [], []],
    ['entered-in-error', [], []],
  ])('status %s is %j with a vårdgivare and %j with an omsorgsgivare', (status, care, omsorg) => {
    const resource = { ...careRelation(about), status };
    expect([kinds(resource), kinds(resource, byHomeHelp)]).toEqual([care, omsorg]);
  });

  test('the investigation of a planned insats ends when the insats begins', () => {
    const resource = {
      ...careRelation({ ...about, start: '2026-12-01', end: '2027-12-01' }),
      status: 'planned',
    };
    expect(stated(resource, omsorgSystem)).toMatchObject([
      { kind: 'investigation', during: { start: null, end: '2026-11-30T23:00:00.000Z' } },
    ]);
  });

  test('an investigation of its own has its own period, and a vårdgivare has none', () => {
    const resource = insatsInvestigation({ ...about, start: '2026-11-01', end: '2026-11-30' });
    expect(stated(resource, byHomeHelp)).toMatchObject([
      {
        kind: 'investigation',
        during: { start: '2026-10-31T23:00:00.000Z', end: '2026-11-30T23:00:00.000Z' },
      },
    ]);
    expect(stated(resource, byCentre)).toEqual([]);
  });

  test('a need of the work is no patientrelation, and has an end', () => {
    const resource = workNeed({ ...about, start: '2026-11-01', end: '2026-11-30' });
    expect(kinds(resource)).toEqual(['need']);
    expect(refused({ ...resource, period: { start: '2026-11-01' } }, byCentre)).toEqual({
      kind: 'business-rule',
      expression: 'EpisodeOfCare.period.end',
    });
    const lasting = (period: object) => refused({ ...resource, period }, byCentre)?.expression;
    expect(lasting({ start: '2026-11-01', end: '9998-12-31' })).toBe('EpisodeOfCare.period.end');
    expect(lasting({ end: '2026-11-30' })).toBe('EpisodeOfCare.period.start');
    expect(lasting({ start: '2026-11-01', end: '2027-11-01' })).toBeUndefined();
    expect(lasting({ start: '2026-11-01', end: '2027-11-04' })).toBe('EpisodeOfCare.period.end');
  });
});

describe('a period', () => {
  test('whose end is a date ends with that day in Stockholm', () => {
    expect(stated(careRelation({ ...about, end: '2026-06-30' }), byCentre)[0]?.during).toEqual({
      start: null,
      end: '2026-06-30T22:00:00.000Z',
    });
  });

  test.each([
    [{ start: '2026-11-05', end: '2026-11-04' }],
    [{ start: '2026-02-30' }],
    [{ start: '2026-11-05', _end: { extension: [{ url: 'x', valueCode: 'unknown' }] } }],
    [{ extension: [{ url: 'x', valueCode: 'unknown' }] }],
  ])('that cannot be read is refused, and not taken for an open one: %j', (period) => {
    expect(refused({ ...careRelation(about), period }, byCentre)).toEqual({
      kind: 'business-rule',
      expression: 'EpisodeOfCare.period',
    });
  });
});

test('an extension that modifies a relation is refused, since it might deny it', () => {
  const resource = { ...careRelation(about), modifierExtension: [{ url: 'x', valueBoolean: true }] };
  expect(refused(resource, byCentre)).toEqual({ kind: 'business-rule', expression: 'modifierExtension' });
  expect(refused({ ...resource, status: 'finished' }, byCentre)).toBeUndefined();
});

test('what is made here is R4', () => {
  const all = [
    ...(Object.keys(insatsCodes) as (keyof typeof insatsCodes)[]).map((insats) =>
      careRelation({ ...about, id: 'x', insats, unit: 'SE1-U', start: '2026-11-01', end: '2026-11-02' }),
    ),
    workNeed({ ...about, start: '2026-11-01', end: '2026-11-30' }),
    insatsInvestigation(about),
  ];
  expect(all.flatMap(invalid)).toEqual([]);
  expect(all[0]).toMatchObject({ patient: astridsRecord });
});
