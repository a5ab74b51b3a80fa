import { loadTerminology } from '@naravard/terminology';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const base = 'https://example.org/fhir';
const colours = {
  resourceType: 'CodeSystem',
  url: `${base}/CodeSystem/colours`,
  version: '1.9',
  language: 'en',
  valueSet: `${base}/ValueSet/all-colours`,
  content: 'complete',
  concept: [
    {
      code: 'red',
      display: 'Red',
      designation: [{ language: 'sv-SE', value: 'Röd' }],
      concept: [{ code: 'crimson', display: 'Crimson' }],
    },
    { code: 'blue', display: 'Blue', property: [{ code: 'status', valueCode: 'retired' }] },
  ],
};

describe('what is loaded', () => {
  it('is found by URL in its greatest version, and by URL and version in each', () => {
    const later = { ...colours, version: '1.10', concept: [{ code: 'green' }] };
    const terminology = loadTerminology([later, colours]);
    expect(terminology.codeSystem(colours.url)?.version).toBe('1.10');
    expect(terminology.codeSystem(`${colours.url}|1.9`)?.concept('red')?.display).toBe('Red');
    expect(terminology.codeSystem(`${colours.url}|2`)).toBeUndefined();
  });

  it('has the value set that a code system names as all its codes', () => {
    const terminology = loadTerminology([colours]);
    const all = terminology.expand(`${base}/ValueSet/all-colours`);
    expect(all.map(({ code, inactive }) => [code, inactive])).toEqual([
      ['red', false],
      ['crimson', false],
      ['blue', true],
    ]);
  });

  it('leaves codes out of use out of a value set that says so', () => {
    const url = `${base}/ValueSet/in-use`;
    const set = {
      resourceType: 'ValueSet',
      url,
      compose: { inactive: false, include: [{ system: colours.url }] },
    };
    expect(
      loadTerminology([colours, set])
        .expand(url)
        .map(({ code }) => code),
    ).toEqual(['red', 'crimson']);
  });

  it('is what its expansion says where a value set has no other definition, and nothing where it has none', () => {
    const contains = [
      { contains: [{ system: 'urn:a', code: '1', display: 'One' }] },
      { system: 'urn:a', code: '2' },
    ];
    const set = { resourceType: 'ValueSet', url: 'urn:v', expansion: { contains } };
    const terminology = loadTerminology([set, { resourceType: 'ValueSet', url: 'urn:w' }]);
    expect(terminology.expand('urn:v').map(({ code, display }) => [code, display])).toEqual([
      ['1', 'One'],
      ['2', null],
    ]);
    expect(() => terminology.expand('urn:w')).toThrow(expect.objectContaining({ kind: 'unprocessable' }));
  });

  it('takes designations from supplements', () => {
    const supplement = {
      resourceType: 'CodeSystem',
      url: `${base}/CodeSystem/colours-sv`,
      content: 'supplement',
      supplements: colours.url,
      concept: [{ code: 'crimson', designation: [{ language: 'sv', value: 'Karmosinröd' }] }],
    };
    const terminology = loadTerminology([supplement, colours]);
    const concept = terminology.codeSystem(colours.url)?.concept('crimson');
    expect(concept?.designations).toEqual([{ language: 'sv', value: 'Karmosinröd' }]);
    const found = terminology.expansion(`${base}/ValueSet/all-colours`)?.matching('KARMOSINRÖD');
    expect(found?.map(({ code }) => code)).toEqual(['crimson']);
  });

  it('is expanded once', () => {
    const terminology = loadTerminology([colours]);
    const url = `${base}/ValueSet/all-colours`;
    expect(terminology.expansion(url)).toBe(terminology.expansion(url));
  });

  it('may not be made of itself, and is refused by the name of what it is made of and nobody knows', () => {
    const set = (name: string, valueSet: string) => ({
      resourceType: 'ValueSet',
      url: `${base}/ValueSet/${name}`,
      compose: { include: [{ valueSet: [`${base}/ValueSet/${valueSet}`] }] },
    });
    const terminology = loadTerminology([set('a', 'b'), set('b', 'a'), set('c', 'nowhere')]);
    expect(() => terminology.expand(`${base}/ValueSet/a`)).toThrow(
      expect.objectContaining({
        kind: 'unprocessable',
        findings: [expect.objectContaining({ diagnostics: expect.stringContaining('made of itself') })],
      }),
    );
    expect(() => terminology.expand(`${base}/ValueSet/c`)).toThrow(
      expect.objectContaining({
        findings: [
          expect.objectContaining({
            code: 'not-supported',
            diagnostics: expect.stringContaining('/nowhere'),
          }),
        ],
      }),
    );
  });

  it('may be a part of SNOMED CT, which then has the value sets that it implies', () => {
    const snomed = {
      resourceType: 'CodeSystem',
      url: 'http://snomed.info/sct',
      content: 'complete',
      concept: [{ code: '138875005', concept: [{ code: '404684003', concept: [{ code: '64572001' }] }] }],
    };
    const terminology = loadTerminology([snomed]);
    expect(terminology.expand('http://snomed.info/sct?fhir_vs')).toHaveLength(3);
    expect(terminology.has('http://snomed.info/sct?fhir_vs=isa/404684003', snomed.url, '64572001')).toBe(
      true,
    );
    expect(terminology.has('http://snomed.info/sct?fhir_vs=isa/404684003', snomed.url, '138875005')).toBe(
      false,
    );
  });
});

