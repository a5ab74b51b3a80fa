import { describe, expect, it } from 'vitest';
import { finds, refusal } from './memory.ts';

describe('a modifier that a parameter cannot have', () => {
  it.each([
    ['Patient', 'birthdate', 'exact', ':missing'],
    ['Encounter', 'date', 'not', ':missing'],
    ['RiskAssessment', 'probability', 'contains', ':missing'],
    ['Encounter', 'length', 'above', ':missing'],
    ['Patient', 'name', 'not', ':exact, :contains, :missing'],
    ['Patient', 'name', 'starts', ':exact, :contains, :missing'],
    ['CarePlan', 'instantiates-uri', 'exact', ':above, :below, :missing'],
    ['CarePlan', 'instantiates-uri', 'is', ':above, :below, :missing'],
    ['CarePlan', 'subject', 'exact', ':Group, :Patient, :identifier, :missing'],
    ['CarePlan', 'patient', 'Foo', ':Patient, :identifier, :missing'],
    ['Provenance', 'target', 'in', ':Type, :identifier, :missing'],
  ])(
    'is refused whatever the handling, with those it can have: %s?%s:%s',
    (type, code, modifier, allowed) => {
      for (const handling of ['strict', 'lenient'] as const) {
        const problem = refusal(type, `${code}:${modifier}=x`, { handling });
        expect(problem.status).toBe(400);
        expect(problem.findings[0]).toMatchObject({
          expression: `${code}:${modifier}`,
          diagnostics: `'${code}' has no modifier ':${modifier}'; it can have ${allowed}.`,
        });
      }
    },
  );
  it('is refused with the reason where R4 leaves it open: hierarchies of references', () => {
    for (const modifier of ['above', 'below']) {
      const [finding] = refusal('Location', `partof:${modifier}=x`).findings;
      expect(finding).toMatchObject({ expression: `partof:${modifier}` });
      expect(finding?.diagnostics).toContain('Hierarchies are not followed');
    }
  });
});

describe(':missing', () => {
  /** Parameter, a resource that has a value of it, one that has none. */
  const cases: readonly (readonly [code: string, present: object, absent: object])[] = [
    ['status', { status: 'finished' }, {}],
    ['type', { type: [{ coding: [{ code: 'a' }] }] }, { type: [] }],
    ['type', { type: [{ text: 'bara text' }] }, {}],
    ['identifier', { identifier: [{ value: '1' }] }, {}],
    ['subject', { subject: { reference: 'Patient/a' } }, {}],
    ['subject', { subject: { display: 'någon' } }, {}],
    ['subject', { subject: { reference: '#contained' } }, {}],
    ['patient', { subject: { reference: 'Patient/a' } }, { subject: { reference: 'Group/a' } }],
    ['date', { period: { start: '2026' } }, {}],
    ['location-period', { location: [{ period: { end: '2026' } }] }, { location: [{}] }],
    ['length', { length: { value: 1 } }, {}],
    ['length', { length: { unit: 'min' } }, {}],
    ['_source', { meta: { source: 'urn:oid:1.2' } }, { meta: { versionId: '1' } }],
    ['_profile', { meta: { profile: ['https://a.se/p'] } }, {}],
  ];
  it.each(cases)(
    'of %s tells what has a value, readable or not, from what has none',
    (code, present, absent) => {
      const ask = (value: string, resource: object) =>
        finds(`${code}:missing=${value}`, { resourceType: 'Encounter', ...resource });
      expect([ask('true', present), ask('false', present)]).toEqual([false, true]);
      expect([ask('true', absent), ask('false', absent)]).toEqual([true, false]);
    },
  );
  it('of strings and numbers', () => {
    const named = { resourceType: 'Patient', name: [{ family: 'A' }] };
    expect([finds('name:missing=false', named), finds('given:missing=true', named)]).toEqual([true, true]);
    const risk = { resourceType: 'RiskAssessment', prediction: [{ probabilityDecimal: 0 }] };
    expect(finds('probability:missing=false', risk)).toBe(true);
  });
  it('of what every resource has is never true', () => {
    for (const code of ['_id', '_lastUpdated']) {
      expect(finds(`${code}:missing=true`, { resourceType: 'Patient' })).toBe(false);
      expect(finds(`${code}:missing=false`, { resourceType: 'Patient' })).toBe(true);
    }
  });
  it.each(['yes', 'TRUE', 'true,false', '1'])('is refused with the value "%s"', (value) => {
    const [finding] = refusal('Encounter', `status:missing=${value}`, { handling: 'lenient' }).findings;
    expect(finding).toMatchObject({ expression: 'status:missing' });
    expect(finding?.diagnostics).toContain(':missing=true or :missing=false');
  });
});
