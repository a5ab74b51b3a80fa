import { describe, expect, it } from 'vitest';
import { afterPrefix, compareCodePoints, fold } from '../../libs/search/src/types/string/fold.ts';
import { compareSwedish } from '../../libs/search/src/types/string/swedish-order.ts';
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
    for (const value of ['berg', 'ena', 'testbergs', 'asa testb']) expect(found('name', value)).toBe(false);
  });
  it('of a family or given name is found by each of its words, and by all of a double name as one', () => {
    const people = {
      resourceType: 'Patient',
      name: [{ family: 'von Essen-Lind', given: ['Anna-Karin', 'Eva Maria'], text: 'Fru Greta' }],
    };
    const finding = (name: string, value: string) => finds(`${name}=${value}`, people);
    for (const [name, value] of [
      ['family', 'essen'],
      ['family', 'lind'],
      ['family', 'von essenlind'],
      ['given', 'annakarin'],
      ['given', 'anna karin'],
      ['given', 'Anna-K'],
      ['given', 'karin'],
      ['given', 'maria'],
      ['name', 'essen lind'],
    ] as const) {
      expect([name, value, finding(name, value)]).toEqual([name, value, true]);
    }
    for (const [name, value] of [
      ['given', 'arin'],
      ['given', 'nakarin'],
      ['name', 'greta'],
      ['given:exact', 'Karin'],
      ['given:contains', 'annakarin'],
    ] as const) {
      expect([name, value, finding(name, value)]).toEqual([name, value, false]);
    }
    expect(finds('name=bas', { resourceType: 'Organization', name: 'Region Bas' })).toBe(false);
  });
  it('is compared without punctuation', () => {
    const person = { resourceType: 'Patient', name: [{ family: 'O’Hara', given: ['S.E.', 'Åke'] }] };
    for (const value of ["o'hara", 'OHARA', 'se', 's.e']) {
      expect([value, finds(`name=${encodeURIComponent(value)}`, person)]).toEqual([value, true]);
    }
    expect(finds('name=avd 3 varberg', { resourceType: 'Location', name: 'Avd. 3, (Varberg)' })).toBe(true);
    expect(refusal('Patient', 'name=-').kind).toBe('bad-request');
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

describe(':exact of a string', () => {
  const exactly = (value: string) => found('name:exact', value);
  it('is the whole of a part as it is written: case, accents and spaces count', () => {
    expect(['Åsa-Lena', 'Testberg', 'Fru Åsa-Lena  Testberg'].map(exactly)).toEqual([true, true, true]);
    for (const value of [
      'åsa-lena',
      'Asa-Lena',
      'Åsa',
      'Åsa-Lena ',
      'Fru Åsa-Lena Testberg',
      'A\u030Asa-Lena',
    ]) {
      expect([value, exactly(value)]).toEqual([value, false]);
    }
  });
  it('does not find Ännika by annika, which the plain search does', () => {
    const annika = { resourceType: 'Patient', name: [{ given: ['Ännika'] }] };
    expect(['name', 'name:exact'].map((name) => finds(`${name}=annika`, annika))).toEqual([true, false]);
    expect(finds(`name:exact=${encodeURIComponent('Ännika')}`, annika)).toBe(true);
  });
  it('tells long texts apart that begin alike', () => {
    const long = { resourceType: 'Location', name: 'a'.repeat(600) };
    expect(finds(`name:exact=${'a'.repeat(600)}`, long)).toBe(true);
    expect(finds(`name:exact=${'a'.repeat(601)}`, long)).toBe(false);
  });
});

describe(':contains of a string', () => {
  it('is any part of a text, without regard to case and accents', () => {
    for (const value of ['berg', 'LENA', 'sa-l', 'fru asa']) expect(found('name:contains', value)).toBe(true);
    for (const value of ['lenaa', 'arnberg']) expect(found('name:contains', value)).toBe(false);
  });
});

describe('the order of strings', () => {
  const shuffled = [
    'Ö',
    'ö',
    'Z',
    'å',
    'Å',
    'A',
    'a',
    'ä',
    'Ä',
    'Åb',
    'åa',
    'é',
    'e',
    'f',
    'Wik',
    'Vik',
    'Vil',
  ];
  it('is Swedish: å, ä and ö after z, case and accents only between equal letters', () => {
    const ordered = [...shuffled].sort(compareSwedish);
    expect(ordered.join(' ')).toBe('a A e é f Vik Vil Wik Z å Å åa Åb ä Ä ö Ö');
    expect([...shuffled].reverse().sort(compareSwedish)).toEqual(ordered);
  });
});

describe('folding', () => {
  it('is stable and gives lower case without marks', () => {
    for (const text of ['Ångström', "d'Å-B. C", '- a -', 'é', 'İ', 'ﬁ', '  a \n b ', '\u{1F3E5}'])
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