describe('a concept map', () => {
  const group = {
    source: 'urn:a',
    target: 'urn:b',
    element: [
      {
        code: '1',
        display: 'One',
        target: [
          { code: 'x', equivalence: 'wider' },
          { code: 'y', equivalence: 'equal' },
        ],
      },
      { code: '2', target: [{ equivalence: 'unmatched' }] },
      { code: '3' },
    ],
    unmapped: { mode: 'fixed', code: 'other' },
  };
  const url = `${base}/ConceptMap/one`;
  const map = loadTerminology([{ resourceType: 'ConceptMap', url, group: [group] }]).conceptMap(url);
  const codes = (list: readonly object[] = []) =>
    list.map((each) => [
      (each as { concept?: { code?: string } }).concept?.code,
      (each as { equivalence: string }).equivalence,
    ]);

  it('leads from its source to its target, and says what holds for codes that it does not have', () => {
    expect(codes(map?.forward('urn:a', '1'))).toEqual([
      ['x', 'wider'],
      ['y', 'equal'],
    ]);
    expect(codes(map?.forward('urn:a', '2'))).toEqual([[undefined, 'unmatched']]);
    expect(codes(map?.forward('urn:a', '3'))).toEqual([]);
    expect(codes(map?.forward('urn:a', '9'))).toEqual([['other', null]]);
    expect(codes(map?.forward('urn:c', '1'))).toEqual([]);
  });

  it('leads back, and wider becomes narrower', () => {
    expect(map?.backward('urn:b', 'x')).toMatchObject([
      {
        equivalence: 'narrower',
        concept: { system: 'urn:a', code: '1', display: 'One' },
        system: 'urn:a',
        map: url,
      },
    ]);
    expect(map?.backward('urn:b', '9')).toEqual([]);
  });
});

describe('any hierarchy', () => {
  /** Up to twelve concepts, each below some of those before it. */
  const system = fc
    .array(fc.array(fc.nat(11), { maxLength: 2 }), { minLength: 1, maxLength: 12 })
    .map((parents) => ({
      resourceType: 'CodeSystem',
      url: 'urn:h',
      content: 'complete',
      concept: parents.map((above, n) => ({
        code: `c${n}`,
        property: above.filter((each) => each < n).map((each) => ({ code: 'parent', valueCode: `c${each}` })),
      })),
    }));

  it('gives one answer: subsumption, what stands below a code, and the value set of that', () => {
    fc.assert(
      fc.property(system, fc.nat(11), fc.nat(11), (source, one, other) => {
        const [a, b] = [one, other].map((n) => `c${n % source.concept.length}`) as [string, string];
        const set = {
          resourceType: 'ValueSet',
          url: 'urn:v',
          compose: {
            include: [{ system: 'urn:h', filter: [{ property: 'concept', op: 'is-a', value: a }] }],
          },
        };
        const terminology = loadTerminology([source, set]);
        const isBelow = terminology.below('urn:h', a).includes(b);
        const outcome = terminology.subsumes('urn:h', a, b);
        expect(outcome === 'subsumes' || outcome === 'equivalent').toBe(isBelow);
        expect(terminology.has('urn:v', 'urn:h', b)).toBe(isBelow);
        expect(terminology.above('urn:h', b).includes(a)).toBe(isBelow);
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});
