import { printCondition } from '@naravard/search';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFilter } from '../../libs/search/src/parse/filter-syntax.ts';
import { finds, query, refusal } from './memory.ts';

const asked = (filter: string): string => `_filter=${encodeURIComponent(filter)}`;
const printed = (type: string, filter: string): string =>
  (query(type, asked(filter)).parts[0]?.conditions ?? []).map((each) => printCondition(each)).join('; ');
const why = (type: string, filter: string) => {
  const { kind, findings } = refusal(type, asked(filter));
  return [kind, findings[0]?.expression, findings[0]?.diagnostics].join(': ');
};

const patient = {
  resourceType: 'Patient',
  id: 'elsa',
  active: true,
  name: [{ family: 'Testberg', given: ['Åsa', 'Peter'] }],
  birthDate: '1941-03-14',
  identifier: [{ system: 'http://electronichealth.se/identifier/personnummer', value: '194103149805' }],
};
const found = (filter: string): boolean => finds(asked(filter), patient);

describe('a filter of R4', () => {
  it('tests one parameter after the other, from left to right', () => {
    expect(printed('Patient', 'name co "pet"')).toBe(printed('Patient', 'name CO pet'));
    expect(found('name co "ete"')).toBe(true);
    expect(found('given eq "peter" and birthdate ge 1941-03-14')).toBe(true);
    expect(found('given eq "peter" and birthdate ge 1942-03-14')).toBe(false);
  });
  it('binds and and or alike, from left to right', () => {
    expect(found('active eq true or active eq true and active eq false')).toBe(false);
    expect(found('active eq true or (active eq true and active eq false)')).toBe(true);
    expect(found('active eq false and active eq false or active eq true')).toBe(true);
  });
  it('turns a bracket round with not', () => {
    expect(found('not (family eq "testberg")')).toBe(false);
    expect(found('active eq true and not(family eq "x" or family eq "y")')).toBe(true);
  });
  it('takes values as they are or as JSON strings', () => {
    expect(found('family eq testberg')).toBe(true);
    expect(found('given eq "\\u00c5sa"')).toBe(true);
    expect(printed('Patient', 'family eq "a)]|,$\\\\ \\"b"')).toBe(
      printed('Patient', 'family eq "A)]|,$\\\\  \\"b"'),
    );
  });
  it('knows the short names of code systems', () => {
    expect(printed('Condition', 'code eq snomed|38341003')).toBe(
      printed('Condition', 'code eq http://snomed.info/sct|38341003'),
    );
  });
});

describe('an operator of a filter', () => {
  it.each([
    ['family eq "testberg"', true],
    ['family eq "test"', false],
    ['family ne "test"', true],
    ['family co "stbe"', true],
    ['family sw "test"', true],
    ['family sw "berg"', false],
    ['family ew "BERG"', true],
    ['family ew "test"', false],
    ['family pr true', true],
    ['phone pr true', false],
    ['phone pr false', true],
    ['birthdate eq 1941', true],
    ['birthdate ne 1941', false],
    ['birthdate gt 1940', true],
    ['birthdate lt 1941-03-14', false],
    ['birthdate le 1941-03-14', true],
    ['birthdate sa 1941-03-13', true],
    ['birthdate eb 1941-03-14', false],
    ['birthdate po 1941-03', true],
    ['birthdate po 1941-04', false],
    ['active eq true', true],
    ['active ne true', false],
    ['identifier eq 19410314-9805', true],
    ['_id eq elsa', true],
    ['_id ne elsa', false],
  ])('%s is %s', (filter, expected) => expect(found(filter)).toBe(expected));

  it('finds references by eq and re', () => {
    const team = { resourceType: 'CareTeam', subject: { reference: 'Patient/elsa' } };
    for (const operator of ['eq', 're']) {
      expect(finds(asked(`subject ${operator} Patient/elsa`), team)).toBe(true);
      expect(finds(asked(`patient ${operator} other`), team)).toBe(false);
    }
    expect(finds(asked('subject ne Patient/elsa'), team)).toBe(false);
  });
  it('compares quantities with their unit', () => {
    const visit = {
      resourceType: 'Encounter',
      length: { value: 40, unit: 'min', system: 'http://unitsofmeasure.org', code: 'min' },
    };
    expect(finds(asked('length gt 30|http://unitsofmeasure.org|min'), visit)).toBe(true);
    expect(finds(asked('length gt 30|ucum|h'), visit)).toBe(false);
  });
  it('compares composites as they are written', () => {
    const weight = {
      resourceType: 'Observation',
      code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] },
      valueQuantity: { value: 71 },
    };
    expect(finds(asked('code-value-quantity eq http://loinc.org|29463-7$gt70'), weight)).toBe(true);
    expect(finds(asked('code-value-quantity ne http://loinc.org|29463-7$gt70'), weight)).toBe(false);
  });
  it('is refused where the parameter cannot be compared so, with those that it can', () => {
    expect(why('Patient', 'family gt "a"')).toMatch(
      /^bad-request: _filter: .*'family' by 'gt'.*eq, ne, co, sw, ew, pr/,
    );
    expect(why('Patient', 'birthdate co 1941')).toMatch(/'birthdate' by 'co'.*po, pr/);
    expect(why('Patient', 'active sw true')).toMatch(/'active' by 'sw'.*eq, ne, ss, sb, in, ni, pr/);
    expect(why('Patient', 'active pr maybe')).toMatch(/true or false after pr/);
  });
});

