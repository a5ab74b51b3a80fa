import { describe, expect, it } from 'vitest';
import { afterPrefix, compareCodePoints, fold } from '../../libs/search/src/fold.ts';
import { extract, finds, refusal } from './memory.ts';

const patient = {
  resourceType: 'Patient',
  name: [
    { text: 'Fru Åsa-Lena  Testberg', family: 'Testberg', given: ['Åsa-Lena', 'Maria'], prefix: ['Fru'] },
  ],
  address: [{ line: ['Ågatan 3'], postalCode: '311 31', city: 'Falkenberg', country: 'SE' }],
};
const found = (name: string, value: string) => finds(`${name}=${encodeURIComponent(value)}`, patient);

describe('a string', () => {
  it('is found by the beginning of each of its parts, without regard to case and accents', () => {
    for (const value of ['test', 'TESTBERG', 'asa', 'Åsa-L', 'maria', 'fru asa-lena testb'])
      expect(found('name', value)).toBe(true);
  });
  it('is not found by its middle or end', () => {
    for (const value of ['berg', 'lena', 'testbergs']) expect(found('name', value)).toBe(false);
  });
  it('is found part by part under the parameters of the parts', () => {
    expect([found('family', 'test'), found('given', 'test'), found('given', 'mar')]).toEqual([
      true,
      false,
      true,
    ]);
    expect([
      found('address', 'agatan'),
      found('address-city', 'falk'),
      found('address-postalcode', '311'),
    ]).toEqual([true, true, true]);
  });
  it('may hold a comma, written with a backslash', () => {
    const place = { resourceType: 'Location', name: 'Avd 3, Varberg' };
    expect([finds('name=avd 3\\, v', place), finds('name=x, v', place)]).toEqual([true, false]);
  });
  it('of nothing but accents is refused', () => {
    expect(refusal('Patient', 'name=%CC%81').kind).toBe('bad-request');
  });
  it('is cut so that its row fits the index', () => {
    const rows = extract('Patient', 'x', {
      resourceType: 'Patient',
      name: [{ family: `a${'\u{1F3E5}'.repeat(600)}` }],
    });
    expect(rows.texts[0]?.folded.length).toBeLessThanOrEqual(500);
    expect(rows.texts[0]?.folded.isWellFormed()).toBe(true);
  });
});

describe('folding', () => {
  it('is stable and gives lower case without marks', () => {
    for (const text of ['Ångström', 'é', 'İ', 'ﬁ', '  a \n b ', '\u{1F3E5}'])
      expect(fold(fold(text))).toBe(fold(text));
    expect(fold('  Ång \t Ström ')).toBe('ang strom');
  });
});

describe('the end of a prefix range', () => {
  it('is the least text beyond all that start with the prefix', () => {
    expect(afterPrefix('ab')).toBe('ac');
    expect(afterPrefix('a\u{10FFFF}')).toBe('b');
    expect(afterPrefix('\u{10FFFF}')).toBeNull();
    expect(afterPrefix('\uD7FF')).toBe('\uE000');
  });
  it('is by code point, as the database orders', () => {
    expect(compareCodePoints('\u{1F3E5}', '\uFFEE')).toBeGreaterThan(0);
    expect(compareCodePoints('a', 'ab')).toBeLessThan(0);
  });
});
