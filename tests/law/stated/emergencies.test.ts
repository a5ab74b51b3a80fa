import { emergencyOpening } from '@naravard/access';
import { describe, expect, test } from 'vitest';
import { centre } from '../decisions/build.ts';
import { byCentre, byHomeHelp, byPatientAtCentre, plain, refused, regionSystem, stated } from './stating.ts';

const about = { patient: 'astrid' };
const change = (resource: object, members: object) => ({
  ...resource,
  provision: { ...(resource as { provision?: object }).provision, ...members },
});

describe('SVOD 3:6, nödöppning', () => {
  const opening = emergencyOpening({
    ...about,
    reason: 'Medvetslös, okänd orsak',
    start: '2026-11-05T12:00:00.000Z',
    end: '2026-11-05T12:59:59.999Z',
  });
  const byOperation = { ...byCentre, operation: true };

  test('is of one employee at one unit of a vårdgivare, until it ends', () => {
    expect(stated(opening, byOperation)).toEqual([
      {
        ...plain,
        kind: 'emergency',
        organisation: 'vg:SE0000000002-A',
        unit: centre.commission.unit,
        person: byCentre.id,
        during: { start: '2026-11-05T12:00:00.000Z', end: '2026-11-05T13:00:00.000Z' },
        author: byCentre.id,
      },
    ]);
  });

  test('tells whether the patientrelation was attested', () => {
    const attested = emergencyOpening({
      ...about,
      reason: 'x',
      attested: true,
      start: '2026-11-05',
      end: '2026-11-05',
    });
    expect(stated(attested, byOperation)).toMatchObject([{ value: 'attested' }]);
  });

  test('84: is made by the operation alone', () => {
    const directly = { ...byCentre, operation: false };
    for (const writer of [directly, regionSystem, { ...regionSystem, operation: true }, byPatientAtCentre]) {
      expect(refused(opening, writer)).toEqual({ kind: 'forbidden', expression: 'Consent' });
    }
  });

  test('is not there for an omsorgsgivare', () => {
    expect(refused(opening, { ...byHomeHelp, operation: true })).toEqual({
      kind: 'business-rule',
      expression: 'Consent.category',
    });
  });

  test('84: states danger and a reason, and has a start and an end', () => {
    const extensions = opening.extension as { url: string }[];
    for (const extension of [extensions.slice(0, 1), extensions.slice(1), undefined]) {
      expect(refused({ ...opening, extension }, byOperation)?.expression).toBe('Consent.extension');
    }
    const blank = emergencyOpening({ ...about, reason: ' ', start: '2026-11-05', end: '2026-11-05' });
    expect(refused(blank, byOperation)?.expression).toBe('Consent.extension');
    expect(refused(change(opening, { period: { start: '2026-11-05' } }), byOperation)?.kind).toBe(
      'business-rule',
    );
    expect(refused(change(opening, { period: { end: '2026-11-05' } }), byOperation)?.kind).toBe(
      'business-rule',
    );
    expect(refused(opening, { ...byOperation, unit: null })?.kind).toBe('forbidden');
  });
});
