import { canonicalIdentifier, identifierSystems } from '@naravard/fhir';
import fc from 'fast-check';
import Personnummer from 'personnummer';
import { describe, expect, test } from 'vitest';

// The package's types describe a module that it is not: it exports the class itself.
const oracle = Personnummer as unknown as { parse(text: string): { format(long: boolean): string } };

const now = Date.parse('2026-11-23T12:00:00Z');
const canonical = (system: string | null, value: string) => canonicalIdentifier(system, value, now);
const { personnummer, samordningsnummer, reservnummer, hsaId, organisationsnummer } = identifierSystems;

describe('a personnummer has one form', () => {
  test.each(['194103149805', '19410314-9805', '4103149805', '410314-9805', ' 410314-9805 '])(
    'however it is written: %j',
    (value) => {
      expect(canonical(personnummer, value)).toEqual({ system: personnummer, value: '194103149805' });
    },
  );

  test.each(['1.2.752.129.2.1.3.1', 'urn:oid:1.2.752.129.2.1.3.1', personnummer])(
    'whichever system it is sent with: %s',
    (system) => {
      expect(canonical(system, '410314-9805')).toEqual({ system: personnummer, value: '194103149805' });
    },
  );

  test.each([
    ['250101-1234', '202501011234'],
    ['261123-1234', '202611231234'],
    ['261124-1234', '192611241234'],
    ['270101-1234', '192701011234'],
    ['260101+1234', '192601011234'],
    ['270101+1234', '182701011234'],
    ['19260101+1234', '192601011234'],
    ['000229-1234', '200002291234'],
  ])(
    'with the century of a living person below a hundred, or above with a plus: %s is %s',
    (value, expected) => {
      expect(canonical(personnummer, value).value).toBe(expected);
    },
  );

  test.each([
    '',
    'abc',
    '41031-49805',
    '19411314-9805',
    '194102309805',
    '1941031498',
    '19410314 9805',
    '194103149805x',
  ])('and comes back as it is when it has another: %j', (value) => {
    expect(canonical(personnummer, value)).toEqual({ system: personnummer, value });
  });

  test('also when its check digit is wrong, which validation says', () => {
    expect(canonical(personnummer, '780523-2391').value).toBe('197805232391');
  });
});

test('a samordningsnummer keeps its raised day', () => {
  for (const system of ['1.2.752.129.2.1.3.3', 'urn:oid:1.2.752.129.2.1.3.3', samordningsnummer]) {
    expect(canonical(system, '610973-2393')).toEqual({ system: samordningsnummer, value: '196109732393' });
  }
});

test('a reservnummer is upper case without hyphen', () => {
  expect(canonical('1.2.752.74.9.1', '20210325-k069')).toEqual({
    system: reservnummer,
    value: '20210325K069',
  });
  expect(canonical(reservnummer, '98240301AA06').value).toBe('98240301AA06');
  expect(canonical(reservnummer, 'x').value).toBe('x');
});

test('an HSA-id is upper case, under the OID of either publisher', () => {
  for (const system of ['1.2.752.129.2.1.4.1', 'urn:oid:1.2.752.129.2.1.4.1', '1.2.752.29.4.19', hsaId]) {
    expect(canonical(system, 'se2321000115-1abc')).toEqual({ system: hsaId, value: 'SE2321000115-1ABC' });
  }
});

test('an organisationsnummer is ten digits', () => {
  for (const value of ['232100-0115', '2321000115', '16232100-0115', '162321000115']) {
    expect(canonical('2.5.4.97', value)).toEqual({ system: organisationsnummer, value: '2321000115' });
  }
});

test('other systems, and no system, are left alone', () => {
  expect(canonical('http://example.org/mrn', '410314-9805')).toEqual({
    system: 'http://example.org/mrn',
    value: '410314-9805',
  });
  expect(canonical(null, '410314-9805')).toEqual({ system: null, value: '410314-9805' });
  expect(canonical('', 'x')).toEqual({ system: null, value: 'x' });
});

test('living people of any age below a hundred come out as with the package personnummer', () => {
  const day = fc.date({
    min: new Date(Date.UTC(1927, 0, 1)),
    max: new Date('2026-11-01'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(day, fc.integer({ min: 1, max: 999 }), fc.boolean(), (date, serial, coordination) => {
      const full = checked(date, serial, coordination);
      const short = `${full.slice(2, 8)}-${full.slice(8)}`;
      expect(oracle.parse(full).format(true)).toBe(full);
      expect(canonical(personnummer, short).value).toBe(full);
      expect(canonical(personnummer, short.replace('-', '')).value).toBe(full);
    }),
    { numRuns: 300, seed: 4 },
  );
});

/** Twelve digits with the check digit of the Luhn algorithm over the last ten. */
function checked(date: Date, serial: number, coordination: boolean): string {
  const [year = '', month, day] = date.toISOString().slice(0, 10).split('-');
  const marked = String(Number(day) + (coordination ? 60 : 0)).padStart(2, '0');
  const digits = `${year.slice(2)}${month}${marked}${String(serial).padStart(3, '0')}`;
  const sum = [...digits]
    .map((digit, index) => Number(digit) * (index % 2 === 0 ? 2 : 1))
    .reduce((total, product) => total + (product > 9 ? product - 9 : product), 0);
  return `${year.slice(0, 2)}${digits}${(10 - (sum % 10)) % 10}`;
}
