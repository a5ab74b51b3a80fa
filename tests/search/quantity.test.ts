import { describe, expect, it } from 'vitest';
import { extract, finds, refusal } from './memory.ts';

const UCUM = 'http://unitsofmeasure.org';
const weight = (quantity: object) => ({
  resourceType: 'Observation',
  valueQuantity: { system: UCUM, code: 'kg', unit: 'kilogram', ...quantity },
});
const found = (value: string, quantity: object) =>
  finds(`value-quantity=${encodeURIComponent(value)}`, weight(quantity));

describe('a quantity', () => {
  it('is found by its number in any unit', () => {
    expect([
      found('68', { value: 68.2 }),
      found('68.0', { value: 68.2 }),
      found('gt68', { value: 68.2 }),
    ]).toEqual([true, false, true]);
  });
  it('is found by system|code in that unit only', () => {
    expect(found(`68|${UCUM}|kg`, { value: 68 })).toBe(true);
    for (const value of [`68|${UCUM}|g`, '68|http://x.se|kg'])
      expect(found(value, { value: 68 })).toBe(false);
  });
  it('is found by ||unit, as a code or as written', () => {
    expect([
      found('68||kg', { value: 68 }),
      found('68||kilogram', { value: 68 }),
      found('68||g', { value: 68 }),
    ]).toEqual([true, true, false]);
  });
  it('is found by system| in any unit of the system', () => {
    expect([found(`68|${UCUM}|`, { value: 68 }), found('68|http://x.se|', { value: 68 })]).toEqual([
      true,
      false,
    ]);
  });
  it('with a comparator is open on one side', () => {
    expect([
      found('lt1', { value: 5, comparator: '<' }),
      found('gt5', { value: 5, comparator: '<' }),
    ]).toEqual([true, false]);
    expect([
      found('gt100', { value: 5, comparator: '>' }),
      found('5', { value: 5, comparator: '>' }),
    ]).toEqual([true, false]);
  });
  it('may be an age, a duration, an amount of money or a range', () => {
    expect(finds('onset-age=gt60', { resourceType: 'Condition', onsetAge: { value: 72, code: 'a' } })).toBe(
      true,
    );
    expect(
      finds('onset-age=gt65', {
        resourceType: 'Condition',
        onsetRange: { low: { value: 60 }, high: { value: 70 } },
      }),
    ).toBe(true);
    expect(finds('length=30||min', { resourceType: 'Encounter', length: { value: 30, code: 'min' } })).toBe(
      true,
    );
    const invoice = { resourceType: 'Invoice', totalNet: { value: 250, currency: 'SEK' } };
    expect(finds('totalnet=250|urn:iso:std:iso:4217|SEK', invoice)).toBe(true);
    expect(finds('totalnet=250||EUR', invoice)).toBe(false);
  });
  it('without value is not found', () => {
    expect(extract('Observation', 'x', weight({})).quantities).toEqual([]);
  });
  it('that cannot be read is refused', () => {
    for (const value of ['kg', '|kg', '1|a|b|c', '68kg'])
      expect(refusal('Observation', `value-quantity=${encodeURIComponent(value)}`).kind).toBe('bad-request');
  });
});
