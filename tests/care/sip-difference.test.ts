import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { differenceOf } from '../../libs/fhir/src/difference.ts';

const plan = {
  resourceType: 'CarePlan',
  id: '1',
  title: 'SIP',
  activity: [{ detail: { status: 'scheduled' } }],
};

describe('What differs between two versions', () => {
  test('is told by path, changed, added and taken away', () => {
    expect(differenceOf(plan, { ...plan, title: 'Ny SIP', description: 'Att bo hemma' })).toEqual([
      'CarePlan.title',
      'CarePlan.description',
    ]);
    expect(differenceOf({ ...plan, note: [] }, plan)).toEqual(['CarePlan.note']);
    const activity = [{ detail: { status: 'completed' } }];
    expect(differenceOf(plan, { ...plan, activity })).toEqual(['CarePlan.activity[0].detail.status']);
  });

  test('names a list whole when its length differs', () => {
    expect(differenceOf(plan, { ...plan, activity: [...plan.activity, {}] })).toEqual(['CarePlan.activity']);
  });

  test('is nothing of what the server sets', () => {
    const meta = { versionId: '1', lastUpdated: '2026-01-01T00:00:00Z' };
    expect(differenceOf({ ...plan, meta }, { ...plan, meta: { ...meta, versionId: '2' } })).toEqual([]);
    const security = [{ code: 'R' }];
    expect(differenceOf({ ...plan, meta }, { ...plan, meta: { ...meta, security } })).toEqual([
      'CarePlan.meta',
    ]);
  });

  test('is said by elements alone when there is very much of it', () => {
    const activity = (status: string) => Array.from({ length: 60 }, () => ({ detail: { status } }));
    expect(differenceOf({ ...plan, activity: activity('a') }, { ...plan, activity: activity('b') })).toEqual([
      'CarePlan.activity',
    ]);
  });

  test('is empty for the same resource and for no other, and never holds a value', () => {
    const json = fc.object({ maxDepth: 3, values: [fc.constant('hemligt'), fc.integer(), fc.boolean()] });
    fc.assert(
      fc.property(json, json, (one, other) => {
        const before = { resourceType: 'Basic', body: one };
        const after = { resourceType: 'Basic', body: other };
        const same = JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
        expect(differenceOf(before, before)).toEqual([]);
        expect(differenceOf(before, after).length === 0).toBe(same);
      }),
    );
  });
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, each]) => [name, sorted(each)]),
  );
}