describe('a path of a filter', () => {
  it('is a chain, typed or not', () => {
    expect(printed('CareTeam', 'subject:Patient.name sw "a"')).toBe('subject:Patient.(name = a*)');
    expect(printed('CareTeam', 'patient.name sw "a"')).toBe('patient:Patient.(name = a*)');
  });
  it('may filter what it leads to: both hold for the same resource', () => {
    expect(printed('CareTeam', 'patient[active eq true].name sw "a"')).toBe(
      'patient:Patient.((active = true and name = a*))',
    );
  });
  it('is refused where it is no reference, names no type or no parameter, or is too long', () => {
    expect(why('CareTeam', 'status.name eq a')).toMatch(/^bad-request: _filter: /);
    expect(why('CareTeam', 'subject:Encounter.status eq a')).toMatch(/^bad-request: _filter: /);
    expect(why('CareTeam', 'subject:Patient.nmae eq a')).toMatch(
      /^unknown-parameter: _filter: .*did you mean 'name'/,
    );
    expect(why('CareTeam', 'nonsense eq a')).toMatch(/^unknown-parameter: _filter: /);
    const long = `${'part-of.'.repeat(6)}status eq finished`;
    expect(why('Encounter', long)).toMatch(/^too-costly: _filter: .*at most 5 links/);
    expect(printed('Encounter', `${'part-of.'.repeat(5)}status eq finished`)).toContain('part-of');
  });
});

describe('a filter that cannot be read', () => {
  it.each([
    [' ', 2, 'name of a search parameter'],
    ['name', 5, 'operator'],
    ['name like x', 6, 'operator'],
    ['name eq', 8, 'value'],
    ['name eq "x', 9, 'end the quoted value'],
    ['name eq "\\q"', 9, 'JSON string'],
    ['(name eq x', 11, 'close the bracket with )'],
    ['name eq x)', 10, 'and or or'],
    ['name eq x name eq y', 11, 'and or or'],
    ['name eq x and', 14, 'name of a search parameter'],
    ['patient[active eq true name eq x', 24, 'close the bracket with ]'],
    ['not name eq x', 5, 'in brackets'],
    ['subject:Patient eq x', 16, 'go on with .'],
  ])('%s says where and what would be right', (filter, at, advice) => {
    const said = why('Patient', filter);
    expect(said).toContain(`cannot be read at character ${at}: `);
    expect(said).toContain(advice);
  });
  it('is refused in words that hold no value', () => {
    expect(why('Patient', 'birthdate eq 194103149805')).not.toContain('1941');
    expect(why('Patient', 'name eq "Elsa Testberg')).not.toContain('Elsa');
  });
  it('is refused when it is too large', () => {
    expect(why('Patient', `${'('.repeat(11)}active eq true${')'.repeat(11)}`)).toContain('deeper than 10');
    expect(why('Patient', Array(101).fill('_id eq a').join(' or '))).toContain('more than 100 tests');
  });
  it('is refused even where the caller is lenient', () => {
    expect(refusal('Patient', asked('nonsense eq a'), { handling: 'lenient' }).kind).toBe(
      'unknown-parameter',
    );
  });
  it('never takes long nor fails in another way, whatever is sent', () => {
    const piece = fc.constantFrom(
      '(',
      ')',
      '[',
      ']',
      '"',
      '\\',
      ' ',
      'not',
      'and',
      'or',
      'name',
      '.',
      ':',
      'eq',
      'x',
      'å',
      '\u{1F3E5}',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 400 }), (pieces) => {
        try {
          parseFilter(pieces.join(''));
        } catch (error) {
          expect((error as Error).message).toMatch(/^(bad-request|too-costly)$/);
        }
      }),
      { seed: 20261123, numRuns: 2000 },
    );
  });
});
