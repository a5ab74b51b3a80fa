import { describe, expect, it } from 'vitest';
import { catalog, finds, query, refusal } from './memory.ts';

const LOINC = 'http://loinc.org';
const UCUM = 'http://unitsofmeasure.org';
const coded = (code: string, system = LOINC) => ({ coding: [{ system, code }] });
const mmHg = (value: number) => ({ value, unit: 'mmHg', system: UCUM, code: 'mm[Hg]' });

const weight = {
  resourceType: 'Observation',
  code: { coding: [...coded('29463-7').coding, { system: 'http://snomed.info/sct', code: '27113001' }] },
  valueQuantity: { value: 82.4, unit: 'kg', system: UCUM, code: 'kg' },
};
const pressure = {
  resourceType: 'Observation',
  code: coded('85354-9'),
  component: [
    { code: coded('8480-6'), valueQuantity: mmHg(142) },
    { code: coded('8462-4'), valueQuantity: mmHg(78) },
  ],
};

describe('a composite parameter', () => {
  it('finds a code and a quantity of one resource', () => {
    expect(finds('code-value-quantity=29463-7$82.4', weight)).toBe(true);
    expect(finds(`code-value-quantity=${LOINC}|29463-7$gt80|${UCUM}|kg`, weight)).toBe(true);
    expect(finds('code-value-quantity=27113001$lt100||kg', weight)).toBe(true);
    expect(finds('code-value-quantity=29463-7$gt90', weight)).toBe(false);
    expect(finds('code-value-quantity=29463-7$82.4||g', weight)).toBe(false);
    expect(finds('code-value-quantity=8480-6$82.4', weight)).toBe(false);
  });

  it('finds them in one element, never the code of one and the value of another', () => {
    expect(finds('component-code-value-quantity=8480-6$gt140', pressure)).toBe(true);
    expect(finds('component-code-value-quantity=8462-4$gt140', pressure)).toBe(false);
    expect(finds('combo-code-value-quantity=8462-4$78', pressure)).toBe(true);
    expect(finds('code-value-quantity=8480-6$142', pressure)).toBe(false);
  });

  it('takes alternatives, and several of it together', () => {
    expect(finds('component-code-value-quantity=8462-4$gt140,8480-6$gt140', pressure)).toBe(true);
    expect(
      finds('component-code-value-quantity=8462-4$lt80&component-code-value-quantity=8480-6$gt140', pressure),
    ).toBe(true);
    expect(
      finds('component-code-value-quantity=8462-4$gt80&component-code-value-quantity=8480-6$gt140', pressure),
    ).toBe(false);
  });

  it('combines codes with codes, dates and texts', () => {
    const observation = { resourceType: 'Observation', code: coded('x') };
    const concept = { ...observation, valueCodeableConcept: coded('yes', 'http://a.se') };
    expect(finds('code-value-concept=x$http://a.se|yes', concept)).toBe(true);
    expect(finds('code-value-concept=x$http://b.se|yes', concept)).toBe(false);
    expect(finds('code-value-concept=yes$x', concept)).toBe(false);
    const dated = { ...observation, valueDateTime: '2026-11-23' };
    expect(finds('code-value-date=x$ge2026-11-23', dated)).toBe(true);
    expect(finds('code-value-date=x$lt2026-11-23', dated)).toBe(false);
    const during = { ...observation, valuePeriod: { start: '2026-11-01', end: '2026-11-30' } };
    expect(finds('code-value-date=x$2026-11', during)).toBe(true);
    const text = { ...observation, valueString: 'Åsa mår bättre' };
    expect(finds('code-value-string=x$asa mar', text)).toBe(true);
    expect(finds('code-value-string=x$bättre', text)).toBe(false);
  });

  it('combines three values, of which one may be of the whole resource', () => {
    const sequence = {
      resourceType: 'MolecularSequence',
      referenceSeq: { chromosome: coded('17'), windowStart: 5, windowEnd: 500 },
      variant: [
        { start: 100, end: 120 },
        { start: 300, end: 320 },
      ],
    };
    expect(finds('chromosome-variant-coordinate=17$ge90$le130', sequence)).toBe(true);
    expect(finds('chromosome-variant-coordinate=17$ge290$le130', sequence)).toBe(false);
    expect(finds('chromosome-variant-coordinate=18$ge90$le130', sequence)).toBe(false);
    expect(finds('chromosome-window-coordinate=17$5$500', sequence)).toBe(true);
  });

  it('reads the relationship of documents as R4 means it: the reference, then the code', () => {
    const document = {
      resourceType: 'DocumentReference',
      relatesTo: [
        { code: 'replaces', target: { reference: 'DocumentReference/old' } },
        { code: 'appends', target: { reference: 'DocumentReference/other' } },
      ],
    };
    expect(finds('relationship=DocumentReference/old$replaces', document)).toBe(true);
    expect(finds('relationship=old$http://hl7.org/fhir/document-relationship-type|replaces', document)).toBe(
      true,
    );
    expect(finds('relationship=DocumentReference/old$appends', document)).toBe(false);
  });

  it('finds a context by its type and its value', () => {
    const plan = {
      resourceType: 'PlanDefinition',
      useContext: [
        {
          code: { code: 'age' },
          valueRange: { low: { value: 65, unit: 'a' }, high: { value: 120, unit: 'a' } },
        },
        { code: { code: 'venue' }, valueCodeableConcept: coded('HH', 'http://a.se') },
      ],
    };
    expect(finds('context-type-quantity=age$gt100', plan)).toBe(true);
    expect(finds('context-type-quantity=age$lt60', plan)).toBe(false);
    expect(finds('context-type-value=venue$HH', plan)).toBe(true);
    expect(finds('context-type-value=age$HH', plan)).toBe(false);
  });

  it('escapes a dollar sign within a value', () => {
    const priced = { resourceType: 'Observation', code: coded('a$b'), valueString: '5 $' };
    expect(finds('code-value-string=a\\$b$5 \\$', priced)).toBe(true);
    expect(refusal('Observation', 'code-value-string=a$b$5').kind).toBe('bad-request');
  });

  it('has :missing, by elements that have all of its values', () => {
    expect(finds('code-value-quantity:missing=false', weight)).toBe(true);
    expect(finds('code-value-quantity:missing=true', pressure)).toBe(true);
    expect(finds('component-code-value-quantity:missing=true', pressure)).toBe(false);
  });

  it('prints its values by component', () => {
    const { parts } = query('Observation', 'code-value-quantity=8480-6$gt140||mmHg');
    expect(JSON.stringify(parts)).toContain('code-value-quantity$1=8480-6');
  });

  it('is refused with what to write, for a missing or a bad value, another modifier, and as a sort key', () => {
    const said = (text: string) => refusal('Observation', text).findings[0];
    expect(said('code-value-quantity=8480-6')).toMatchObject({
      expression: 'code-value-quantity',
      diagnostics: expect.stringContaining('code$value-quantity'),
    });
    expect(said('code-value-quantity=8480-6$')?.diagnostics).toContain('code$value-quantity');
    expect(said('code-value-quantity=8480-6$heavy')).toMatchObject({
      expression: 'code-value-quantity',
      diagnostics: expect.stringContaining('number'),
    });
    expect(said('code-value-quantity:exact=8480-6$1')?.diagnostics).toContain(':missing');
    expect(said('_sort=code-value-quantity')).toMatchObject({
      expression: '_sort',
      diagnostics: expect.stringContaining('sort by one of them'),
    });
  });

  it('exists as R4 defines it: all 46, on 72 places', () => {
    const { definitions } = catalog;
    const defined = new Set<string>();
    let places = 0;
    for (const type of definitions.resourceTypes) {
      for (const { code, url, type: kind } of definitions.searchParameters(type)) {
        if (kind !== 'composite') continue;
        expect(catalog.parameter(type, code), `${type}.${code}`).toBeDefined();
        defined.add(url);
        places++;
      }
    }
    expect([defined.size, places]).toEqual([46, 72]);
  });
});
